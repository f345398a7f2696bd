"""What the tools answer: with addresses, with words that stand where they are said to, and within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mabillon.archive import Access, Archive, ingest
from mabillon.evidence import Agent
from mabillon.record import Record
from mabillon.web.mcp import tools
from tests.archive.delivered import read_delivered
from tests.archive.test_knew import id_of
from tests.web.mcp.conftest import SITE, Assistant


def quotations(node: Any, id: str = "") -> Iterator[tuple[str, str, list[int]]]:
    """Yield (record, words, span) of all that is quoted below `node`."""
    if isinstance(node, list):
        for item in node:
            yield from quotations(item, id)
    elif isinstance(node, dict):
        if "words" in node and "span" in node:
            yield id, node["words"], node["span"]
        if "text" in node and "spans" in node:
            yield from ((id, node["text"], span) for span in node["spans"])
        said_by = node.get("by") or (node.get("said_by") or node.get("record") or {"id": id})
        inner = said_by if isinstance(said_by, str) else said_by["id"]
        for part in node.values():
            yield from quotations(part, inner)


def briefs(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list | dict):
        for part in node.values() if isinstance(node, dict) else node:
            yield from briefs(part)
    if isinstance(node, dict) and "address" in node:
        yield node


ASKED: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "parallel"}),
    ("search", {"query": ""}),
    ("read_record", {"record": "1351"}),
    ("follow_thread", {"record": "1351"}),
    ("who_knew", {"who": "Mikoyan"}),
    ("who_knew_first", {"about": "parallel"}),
    ("how_it_spread", {"record": "1351"}),
]


@pytest.mark.parametrize(("tool", "asked"), ASKED)
def test_each_answer_has_addresses_and_words_that_stand_there(
    tool: str, asked: dict[str, Any], assistant: Assistant, archive: Archive
) -> None:
    said = assistant.ask(tool, **asked)
    named = list(briefs(said))
    assert named and all(one["address"] == f"{SITE}/records/{one.get('id') or one['by']}" for one in named)
    quoted = list(quotations(said))
    assert quoted
    for id, words, (start, end) in quoted:
        record = archive.record(id)
        assert record and record.source and record.source.text
        there = record.source.text[start:end]
        assert there and there in words, "words of several places are one quotation"


def test_a_record_says_what_it_says_with_its_words(assistant: Assistant, archive: Archive) -> None:
    said = assistant.ask("read_record", record="1351")
    assert said["record"]["id"] == id_of(archive, 1351) and said["next"] is None
    fields = {one["field"]: one for one in said["statements"]}
    assert fields["senders[0]"]["value"] == "Shtykov" and fields["senders[0]"]["quotes"][0]["words"] == "Shtykov"
    assert fields["copies.list[1].recipient"]["value"] == "Beria"
    assert said["text"].endswith("the 38th parallel\n") and said["length"] == len(said["text"])


def test_a_record_is_read_page_by_page_and_each_value_stands_on_one(assistant: Assistant) -> None:
    whole = assistant.ask("read_record", record="1351")
    pages, start = [], 0
    while start is not None:
        pages.append(assistant.ask("read_record", record=whole["record"]["address"], start=start, length=100))
        start = pages[-1]["next"]
    assert len(pages) > 1 and "".join(page["text"] for page in pages) == whole["text"]
    statements = [one for page in pages for one in page["statements"]]
    assert sorted(one["field"] for one in statements) == sorted(one["field"] for one in whole["statements"])


def test_an_enclosure_is_read_with_its_cover_and_by_itself(
    assistant: Assistant, archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "e.txt").write_text("Cover of Pak\nEnclosed: Letter of Kim", encoding="utf-8")
    ingest([tmp_path / "e.txt"], archive, _read_enclosing)
    cover = assistant.ask("read_record", record="cover")
    enclosed = next(one for one in cover["statements"] if one["field"] == "enclosures[0].senders[0]")
    assert enclosed["quotes"] == [{"words": "Kim", "span": [33, 36]}]
    alone = assistant.ask("read_record", record="enclosed")
    assert alone["text"] == cover["text"] and alone["statements"][0]["quotes"] == enclosed["quotes"]
    archive.set_access("cover", Access("restricted"), "an archivist", "closed")
    assert "no record" in assistant.refused("read_record", record="enclosed")


def _read_enclosing(path: Path) -> Iterator[Record]:
    [record] = read_delivered(path)
    sender = Agent(value="Kim", text="Kim", spans=[(33, 36)], confidence=0.9)
    yield msgspec.structs.replace(record, id="cover", enclosures=[Record(id="enclosed", senders=[sender])])


def test_proved_and_presumed_stand_apart(assistant: Assistant) -> None:
    said = assistant.ask("who_knew", who="Микоян", at="1950-10-01T06:00")
    assert said["person"]["authority"] == "person:mikoyan"
    assert [one["record"]["number"] for one in said["proved"]["claims"]] == ["1351"] and said["proved"]["total"] == 1
    later = assistant.ask("who_knew", who="Mikoyan")
    assert [one["record"]["number"] for one in later["presumed"]["claims"]] == ["1400"]
    assert later["presumed"]["claims"][0]["doubts"]


def test_an_exchange_names_what_answers_what_and_why(assistant: Assistant, archive: Archive) -> None:
    said = assistant.ask("follow_thread", record="1351")
    assert [one["record"]["number"] for one in said["documents"]] == ["1351", "202"]
    [naming] = said["documents"][1]["names"]
    assert naming["means"][0]["id"] == id_of(archive, 1351) and naming["means"][0]["reasons"]
    assert {one["words"] for one in naming["quotes"]} == {"1351", "1950-09-30"}
    first = assistant.ask("follow_thread", record="1351", limit=1)
    rest = assistant.ask("follow_thread", record="1351", limit=1, start=first["next"])
    assert first["documents"] + rest["documents"] == said["documents"] and rest["next"] is None


def test_pages_of_a_search_follow_one_another(assistant: Assistant) -> None:
    first = assistant.ask("search", sort="date", limit=3)
    rest = assistant.ask("search", sort="date", limit=3, cursor=first["next"])
    ids = [hit["record"]["id"] for hit in first["hits"] + rest["hits"]]
    assert len(set(ids)) == 4 == first["total"] and rest["next"] is None


@pytest.mark.parametrize(
    ("tool", "asked", "words"),
    [
        ("read_record", {}, "record is missing"),
        ("read_record", {"record": "1351", "length": 10**9}, "length"),
        ("read_record", {"record": "1351", "colour": "red"}, "'colour' here; there are: record, start, length"),
        ("read_record", {"record": "77"}, "no record of the id or number '77'"),
        ("read_record", {"record": "202"}, "2 records bear the number 202"),
        ("search", {"query": "rice", "limit": "5"}, "limit"),
        ("search", {"query": "rice", "sort": "size"}, "relevance, date, -date, number"),
        ("search", {"query": "rice", "cursor": "nonsense"}, "cursor"),
        ("who_knew", {"who": "Mikoyan", "at": "yesterday"}, "yesterday is no moment"),
        ("who_knew", {"who": "Mikoyan", "proved": "x"}, "x is no cursor"),
        ("who_knew_first", {"about": " "}, "about"),
    ],
)
def test_what_is_asked_wrongly_is_said_so_that_it_can_be_asked_better(
    tool: str, asked: dict[str, Any], words: str, assistant: Assistant
) -> None:
    assert words in assistant.refused(tool, **asked)


def test_an_answer_that_would_be_too_long_is_none(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "MOST_BYTES", 500)
    assert "500 at the most; ask for less" in assistant.refused("search", query="")
