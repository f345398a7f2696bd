"""An archive made anew from its bag alone is equal to the one it came from."""

from __future__ import annotations

from pathlib import Path

import bagit
import ocfl
import pytest

from mabillon.archive import ARCHIVIST, Access, Archive, ingest
from mabillon.archive.preserving import preserve, restore_bag
from mabillon.archive.verify import verify
from mabillon.errors import ArchiveError
from mabillon.pipeline import read_path
from mabillon.store.dump import dump_rows, tables_of

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a history: something corrected, closed, redacted and taken out."""
    path = tmp_path_factory.mktemp("preserved") / "archive"
    with Archive.open(path, create=True) as archive:
        ingest([SAMPLES / "seed", SAMPLES / "machine"], archive, read_path, workers=1)
        ids = list(archive.ids(ARCHIVIST))
        archive.correct(ids[0], "date", "1950-10-01", "an editor", "the stamp says so")
        archive.set_access(ids[1], Access("restricted", frozenset({"staff"})), "an archivist", "closed")
        archive.redact(ids[2], (0, 10), "an archivist", "a name")
        archive.remove(ids[3], "an archivist", "a copy")
    return path


@pytest.fixture(scope="module")
def bag(archive_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bags") / "bag"
    with Archive.open(archive_path) as archive:
        report = preserve(archive, target)
        assert report.records == archive.count(ARCHIVIST)
    return target


def content(path: Path) -> dict[str, list[bytes]]:
    with Archive.open(path) as archive, archive.store.reading() as connection:
        return {table.name: list(dump_rows(connection, table)) for table in tables_of(connection)}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_archive_comes_back_from_its_bag_alone_as_it_was(archive_path: Path, bag: Path, tmp_path: Path) -> None:
    restore_bag(bag, tmp_path / "again")
    assert content(tmp_path / "again") == content(archive_path)
    assert files(tmp_path / "again/originals") == files(archive_path / "originals")
    with Archive.open(archive_path) as before, Archive.open(tmp_path / "again") as after:
        assert list(after.records(ARCHIVIST)) == list(before.records(ARCHIVIST))
        assert list(after.records()) == list(before.records())
        id = next(before.ids(ARCHIVIST))
        assert after.revisions(id) == before.revisions(id) and after.corrections(id) == before.corrections(id)
        assert verify(after).ok


def test_the_bag_of_the_archive_that_came_back_is_the_same(bag: Path, tmp_path: Path) -> None:
    restore_bag(bag, tmp_path / "again")
    with Archive.open(tmp_path / "again") as archive:
        preserve(archive, tmp_path / "bag", "archive")
    assert files(tmp_path / "bag/data") == files(bag / "data")


def test_others_find_the_bag_valid(bag: Path) -> None:
    assert bagit.Bag(str(bag)).validate()


def test_others_find_the_originals_in_it_valid(bag: Path) -> None:
    assert ocfl.StorageRoot(root=str(bag / "data/originals")).validate()


@pytest.mark.parametrize(
    ("hurt", "reason"),
    [
        (lambda bag: (bag / "data/records.jsonl").write_bytes(b"{}\n"), "is not what it was"),
        (lambda bag: (bag / "data/records.jsonl").unlink(), "missing"),
        (lambda bag: (bag / "data/more.txt").write_bytes(b"more"), "in no manifest"),
        (lambda bag: (bag / "bag-info.txt").write_bytes(b"A: b\n"), "is not what it was"),
        (lambda bag: (bag / "manifest-sha256.txt").unlink(), "no whole bag"),
        (lambda bag: (bag / "manifest-sha256.txt").write_text(f"{'0' * 64}  ../../etc/passwd\n"), "cannot be in a bag"),
    ],
)  # fmt: skip
def test_a_bag_that_is_not_whole_is_not_restored(hurt, reason: str, bag: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    copy = tmp_path / "bag"
    for name, words in files(bag).items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(words)
    hurt(copy)
    with pytest.raises(ArchiveError, match=reason):
        restore_bag(copy, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_nothing_is_written_over(archive_path: Path, bag: Path, tmp_path: Path) -> None:
    with Archive.open(archive_path) as archive, pytest.raises(ArchiveError, match="something is there"):
        preserve(archive, bag)
    with pytest.raises(ArchiveError, match="something is there"):
        restore_bag(bag, archive_path)
