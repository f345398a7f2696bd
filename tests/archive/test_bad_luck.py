"""Whatever goes wrong outside, the archive says what, and is whole when it is over."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mabillon.archive import ARCHIVIST, Archive, ingest
from mabillon.archive.backup import backup
from mabillon.archive.lock import only_one
from mabillon.archive.verify import verify
from mabillon.errors import ArchiveError
from mabillon.record import encode
from tests.archive.reader import read_text

IdOf = Callable[[int], str]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB. Only the superuser can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True)
    if made.returncode != 0:
        pytest.skip("needs leave to mount a small file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _export(archive: Archive) -> list[bytes]:
    return [encode(record) for record in archive.records(ARCHIVIST)]


def test_a_disk_that_fills_in_the_middle(small_disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(400):
        (folder / f"{n:04}.txt").write_text(f"No. {n}\n1950-09-01\n" + f"{n} words {n}. " * 3000)
    with Archive.create(small_disk / "archive") as archive:
        ingest([folder / "0000.txt", folder / "0001.txt"], archive, read_text)
        before = _export(archive)
        with pytest.raises(ArchiveError, match="(?i)no space left|disk is full"):
            ingest([folder], archive, read_text)
        assert set(before) <= set(_export(archive))
        assert verify(archive).ok
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    with Archive.open(small_disk / "archive") as archive:
        assert ingest([folder], archive, read_text).ok
        assert archive.count() == 400 and verify(archive).ok


def test_a_folder_that_cannot_be_written(archive: Archive, folder: Path, tmp_path: Path) -> None:
    """The superuser may write anywhere, so another user tries."""
    before = _export(archive)
    (folder / "new.txt").write_text("No. 8\n")
    for path in [*archive.path.rglob("*"), archive.path]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    said = _as_another_user(tmp_path, lambda: _try_to_ingest(archive.path, folder))
    for path in [archive.path, *archive.path.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert "cannot be written" in said
    assert _export(archive) == before


def _try_to_ingest(place: Path, folder: Path) -> str:
    try:
        with Archive.open(place) as archive:
            assert archive.count() == len(list(archive.records())) == 7
            ingest([folder], archive, read_text)
    except ArchiveError as failure:
        return str(failure)
    return "no failure"


def _as_another_user(tmp_path: Path, work: Callable[[], str]) -> str:
    """Do something in another process, as nobody where this is the superuser."""
    for parent in [tmp_path, *tmp_path.parents]:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            said = work()
        except BaseException as failure:
            said = f"{type(failure).__name__}: {failure}"
        os.write(writing, said.encode()[:4000])
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


def test_a_database_that_another_program_holds(archive: Archive, id_of: IdOf) -> None:
    id = id_of(1)
    other = sqlite3.connect(archive.path / "archive.db")
    other.execute("BEGIN IMMEDIATE")
    with Archive.open(archive.path, busy_seconds=0.1) as hasty:
        with pytest.raises(ArchiveError, match="locked by another program"):
            hasty.correct(id, "title", "x", "ed", "why")
        assert hasty.record(id) is not None
    other.rollback()
    other.close()
    archive.correct(id, "title", "x", "ed", "why")


def test_an_original_that_was_lost_is_named(archive: Archive, id_of: IdOf) -> None:
    for path in archive.originals.root.rglob("content/*"):
        path.unlink()
    with pytest.raises(ArchiveError, match="the original cannot be read"):
        archive.original(id_of(1))


def test_an_object_that_no_row_names_is_taken_up(archive: Archive, folder: Path, tmp_path: Path) -> None:
    """As after a kill between the bytes and the rows: the newest batch is there, the database knows nothing of it."""
    backup(archive, tmp_path / "before")
    (folder / "8.txt").write_text("No. 8\n")
    ingest([folder], archive, read_text)
    expected = _export(archive)
    archive.close()
    for name in ("archive.db-wal", "archive.db-shm"):
        (archive.path / name).unlink(missing_ok=True)
    os.replace(tmp_path / "before" / "archive.db", archive.path / "archive.db")
    with Archive.open(archive.path) as again:
        assert [problem.severity for problem in verify(again).problems if "stopped here" in problem.message] == ["note"]
        (again.originals.incoming / "half a copy").write_bytes(b"No.")
        ingest([folder], again, read_text)
        assert _export(again) == expected
        assert verify(again).ok and len(again.originals.names()) == 2
        assert not list(again.originals.incoming.iterdir())


def test_the_second_ingest_waits_for_the_first(archive: Archive, folder: Path) -> None:
    (folder / "8.txt").write_text("No. 8\n")
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with only_one(archive.path / "ingest.lock", 0, "an ingest"):
            held.set()
            let_go.wait(10)

    first = threading.Thread(target=hold)
    first.start()
    held.wait(10)
    threading.Timer(0.3, let_go.set).start()
    assert ingest([folder], archive, read_text, wait=10).records == 1
    first.join()


def test_an_editor_works_and_a_backup_is_made_during_an_ingest(archive: Archive, id_of: IdOf, tmp_path: Path) -> None:
    bulk = tmp_path / "bulk"
    bulk.mkdir()
    for n in range(100, 700):
        (bulk / f"{n}.txt").write_text(f"No. {n}\n1950-09-01\n" + f"{n} words. " * 200)
    id = id_of(1)
    running = threading.Thread(target=lambda: ingest([bulk], archive, read_text))
    running.start()
    n = 0
    while running.is_alive():
        archive.correct(id, "title", f"Title {n}", "ed", "again")
        record = archive.record(id)
        assert record and record.title and record.title.value == f"Title {n}"
        report = backup(archive, tmp_path / f"backup-{n % 3}")
        assert report.ok
        n += 1
    running.join()
    assert archive.count() == 607 and len(archive.revisions(id)) == n + 1
    for kept in range(min(n, 3)):
        with Archive.open(tmp_path / f"backup-{kept}") as saved:
            assert verify(saved).ok
