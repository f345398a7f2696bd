from __future__ import annotations

import hashlib

import pytest
from starlette.testclient import TestClient

from mabillon.record import Record
from mabillon.web.api.records import attachment
from tests.web.api.conftest import BASE, Ask

Records = dict[str, Record]


def test_the_original_comes_byte_for_byte_and_is_never_opened(client: TestClient, records: Records):
    record = records["cable"]
    answer = client.get(f"{BASE}/records/{record.id}/original")
    assert record.source and hashlib.sha256(answer.content).hexdigest() == record.source.sha256
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''cable.txt"


@pytest.mark.parametrize("name", ['a"; b.txt', "a\r\nSet-Cookie: x", "Шифр.txt", "\ud800", "..", "a'b"])
def test_a_hostile_name_of_a_file_stays_one_word(name: str):
    said = attachment(name).removeprefix("attachment; filename*=UTF-8''")
    assert said and said.isascii() and not set(said) & set("\"'; \r\n/\\")


def test_a_search_says_how_it_was_read_and_what_to_try(ask: Ask):
    mended = ask('/search?q="bridges', "Found")
    assert mended["reading"] == '"bridges"' and mended["notes"]
    nothing = ask("/search?q=brigdes", "Found")
    assert nothing["total"] == 0 and nothing["suggestion"] == "bridges"


def test_each_count_of_a_facet_names_the_search_that_finds_as_many(ask: Ask):
    facets = ask("/search?q=", "Found")["facets"]
    tallies = [tally for values in facets.values() for tally in values]
    assert len(tallies) > 5
    for tally in tallies:
        found = ask("/search", "Found", params={"q": tally["query"], "facets": "false", "limit": 1})
        assert found["total"] == tally["count"], tally


def test_the_calendar_counts_what_a_search_finds(ask: Ask):
    assert ask("/calendar?year=1951", "Calendar") == {"of": "1951", "counts": {"1951-03": 1}}
    assert ask("/calendar?year=1951&month=3", "Calendar")["counts"] == {"1951-03-03": 1}
    assert ask("/calendar?year=1952", "Calendar")["counts"] == {}
    for date in ("1951", "1951-03", "1951-03-03"):
        assert ask(f"/search?q=date:{date}")["total"] == 1


def test_a_name_is_told_with_its_forms_and_partners(ask: Ask):
    told = ask("/people/Orlov", "Name")
    sent = next(role for role in told["roles"] if role["role"] == "from")
    assert [tally["value"].title() for tally in sent["partners"]] == ["Vetrov"]
    known = ask("/people/Molotov", "Name")["candidates"][0]
    assert "Молотов" in {form["text"] for form in known["forms"]} and known["score"] > 0.5
