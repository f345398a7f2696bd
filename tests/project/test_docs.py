"""What the documentation shows is what the program prints today; links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mabillon.evidence import Value
from mabillon.record import DIRECTIONS, DOCUMENT_TYPES, EVENT_TYPES, Catalogue, Event, Record
from scripts.write_docs import commands_page, readme_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_card_in_the_readme_is_current() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme_page(readme) == readme, "the command prints something else now: make docs"


def test_the_page_of_commands_is_current() -> None:
    shown = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert commands_page() == shown, "the help has changed: make docs"


def test_the_readme_opens_with_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1]
    assert [line.split("#")[0].strip() for line in first.strip().splitlines()] == ["make run", "make test"]


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_to_files_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_command_is_documented_and_teaches() -> None:
    from mabillon.cli.main import COMMANDS

    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        section = page.split(f"## mabillon {name}\n")[1].split("\n## ")[0]
        assert "Examples:" in section and f"mabillon {name}" in section.split("Examples:")[1], name


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "library.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", examples())
def test_examples_in_python_print_what_they_say(example: str, tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.splitlines() == re.findall(r"^# (.*)$", example, re.MULTILINE)


def test_the_page_of_the_record_names_all_that_the_types_hold() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    names = {
        *Record.__struct_fields__,
        *Event.__struct_fields__,
        *Catalogue.__struct_fields__,
        *Value.__struct_fields__,
    }
    assert [name for name in [*names, *DOCUMENT_TYPES, *EVENT_TYPES, *DIRECTIONS] if f"`{name}`" not in page] == []
