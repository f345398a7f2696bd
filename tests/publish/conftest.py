"""Records as they are read, for every export."""

from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.pipeline import read_path
from mabillon.record import Record, decode, encode

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "samples/seed/cable-600308-paraphrase.txt",
    "tests/specimens/frus/washington-18630627-seward-adams.txt",
    "samples/frus/tei-volume-korea-four-documents.xml",
    "tests/specimens/frus/bonn-19530618-berlin-rising.html",
    "samples/machine/wsag-1971-minutes.txt",
)


@pytest.fixture(scope="session")
def cables() -> list[Record]:
    """A cable with enclosure, copies and findings first; then letters, a volume, a page of a site, minutes."""
    return [decode(encode(record)) for name in FILES for record in read_path(ROOT / name)]
