"""The whole archive, or a search, as one stream."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from mabillon.archive import Archive
from mabillon.publish.address import Publisher
from mabillon.record import Record, decode
from mabillon.web.api.app import api
from mabillon.web.api.desk import Desk
from mabillon.web.api.export import FORMATS, PIECE, harmless, write_csv
from mabillon.web.api.limits import Limits
from mabillon.web.api.parquet import GROUP, write_parquet
from mabillon.web.api.table import COLUMNS, FLAT
from tests.web.api.conftest import BASE, Ask
from tests.web.papers import HOSTILE, record_of

Records = dict[str, Record]


def test_the_archive_can_be_taken_whole_as_lines(client: TestClient, records: Records):
    answer = client.get(f"{BASE}/export.jsonl")
    assert answer.headers["content-type"] == "application/jsonl"
    assert answer.headers["content-disposition"] == 'attachment; filename="mabillon.jsonl"'
    assert [decode(line) for line in answer.text.splitlines()] == sorted(records.values(), key=lambda r: r.id)


def test_a_search_can_be_taken_as_a_table(client: TestClient, records: Records):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{BASE}/export.csv?q=bridges").text, newline="")))
    assert [row["id"] for row in rows] == [records["cable"].id]
    assert rows[0]["sent"] == "1951-03-03T21:10" and rows[0]["copies"] == "Vetrov; Molotov; Beria"


def test_a_search_that_finds_nothing_is_an_empty_file(client: TestClient):
    asked = "?q=nothingofthekind"
    assert client.get(f"{BASE}/export.jsonl{asked}").content == b""
    assert client.get(f"{BASE}/export.csv{asked}").text.splitlines() == [",".join(column.name for column in FLAT)]
    assert read(client.get(f"{BASE}/export.parquet{asked}").content) == []


def read(content: bytes) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()
    return rows


def test_parquet_says_the_same_and_more(client: TestClient):
    table = read(client.get(f"{BASE}/export.parquet").content)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{BASE}/export.csv").text, newline="")))
    lines = client.get(f"{BASE}/export.jsonl").text.splitlines()
    said = [{n: "; ".join(c) if isinstance(c, list) else str(c or "") for n, c in row.items()} for row in table]
    for row in said:
        row["enclosures"] = row["enclosures"] or "0"
    assert [{column.name: row[column.name] for column in FLAT} for row in said] == rows
    assert [row["record"] for row in table] == lines
    assert "until the harvest is in" in "".join(str(row["body"]) for row in table)


def test_without_its_library_parquet_is_refused_with_a_way_out(
    monkeypatch: pytest.MonkeyPatch, client: TestClient, ask: Ask
):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'mabillon[parquet]'" in ask("/export.parquet", "Problem", 501)["detail"]
    assert client.get(f"{BASE}/export.csv").status_code == 200


@pytest.mark.parametrize("format", FORMATS)
def test_a_stream_begins_before_its_records_end(format: str):
    taken = 0

    def endless() -> Iterator[Record]:
        nonlocal taken
        for record in repeat(record_of("words")):
            taken += 1
            yield record

    pieces = FORMATS[format].write(endless(), Publisher(), dt.date(2026, 1, 2))
    for _ in range(3):
        assert len(next(pieces)) < 40 * PIECE
    assert taken <= 3 * max(GROUP, PIECE // 100)


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_that_one_has_already_is_not_made_again(format: str, client: TestClient):
    tag = client.get(f"{BASE}/export.{format}").headers["etag"]
    again = client.get(f"{BASE}/export.{format}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{BASE}/export.{format}?q=bridges", headers={"If-None-Match": tag}).status_code == 200


def test_more_exports_at_a_time_than_there_is_room_for_wait(archive_path: Path):
    with Archive.open(archive_path) as archive, TestClient(api(Desk(archive), Limits(streams=0))) as asking:
        answer = asking.get("/export.jsonl")
    assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0


def test_room_is_given_back_when_an_export_ends(archive_path: Path):
    with Archive.open(archive_path) as archive, TestClient(api(Desk(archive), Limits(streams=1))) as asking:
        assert [asking.get("/export.jsonl").status_code for _ in range(3)] == [200, 200, 200]


@given(st.text())
def test_no_cell_begins_a_formula_and_none_loses_a_sign(text: str):
    cell = str(harmless(text))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (text, f"'{text}")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_in_their_cells(words: str):
    records = [record_of(words), record_of("=1+1"), record_of(words)]
    rows = list(csv.reader(io.StringIO(b"".join(write_csv(records)).decode(), newline="")))
    assert {len(row) for row in rows} == {len(FLAT)} and len(rows) == 4
    assert rows[2][FLAT.index(next(c for c in FLAT if c.name == "title"))] == "'=1+1"
    table = read(b"".join(write_parquet(records)))
    assert [json.loads(str(row["record"]))["title"]["value"] for row in table] == [words, "=1+1", words]


def test_the_columns_have_names_of_their_own():
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names) and set(FLAT) < set(COLUMNS)
    assert list(chain([c.name for c in FLAT], ["body", "record"])) == names
