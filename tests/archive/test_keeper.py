"""The index is kept up and mended beside whatever else goes on, and never says more than the archive does."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mabillon.archive import Access, Archive, Reader, ingest
from mabillon.archive.finder import Finder
from mabillon.archive.indexing import follow, is_suspect, open_index, rebuild
from mabillon.archive.keeper import Keeper
from mabillon.archive.verify import verify
from mabillon.errors import ArchiveError
from mabillon.search import FACETS, Index, IndexDamaged
from tests.archive.reader import read_text

STAFF = Reader(frozenset({"staff"}), dt.date(2030, 1, 1))
PATIENCE = 60.0


@pytest.fixture
def finder(archive: Archive) -> Iterator[Finder]:
    open_index(archive)
    found = Finder(archive)
    yield found
    found.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def total(finder: Finder, query: str) -> int:
    try:
        return finder.search(query).total
    except ArchiveError:
        return -1


def harm_files(archive: Archive, cut: bool) -> None:
    """Put damaged files in place of those of the index; the ones that somebody has open stay whole for him."""
    for path in archive.index.glob("g-*/*.*"):
        if path.suffix in (".idx", ".term", ".store", ".pos", ".fast"):
            content = path.read_bytes()
            damaged = content[: len(content) // 2] if cut else b"\xff" * (len(content) - 100) + content[-100:]
            path.with_suffix(".harmed").write_bytes(damaged)
            path.with_suffix(".harmed").replace(path)


def close(archive: Archive, id: str, how: str) -> None:
    if how == "restricted":
        archive.set_access(id, Access("restricted", frozenset({"staff"})), "ed", "a gift")
    elif how == "embargo":
        archive.set_access(id, Access("embargo", until=dt.date(2031, 1, 1)), "ed", "a gift")
    elif how == "redacted":
        record = archive.record(id, Reader(everything=True))
        assert record and record.source and record.source.text
        archive.redact(id, (0, len(record.source.text)), "ed", "alive")
    elif how == "removed":
        archive.remove(id, "ed", "not ours")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    states=st.lists(st.sampled_from(["open", "restricted", "embargo", "redacted", "removed"]), min_size=7, max_size=7)
)
def test_an_index_that_is_behind_finds_and_counts_nothing_that_was_closed(
    tmp_path_factory: pytest.TempPathFactory, states: list[str]
) -> None:
    """The index is not brought up at all here: hits, totals, facets, suggestions and spellings must not need it."""
    folder = tmp_path_factory.mktemp("in")
    for n in range(7):
        (folder / f"{n}.txt").write_text(
            f"No. {n}\n1950-09-0{n + 1}\nFrom: SENDER{'ABCDEFG'[n]}\nTo: Stalin\nWORD{n}x thing.\n"
        )
    with Archive.create(tmp_path_factory.mktemp("archives") / "archive") as archive:
        ingest([folder], archive, read_text)
        open_index(archive)
        finder = Finder(archive)
        ids = {record.numbers[0].value: record.id for record in archive.records()}
        assert finder.search("thing", facets=FACETS).total == 7  # remembered counts must be forgotten
        for n, state in enumerate(states):
            close(archive, ids[str(n)], state)
        shown = {n for n, state in enumerate(states) if state == "open"}
        for reader in (Reader(today=dt.date(2030, 1, 1)), STAFF):
            for query in ("", "thing", "to:Stalin date:1950"):
                results = finder.search(query, reader, facets=FACETS)
                assert {hit.id for hit in results.hits} == {ids[str(n)] for n in shown}
                assert results.total == len(shown)
                assert dict(results.facets["sender"]) == {f"SENDER{'ABCDEFG'[n]}": 1 for n in shown}
            for n in range(7):
                assert finder.search(f"WORD{n}x", reader).total == int(n in shown)
                better = finder.search(f"WORDD{n}x", reader).suggestion or ""
                assert f"word{n}x" not in better.casefold() or n in shown
        follow(archive, finder.index())
        assert finder.search("thing", STAFF).total == len(shown) + states.count("restricted")
        finder.close()


def test_a_correction_is_found_once_the_keeper_has_looked(
    archive: Archive, finder: Finder, id_of: Callable[[int], str]
) -> None:
    with Keeper(archive.path, print):
        archive.correct(id_of(1), "title", "Quite another heading", "ed", "it has none")
        until(lambda: total(finder, "heading") == 1)
        archive.set_access(id_of(1), Access("restricted"), "ed", "alive")
        assert total(finder, "heading") == 0
        archive.set_access(id_of(1), Access(), "ed", "not alive")
        until(lambda: total(finder, "heading") == 1)


def test_a_correction_does_not_wait_for_what_an_ingest_has_brought(
    archive: Archive, finder: Finder, id_of: Callable[[int], str], tmp_path: Path
) -> None:
    """It is found while thousands of records before it are still being indexed."""
    many = tmp_path / "many"
    many.mkdir()
    (many / "bundle.txt").write_text("\f".join(f"No. {n}\nFrom: Nobody\nTo: Nobody\nfiller" for n in range(100, 700)))
    ingest([many], archive, read_text)
    seen: list[tuple[int, int]] = []

    def tell(count: int) -> None:
        if count == 50:
            archive.correct(id_of(1), "title", "Quite another heading", "ed", "it has none")
        if count > 50 and count % 10 == 0:
            seen.append((count, total(finder, "heading")))

    with Index.open(archive.index) as index:
        follow(archive, index, tell)
    found = next(count for count, hits in seen if hits)
    assert found < 400 and len(seen) > 40
    assert total(finder, "heading") == 1 and total(finder, "filler") == 600


@pytest.mark.parametrize("harm", ["deleted", "torn", "overwritten"])
def test_an_index_that_is_lost_under_a_running_site_is_made_anew(archive: Archive, finder: Finder, harm: str) -> None:
    assert total(finder, "SECRETB") == 1
    said: list[str] = []
    if harm == "deleted":
        shutil.rmtree(archive.index)
    else:
        harm_files(archive, cut=harm == "torn")
    with Keeper(archive.path, said.append):
        # a search that meets with the damage says so, or is answered from what was read before
        until(lambda: total(Finder(archive), "SECRETB") == 1 and not is_suspect(archive))
        until(lambda: total(finder, "SECRETB") == 1)
    assert verify(archive).problems == []
    assert all("is being made anew" in line for line in said)


def test_verification_of_a_damaged_index_names_the_files_and_goes_on(archive: Archive) -> None:
    open_index(archive).close()
    harm_files(archive, cut=False)
    report = verify(archive)
    assert report.ok and report.sources == 7
    assert any("reindex" in problem.message for problem in report.problems)


def test_two_who_find_the_index_missing_make_it_once(archive: Archive) -> None:
    shutil.rmtree(archive.index)
    indexed: list[int] = []

    def make() -> None:
        with Archive.open(archive.path) as other:
            rebuild(other, indexed.append, unless_sound=True)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(indexed) == archive.count() == len(Index.open(archive.index))


def test_a_rebuild_that_is_stopped_leaves_the_old_index(archive: Archive, finder: Finder) -> None:
    before = finder.identity()
    rebuild(archive, stop=lambda: True)
    assert finder.identity() == before and total(finder, "SECRETB") == 1


def test_damage_that_a_search_meets_is_noted_for_whoever_mends(archive: Archive, finder: Finder) -> None:
    harm_files(archive, cut=False)
    fresh = Finder(archive)
    with pytest.raises(IndexDamaged):
        fresh.search("SECRETB")
    assert is_suspect(archive)
    open_index(archive).close()
    assert not is_suspect(archive) and total(Finder(archive), "SECRETB") == 1


def test_a_keeper_of_no_archive_says_so_and_ends(tmp_path: Path) -> None:
    said: list[str] = []
    with Keeper(tmp_path / "none", said.append):
        until(lambda: bool(said))
    assert len(said) == 1 and "no archive here" in said[0]
