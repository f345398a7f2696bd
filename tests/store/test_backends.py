"""The store answers the same on every database: what is asserted here is asserted of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mabillon.archive import ARCHIVIST, Access, Archive, Reader, ingest
from mabillon.archive.originals import Originals
from mabillon.store.engine import Store
from mabillon.store.schema import HEAD
from mabillon.store.setup import schema_version
from mabillon.store.upgrade import differences
from tests.archive.reader import read_better, read_text, write_cables

WORDS = " ".join(f"word{n}" for n in range(90))


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Archive:
    Originals(tmp_path / "originals", tmp_path / "incoming").create()
    return Archive(tmp_path, store)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = write_cables(tmp_path / "in", lambda n: WORDS)
    (found / "broken").write_bytes(b"\x00")
    return found


def test_the_tables_are_as_the_program_states(store: Store) -> None:
    assert schema_version(store) == HEAD
    assert differences(store) == []


def test_an_archive_lives_in_it(archive: Archive, folder: Path) -> None:
    report = ingest([folder], archive, read_text)
    assert (report.records, len(report.failures)) == (7, 1)
    assert ingest([folder], archive, read_text).unchanged == 7
    ids = list(archive.ids())
    assert ids == sorted(ids) and [record.id for record in archive.records()] == ids
    [repository] = archive.levels()
    assert repository.records == 7 and len(archive.level(repository.id)) == 1
    first = archive.entries(limit=1)[0]
    assert [entry.number for _, entry in archive.entries(after=first[0])] == list("234567")
    beside = archive.neighbours(first[1].id)
    assert beside.before is None and beside.after and beside.after.number == "2"
    assert len(beside.links) == 6


def test_changes_by_hand_are_kept_in_it(archive: Archive, folder: Path) -> None:
    ingest([folder], archive, read_text)
    a, b, c = list(archive.ids())[:3]
    newest = archive.newest()
    archive.correct(a, "title", "A title", "ed", "it has none")
    archive.set_access(b, Access("embargo", frozenset({"family"}), dt.date(2031, 1, 1)), "ed", "a gift")
    archive.redact(b, (0, 5), "ed", "a number")
    archive.remove(c, "ed", "not ours")
    assert [id for _, id, gone in archive.changes_since(newest)] == [a, b, c]
    assert archive.count(Reader(today=dt.date(2030, 1, 1))) == 5
    assert archive.count(Reader(frozenset({"family"}), dt.date(2030, 1, 1))) == archive.count(ARCHIVIST) == 6
    assert ingest([folder], archive, read_better, again=True).changed == 6
    record = archive.record(a)
    assert record and record.title and record.title.value == "A title"
    assert [revision.kind for revision in archive.revisions(a)] == ["read", "correct", "reread"]
    assert {change.id for change in archive.changed_records(newest)} == set(archive.ids(ARCHIVIST)) | {c}
