from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest
from tests.archive.reader import read_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven short cables, one file each."""
    found = tmp_path / "in"
    found.mkdir()
    for n in range(1, 8):
        (found / f"{n}.txt").write_text(
            f"No. {n}\n1950-09-{n:02}\nFrom: Shtykov, Pyongyang\nTo: Stalin\nText {n} of SECRET{'ABCDEFGH'[n]}.\n"
            f"Source: APRF, fond 45, opis 1, delo 33{n % 2}, list {20 - n}\n"
        )
    return found


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
