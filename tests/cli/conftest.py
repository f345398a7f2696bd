"""The command as a person calls it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Command

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture
def mabillon(tmp_path: Path) -> Command:
    """Run `mabillon` with these arguments in an empty folder; what it prints comes back as text."""

    def run(*arguments: str | Path, given: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mabillon", *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            input=given,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"},
            check=False,
        )

    return run
