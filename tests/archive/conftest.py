from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest
from tests.archive.reader import read_text, write_cables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven short cables, one file each."""
    return write_cables(tmp_path / "in", lambda n: f"Text {n} of SECRET{'ABCDEFGH'[n]}.")


@pytest.fixture
def archive(tmp_path: Path, folder: Path) -> Iterator[Archive]:
    """An archive of `folder`."""
    with Archive.create(tmp_path / "archive") as made:
        ingest([folder], made, read_text)
        yield made


@pytest.fixture
def id_of(archive: Archive) -> Callable[[int], str]:
    """Return the id of the cable with this number."""
    ids = {record.numbers[0].value: record.id for record in archive.records()}
    return lambda number: ids[str(number)]
