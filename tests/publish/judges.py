"""Validators that this project did not write."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def jing(schema: Path, file: Path) -> list[str]:
    """Return what jing says against a file, one run a file; nothing where it is valid."""
    program = shutil.which("jing")
    if program is None:
        pytest.skip("needs jing (apt-get install jing)")
    run = subprocess.run([program, str(schema), str(file)], capture_output=True, encoding="utf-8", check=False)
    said = [line for line in run.stdout.splitlines() if line]
    assert said or run.returncode == 0, run.stderr
    return said
