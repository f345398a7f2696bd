"""The lock files pin all that the project asks for, each with its hash, and name no machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found.group()).lower()


LIBRARIES = [name_of(r) for r in PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]]
TEST_LIBRARIES = [name_of(r) for r in PROJECT["project"]["optional-dependencies"]["test"]]


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) (?:;.*)?\\$", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_the_project_needs_is_locked(library: str) -> None:
    assert library in pinned("requirements.lock"), "pyproject.toml has changed: make lock"


@pytest.mark.parametrize("library", TEST_LIBRARIES)
def test_what_the_tests_need_is_locked(library: str) -> None:
    assert library in pinned("requirements-test.lock"), "pyproject.toml has changed: make lock"


def test_tests_run_with_the_versions_that_are_installed() -> None:
    tested = pinned("requirements-test.lock")
    assert {name: tested.get(name) for name in pinned("requirements.lock")} == pinned("requirements.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_names_no_host_and_no_folder(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text and not re.search(r"^--(?!hash)", text, re.MULTILINE)
    assert text.count("--hash=sha256:") >= len(pinned(lock))


@pytest.mark.parametrize("library", LIBRARIES + TEST_LIBRARIES)
def test_each_library_has_its_reason(library: str) -> None:
    rows = (ROOT / "docs" / "dependencies.md").read_text().lower()
    assert re.search(rf"^\| `{re.escape(library)}` \|", rows, re.MULTILINE), f"docs/dependencies.md lacks {library}"
