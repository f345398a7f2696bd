"""The index follows the archive, can be thrown away, and finds for a reader what the archive shows him."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mabillon.archive import PUBLIC, Access, Archive, Reader, ingest
from mabillon.archive.indexing import follow, open_index, rebuild, tokens, visible
from mabillon.pipeline import read_path
from mabillon.record import Record
from mabillon.search import Index, search

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
GROUPS = st.frozensets(st.sampled_from(["staff", "family", "press"]))
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
ACCESS = st.one_of(
    st.just(Access()),
    st.builds(Access, st.just("restricted"), GROUPS),
    st.builds(Access, st.just("embargo"), GROUPS, DAYS),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as made:
        ingest([SAMPLES / "seed", SAMPLES / "frus"], made, read_path)
        yield made


def found(archive: Archive, words: str, reader: Reader = PUBLIC) -> list[str]:
    index = open_index(archive)

    def fetch(ids: object) -> list[Record]:
        return [record for id in list(ids) if (record := archive.record(id, reader)) is not None]  # type: ignore[call-overload]

    return [hit.id for hit in search(index, words, visible=visible(reader), fetch=fetch, limit=100).hits]


@given(ACCESS, st.builds(Reader, GROUPS, DAYS, st.booleans()))
def test_tokens_say_what_the_archive_says(access: Access, reader: Reader) -> None:
    asked = visible(reader)
    assert (asked is None or asked(tokens(access))) == reader.visible(access)


def test_what_was_ingested_is_found(archive: Archive) -> None:
    (id,) = found(archive, "Chemulpo")
    record = archive.record(id)
    assert record is not None and record.title is not None and "600308" in record.title.value


def test_a_second_look_indexes_nothing(archive: Archive) -> None:
    open_index(archive)
    with Index.open(archive.index) as index:
        assert follow(archive, index) == 0
        assert len(index) == archive.count()


def test_a_lost_index_is_made_anew(archive: Archive) -> None:
    before = found(archive, "Korea")
    shutil.rmtree(archive.index)
    assert found(archive, "Korea") == before != []


def test_a_damaged_index_is_made_anew(archive: Archive) -> None:
    before = found(archive, "Korea")
    for path in archive.index.rglob("*.json"):
        path.write_text("{")
    assert found(archive, "Korea") == before


def test_rebuilding_gives_the_same_index_and_leaves_nothing_behind(archive: Archive) -> None:
    before = found(archive, "telegram OR memorandum OR letter")
    assert rebuild(archive) == archive.count()
    assert found(archive, "telegram OR memorandum OR letter") == before
    assert len([path for path in archive.index.iterdir() if path.is_dir()]) == 1


def test_what_is_restricted_later_is_not_found_by_others(archive: Archive) -> None:
    (id,) = found(archive, "Chemulpo")
    archive.set_access(id, Access("restricted", frozenset({"staff"})), "an archivist", "a test")
    assert found(archive, "Chemulpo") == []
    assert found(archive, "Chemulpo", Reader(frozenset({"staff"}))) == [id]


def test_what_is_removed_is_not_found(archive: Archive) -> None:
    (id,) = found(archive, "Chemulpo")
    archive.remove(id, "an archivist", "a test")
    assert found(archive, "Chemulpo") == []
