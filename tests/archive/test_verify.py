from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mabillon.archive import ARCHIVIST, Archive, ingest
from mabillon.archive.backup import backup, restore
from mabillon.archive.indexing import open_index
from mabillon.archive.verify import verify
from mabillon.errors import ArchiveError
from mabillon.record import encode
from tests.archive.reader import read_text

IdOf = Callable[[int], str]


def _said(archive: Archive, severity: str = "error") -> list[str]:
    return [problem.message for problem in verify(archive).problems if problem.severity == severity]


def _object(archive: Archive) -> Path:
    return archive.originals.root / archive.originals.names()[0]


def _original(archive: Archive) -> Path:
    return sorted((_object(archive) / "v1" / "content").iterdir())[0]


def test_a_whole_archive_has_nothing_wrong_with_it(archive: Archive) -> None:
    open_index(archive)
    report = verify(archive)
    assert report.problems == []
    assert (report.sources, report.records) == (7, 7)
    assert report.bytes == sum(len(archive.original(record.id) or b"") for record in archive.records())


def test_an_altered_original_is_found(archive: Archive) -> None:
    content = _original(archive).read_bytes()
    _original(archive).write_bytes(content.replace(b"1950", b"1951"))
    [said] = _said(archive)
    assert "has been altered" in said


def test_a_missing_original_is_found(archive: Archive) -> None:
    _original(archive).unlink()
    assert [said for said in _said(archive) if "is missing" in said]


def test_a_missing_object_is_found(archive: Archive) -> None:
    shutil.rmtree(_object(archive))
    assert _said(archive) == ["the object and all originals in it are missing"]


def test_what_does_not_belong_there_is_found(archive: Archive) -> None:
    (_object(archive) / "v1" / "content" / "stranger").write_bytes(b"?")
    assert _said(archive) == ["stranger is not in the inventory"]


def test_an_altered_inventory_is_found(archive: Archive) -> None:
    inventory = _object(archive) / "inventory.json"
    inventory.write_bytes(inventory.read_bytes().replace(b"Accession", b"Accidents"))
    assert "the inventory has been altered" in _said(archive)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM documents WHERE record_key = 1", "7 records, but 6 of them in full"),
        ("DELETE FROM revisions WHERE record_key = 2", "the records count 7 revisions, 6 are there"),
        ("UPDATE records SET findings = 3 WHERE key = 3", "the records count 3 findings, 0 are there"),
        ("DELETE FROM records WHERE key = 4", "no record of it is there"),
    ],
)
def test_tables_that_disagree_are_found(archive: Archive, damage: str, said: str) -> None:
    with archive.store.writing() as connection:
        connection.exec_driver_sql(damage)
    assert said in " ".join(_said(archive))


def test_an_index_that_is_missing_or_behind_is_a_note(archive: Archive, id_of: IdOf) -> None:
    assert "there is no index" in _said(archive, "note")[0]
    open_index(archive)
    archive.correct(id_of(1), "title", "A title", "ed", "it has none")
    assert "behind" in _said(archive, "note")[0]
    assert verify(archive).ok


def _export(archive: Archive) -> list[bytes]:
    return [encode(record) for record in archive.records(ARCHIVIST)]


def test_a_backup_is_an_archive_and_is_brought_back_whole(archive: Archive, tmp_path: Path, id_of: IdOf) -> None:
    archive.correct(id_of(1), "title", "A title", "ed", "it has none")
    report = backup(archive, tmp_path / "backup")
    assert (report.copied, report.kept, report.problems) == (1, 0, [])
    restore(tmp_path / "backup", tmp_path / "restored")
    with Archive.open(tmp_path / "restored") as restored:
        assert _export(restored) == _export(archive)
        assert verify(restored).ok
        assert restored.revisions(id_of(1)) == archive.revisions(id_of(1))


def test_a_second_backup_copies_what_is_new(archive: Archive, tmp_path: Path, folder: Path) -> None:
    backup(archive, tmp_path / "backup")
    (folder / "new.txt").write_text("No. 99\n")
    ingest([folder], archive, read_text)
    report = backup(archive, tmp_path / "backup")
    assert (report.copied, report.kept) == (1, 1)
    with Archive.open(tmp_path / "backup") as saved:
        assert _export(saved) == _export(archive) and verify(saved).ok


def test_a_backup_says_which_originals_are_damaged(archive: Archive, tmp_path: Path) -> None:
    _original(archive).write_bytes(b"altered")
    assert not backup(archive, tmp_path / "backup").ok


def test_nothing_is_overwritten(archive: Archive, tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ArchiveError, match="the archive itself"):
        backup(archive, archive.path)
    with pytest.raises(ArchiveError, match="other things"):
        backup(archive, folder)
    backup(archive, tmp_path / "backup")
    with pytest.raises(ArchiveError, match="there already"):
        restore(tmp_path / "backup", archive.path)
    with Archive.create(tmp_path / "other") as other:
        for _ in range(2):
            with pytest.raises(ArchiveError, match="another archive"):
                backup(other, tmp_path / "backup")
            ingest([folder / "1.txt"], other, read_text)
    with Archive.open(tmp_path / "backup") as saved:
        assert _export(saved) == _export(archive)
    with pytest.raises(ArchiveError, match="no archive here"):
        restore(folder, tmp_path / "restored")
