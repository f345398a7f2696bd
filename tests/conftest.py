"""Where tests find the documents they read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of specimens and of other projects' documents beside the checkout; tests skip where it is absent."""
    folder = Path(os.environ.get("MABILLON_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs the shared documents beside the checkout ({folder} is absent)")
    return folder
