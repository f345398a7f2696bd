"""The folders are the architecture: source → form → reading → checks → archive → store → search, publish, web."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "mabillon"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = {
    "errors",
    "text",
    "evidence",
    "record",
    "document",
    "parts",
    "dates",
    "clocks",
    "courtesies",
    "vocabulary",
    "authority",
    "citation",
}
STAGES = {"source", "form", "reading", "checks", "collation", "connect", "store", "search", "publish"}
"""Each knows the core and itself; `pipeline`, `bulk`, `archive`, `web` and `cli` join them."""
LONGEST = 400


def name(module: Path) -> str:
    return ".".join(module.relative_to(PACKAGE).with_suffix("").parts)


def imports(module: Path, everywhere: bool = True) -> set[str]:
    """Return the parts of the package that a module imports: the first name after `mabillon`."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree) if everywhere else _openly(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("mabillon."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("mabillon."))
    return found


def _openly(tree: ast.Module) -> list[ast.stmt]:
    """Return the statements of a module that stand open, those under `if TYPE_CHECKING` among them."""
    return [inner for node in tree.body for inner in ([node, *node.body] if isinstance(node, ast.If) else [node])]


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_stage_knows_the_core_and_no_other_stage(module: Path) -> None:
    place = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if place in STAGES:
        assert imports(module) - CORE - {place} == set()
    elif place in CORE:
        assert imports(module) - CORE == set()


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_modules_stay_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_import_of_the_package_is_hidden_in_a_function_outside_the_command(module: Path) -> None:
    if module.relative_to(PACKAGE).parts[0] == "cli":
        return
    assert imports(module) == imports(module, everywhere=False)
