"""The index on disk: it may be deleted, damaged, rebuilt and written by others while it is searched."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mabillon.search import Index, IndexBusy, IndexDamaged, IndexMissing, damaged_files, rebuilding, search
from mabillon.search.generation import CURRENT, STATE
from tests.search.shelf import make

RECORDS = [make(f"r{number}", f"cable number {number} of many") for number in range(40)]


def found(index: Index, query: str = "cable") -> int:
    return search(index, query, visible=None, fetch=lambda ids: []).total


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Index.open(tmp_path / "index", create=True) as index:
        index.add(RECORDS)
        index.commit(seq=40)
    return tmp_path / "index"


def test_a_missing_index_says_so_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="mabillon reindex"):
        Index.open(tmp_path)


def test_what_was_added_twice_is_there_once(folder: Path) -> None:
    with Index.open(folder) as index:
        index.add(RECORDS[:10])
        index.add(RECORDS[5:20])
        index.commit(seq=41)
        assert (len(index), found(index), index.state.seq) == (40, 40, 41)
        assert index.ids() == sorted(record.id for record in RECORDS)


def test_what_was_deleted_is_found_no_more(folder: Path) -> None:
    with Index.open(folder) as index:
        index.delete(["r1", "r2", "nobody"])
        index.commit()
        assert found(index) == 38
        assert "r1" not in index.ids()


def test_what_was_not_committed_is_not_seen(folder: Path) -> None:
    with Index.open(folder) as index:
        index.add([make("new", "a fresh cable")])
        assert found(index) == 40
        index.rollback()
        index.commit()
        assert found(index) == 40


def test_a_commit_is_seen_by_an_index_that_is_already_open(folder: Path) -> None:
    reader = Index.open(folder)
    assert found(reader) == 40
    with Index.open(folder) as writer:
        writer.add([make("new", "a fresh cable")])
        writer.commit()
    assert found(reader) == 41


def test_only_one_writes_at_a_time_and_the_other_is_told(folder: Path) -> None:
    with Index.open(folder) as first, Index.open(folder) as second:
        first.add(RECORDS[:1])
        with pytest.raises(IndexBusy):
            second.add(RECORDS[:1])
        first.close()
        second.add(RECORDS[:1])


def test_a_rebuilt_index_takes_the_place_of_the_old_while_searches_go_on(folder: Path) -> None:
    reader = Index.open(folder)
    with rebuilding(folder) as fresh:
        fresh.add(RECORDS[:7], new=True)
        fresh.commit(seq=50)
        assert found(reader) == 40
    assert found(reader) == 7
    assert reader.state.seq == 50
    assert [path.name for path in folder.glob("g-*")] == ["g-2"]


def test_a_rebuilding_that_fails_leaves_the_old_index(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), rebuilding(folder) as fresh:
        fresh.add(RECORDS[:7])
        raise ZeroDivisionError
    assert found(Index.open(folder)) == 40
    assert [path.name for path in folder.glob("g-*")] == ["g-1"]


def test_searches_beside_rebuilding_and_writing_never_fail(folder: Path) -> None:
    reader, stop, failures, counts = Index.open(folder), threading.Event(), [], set()

    def read() -> None:
        while not stop.is_set():
            try:
                counts.add(found(reader))
            except Exception as failure:
                failures.append(failure)

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(5):
        with rebuilding(folder) as fresh:
            fresh.add(RECORDS, new=True)
        with Index.open(folder) as writer:
            writer.add(RECORDS[:3])
            writer.commit()
    stop.set()
    thread.join()
    assert not failures
    assert counts == {40}


def test_an_index_deleted_under_a_running_site_is_reported_missing(folder: Path) -> None:
    reader = Index.open(folder)
    (folder / CURRENT).unlink()
    with pytest.raises(IndexMissing, match="mabillon reindex"):
        found(reader)


@pytest.mark.parametrize("victim", ["meta.json", STATE, "*.term", "*.store", "*.fast", "*.idx"])
def test_a_damaged_index_is_refused_with_a_reason(folder: Path, victim: str) -> None:
    for path in folder.glob(f"g-1/{victim}"):
        os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(IndexDamaged, match="mabillon reindex"):
        found(Index.open(folder))


@pytest.mark.parametrize("content", ["", "g-9", "../elsewhere", "g-1/../.."])
def test_a_pointer_to_nowhere_is_damage(folder: Path, content: str) -> None:
    (folder / CURRENT).write_text(content)
    with pytest.raises(IndexDamaged, match="names no index"):
        Index.open(folder)


def test_an_index_of_another_version_is_refused_with_both_versions(folder: Path) -> None:
    (folder / "g-1" / STATE).write_text('{"seq": 3, "version": 99}')
    with pytest.raises(IndexDamaged, match="version 99"):
        Index.open(folder)


def test_a_changed_byte_is_found(folder: Path) -> None:
    assert list(damaged_files(folder)) == []
    [path] = folder.glob("g-1/*.store")
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)
    [wrong] = damaged_files(folder)
    assert path.name in wrong
    os.truncate(path, len(content) - 3)
    assert "cut off" in next(damaged_files(folder))


KILLED = """
import os, signal, sys, threading
sys.path[:0] = {path!r}
from mabillon.search import Index
from tests.search.shelf import make
index = Index.open({folder!r})
done = int(sys.argv[1])
threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
while True:
    done += 1
    index.add([make(f"k{{number}}", "killed cable") for number in range(done * 5)])
    index.commit(seq=done)
    print(done, flush=True)
"""


def test_a_kill_at_any_moment_loses_no_commit_and_doubles_nothing(tmp_path: Path) -> None:
    """The sequence number on disk never runs ahead of what is in the index, and replaying from it changes nothing."""
    folder = tmp_path / "own"
    Index.open(folder, create=True)
    script = KILLED.format(path=[str(Path("src").resolve()), str(Path.cwd())], folder=str(folder))
    seq = 0
    for moment in (0.11, 0.23, 0.31, 0.37, 0.41):
        said = subprocess.run([sys.executable, "-c", script, str(seq), str(moment)], capture_output=True, text=True)
        told = max([seq, *map(int, said.stdout.split())])
        index = Index.open(folder)
        seq = index.state.seq
        assert seq >= told, said.stderr
        killed = [id for id in index.ids() if id.startswith("k")]
        assert len(killed) >= seq * 5
        assert len(set(killed)) == len(killed) == found(index, "killed")
    assert list(damaged_files(folder)) == []
