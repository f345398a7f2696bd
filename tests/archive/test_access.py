"""Whatever the rules, a reader meets only what he may see, on every way to read an archive."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mabillon.archive import ARCHIVIST, Access, Archive, Reader, ingest, link_names
from mabillon.archive.access import Redaction
from mabillon.archive.indexing import open_index, visible
from mabillon.record import Record, encode
from mabillon.search import search
from tests.archive.reader import read_text

GROUPS = ["family", "scholars", "ministry"]
DAYS = [dt.date(2029, 12, 31), dt.date(2030, 1, 1), dt.date(2031, 6, 1)]

groups = st.frozensets(st.sampled_from(GROUPS), max_size=2)
accesses = st.one_of(
    st.just(Access()),
    st.builds(Access, st.just("restricted"), groups),
    st.builds(Access, st.just("embargo"), groups, st.sampled_from(DAYS)),
)
readers = st.builds(Reader, groups, st.sampled_from(DAYS), st.sampled_from([False, False, False, True]))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Twelve cables in five sources: two of the sources hold several."""
    folder = tmp_path_factory.mktemp("in")
    cables = [
        f"No. {n}\n1950-09-{n:02}\nFrom: SENDER{'ABCDEFGHIJKLM'[n]}, Pyongyang\nTo: Stalin\nOf one thing.\n"
        f"Source: APRF, fond 4{n % 2}, opis 1, delo {n % 3}, list {n}\n"
        for n in range(1, 13)
    ]
    for n, (start, end) in enumerate(itertools.pairwise([0, 1, 2, 3, 7, 12])):
        (folder / f"{n}.txt").write_text("\f".join(cables[start:end]))
    with Archive.create(tmp_path_factory.mktemp("archives") / "archive") as archive:
        ingest([folder], archive, read_text)
        link_names(archive)
        yield archive


def _ways(archive: Archive, reader: Reader) -> Iterator[set[str]]:
    """Yield the ids of the records that each read path shows."""
    yield {record.id for record in archive.records(reader)}
    yield {entry.id for _, entry in archive.entries(reader)}
    everything = [record.id for record in archive.records(ARCHIVIST)]
    yield {id for id in everything if archive.record(id, reader) is not None}
    yield {id for id in everything if archive.place(id, reader)}
    yield set(_in_levels(archive, reader, None))
    yield {id for id in everything if archive.names(id, reader)}
    yield {entry.id for _, entry in archive.documents_of("person:stalin", "recipient", reader)}
    yield {record.id for record in archive.records_named(everything, reader)}
    yield _searched(archive, reader)
    first = next(iter(archive.entries(reader, limit=1)), None)
    yield set(_along(archive, reader, first[1].id)) if first else set()


def _searched(archive: Archive, reader: Reader) -> set[str]:
    """Search for all, and for a word that all have; hits, numbers and facets must say the same."""
    index = open_index(archive)
    found = []
    for query in ("", "thing"):
        results = search(
            index, query, visible=visible(reader), limit=50, facets=["sender", "year"],
            fetch=lambda ids: archive.records_named(ids, reader),
        )  # fmt: skip
        ids = {hit.id for hit in results.hits}
        assert results.total == len(ids) == sum(count for _, count in results.facets["sender"])
        found.append(ids)
    assert found[0] == found[1]
    return found[0]


def _in_levels(archive: Archive, reader: Reader, parent: int | None) -> Iterator[str]:
    for level in archive.levels(parent, reader):
        below = list(_in_levels(archive, reader, level.id))
        here = [entry.id for _, entry in archive.entries(reader, level=level.id)]
        assert level.records == len(below) + len(here)
        assert archive.level(level.id, reader)
        yield from below + here


def _along(archive: Archive, reader: Reader, id: str) -> Iterator[str]:
    """Walk from neighbour to neighbour."""
    yield id
    while (after := archive.neighbours(id, reader).after) is not None:
        back = archive.neighbours(after.id, reader).before
        assert back is not None and back.id == id
        id = after.id
        yield id


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(accesses, min_size=12, max_size=12), readers)
def test_every_way_shows_the_same_records_and_no_other(shelf: Archive, rules: list[Access], reader: Reader) -> None:
    records = list(shelf.records(ARCHIVIST))
    allowed = {record.id: access for record, access in zip(records, rules, strict=True)}
    for access in set(rules):
        shelf.set_access([id for id, its in allowed.items() if its == access], access, "ed", "a rule")
    expected = {id for id, access in allowed.items() if reader.visible(access)}
    for seen in _ways(shelf, reader):
        assert seen == expected
    assert shelf.count(reader) == len(expected)
    assert [one.records for one in shelf.authorities("person", "Stalin", reader)] == [len(expected)] * bool(expected)
    for id in allowed:
        assert shelf.access(id) == allowed[id]
        if shelf.original(id, reader) is not None:
            assert {one.id for one in records if _digest(one) == _digest(_record(records, id))} <= expected
        if id not in expected:
            assert shelf.neighbours(id, reader).before is shelf.neighbours(id, reader).after is None


def _record(records: list[Record], id: str) -> Record:
    return next(record for record in records if record.id == id)


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30), groups), max_size=4), readers)
def test_what_is_redacted_is_in_no_value(passages: list[tuple[int, int, frozenset[str]]], reader: Reader) -> None:
    record = next(read_text(_cable()))
    redactions = [Redaction(start, start + length, names) for start, length, names in passages]
    seen = reader.redacted(record, redactions)
    assert record.source and record.source.text and seen.source and seen.source.text
    hidden = {n for start, end in reader.hidden(redactions) for n in range(start, end)}
    for n, (before, after) in enumerate(zip(record.source.text, seen.source.text, strict=True)):
        assert after == ("█" if n in hidden and before != "\n" else before)
    written = encode(seen).decode()
    for mention in record.mentions:
        if hidden & set(range(*mention.spans[0])):
            assert f'"value":"{mention.value}"' not in written
    assert reader.redacted(seen, redactions) == seen


def _digest(record: Record) -> str:
    assert record.source
    return record.source.sha256


def _cable() -> Path:
    folder = Path(__file__).parent / "cables"
    return folder / "1.txt"
