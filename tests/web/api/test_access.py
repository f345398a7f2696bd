"""What a reader may not see is in no answer, whatever is asked and however the archive is closed."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from mabillon.archive import Access, Archive, Reader, ingest
from mabillon.archive.indexing import open_index
from mabillon.pipeline import read_path
from mabillon.web.api.app import api
from mabillon.web.api.desk import Desk
from mabillon.web.api.operations import OPERATIONS

TODAY = dt.date(2001, 6, 1)
NAMES = ("Alderov", "Bramkov", "Cestanov", "Dunarov")
"""Senders of the four telegrams. All of each one's words are its own."""

TELEGRAM = """\
Telegram No. {number}
From: {name}, {place}
To: Recipient{name}
Date: {day} March {year}
received at 2255 {day} March {year}, arrived at 2110 {day} March {year}
The {word} of {name} lies hidden near {place}.
Copies: 1 to Copyto{name}
Source: Archive{name}, fond 4{number}, opis 1, delo 33, list 7
"""


def words_of(n: int) -> tuple[str, ...]:
    name = NAMES[n]
    return name, f"Zub{name.lower()}grad", f"secret{name.lower()}word", f"77{n}91", f"{1911 + n}"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("telegrams")
    for n, name in enumerate(NAMES):
        _, place, word, number, year = words_of(n)
        text = TELEGRAM.format(name=name, place=place, word=word, number=number, year=year, day=n + 3)
        (folder / f"{name}.txt").write_text(text, "utf-8")
    with Archive.create(tmp_path_factory.mktemp("closed") / "archive") as archive:
        ingest([folder], archive, read_path, workers=1)
        yield archive


def everything(asking: TestClient) -> Iterator[tuple[str, str]]:
    """Yield (address, what is answered) of all that can be reached from the start, and of all that may be guessed."""
    tried: set[str] = set()
    waiting = ["/", *(one.path for one in OPERATIONS if "{" not in one.path)]
    waiting += ["/export.jsonl", "/export.csv", "/export.parquet", "/search?q=export&facets=true"]
    for n in range(len(NAMES)):
        name, place, word, number, year = words_of(n)
        waiting += [f"/people/{name}", f"/places/{place}", f"/calendar?year={year}", f"/calendar?year={year}&month=3"]
        asked = name, word, f"{word[:-1]}q~2", f"{word[:8]}*", f"from:{name}", f"number:{number}", f"date:{year}"
        waiting += [f"/search?q={query}" for query in asked] + [f"/search?q={word}x", f"/export.csv?q={word}"]
    while waiting:
        address = waiting.pop().removeprefix("http://testserver").removeprefix("/api/v1")
        if address in tried:
            continue
        tried.add(address)
        answer = asking.get(address)
        text = _parquet(answer.content) if answer.content.startswith(b"PAR1") else answer.text
        yield address, text
        waiting += re.findall(r'"url":"([^"]*)"', text)
        waiting += [link["url"] for link in answer.links.values() if link.get("rel") == "next"]


def _parquet(content: bytes) -> str:
    return str(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist())


STAFF = Reader(everything=True, today=TODAY)
ACCESS: dict[str, Access | None] = {
    "public": Access(),
    "restricted": Access("restricted", frozenset({"staff"})),
    "embargo": Access("embargo", frozenset({"staff"}), TODAY + dt.timedelta(days=1)),
    "open again": Access("embargo", frozenset({"staff"}), TODAY),
    "redacted": None,
}
OPEN = ("public", "open again")


def close(archive: Archive, states: list[str], *, behind: bool = False) -> dict[str, str]:
    """Give each telegram its state and return name → id; with `behind`, the index knows of nothing that was closed."""
    ids = {(record.source.filename if record.source else "")[:-4]: record.id for record in archive.records(STAFF)}
    for id in ids.values():
        for redaction in archive.redactions(id):
            archive.lift_redaction(id, redaction.id, "an archivist", "to begin anew")
    archive.set_access(list(ids.values()), Access(), "an archivist", "to begin anew")
    open_index(archive)
    for name, state in zip(NAMES, states, strict=True):
        if state == "public":
            continue
        id = ids[name]
        archive.set_access(id, ACCESS[state] or Access(), "an archivist", "a test")
        if state == "redacted":
            record = archive.record(id, STAFF)
            assert record and record.source and record.source.text
            archive.redact(id, (0, len(record.source.text)), "an archivist", "a test")
    if not behind:
        open_index(archive)
    return ids


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(states=st.lists(st.sampled_from(list(ACCESS)), min_size=4, max_size=4), behind=st.booleans())
def test_what_is_closed_leaks_nowhere(closed: Archive, states: list[str], behind: bool):
    if behind:  # what is opened is found only once the index knows: that gives nothing away
        states = [state.replace("open again", "public") for state in states]
    ids = close(closed, states, behind=behind)
    with TestClient(api(Desk(closed, Reader(today=TODAY)))) as asking:
        answers = dict(everything(asking))
    for n, (name, state) in enumerate(zip(NAMES, states, strict=True)):
        if state in OPEN:
            assert f"/records/{ids[name]}" in answers and words_of(n)[2] in answers["/export.jsonl"]
            continue
        hidden = [*words_of(n)[:4], f"Copyto{name}", f"Recipient{name}", f"Archive{name}"]
        if state != "redacted":
            hidden.append(ids[name])
        for address, text in answers.items():
            shown = without_what_was_asked(text, address)
            leaked = [word for word in hidden if word.casefold() in shown.casefold()]
            assert not leaked, (state, address, leaked)
        assert words_of(n)[4] not in answers["/calendar"]
    shown = sum(state in OPEN for state in states)
    findings = json.loads(answers["/findings"])
    assert findings["counts"].get("chain.out-of-order", 0) == len(findings["findings"]) == shown
    assert sum(json.loads(answers["/calendar"])["counts"].values()) == shown


def without_what_was_asked(text: str, address: str) -> str:
    """Return an answer without the words that the asker put into his question, and what is derived from them alone:
    spellings that rules of writing give. What a source is called is not read from it: it may hold many documents."""
    if "?q=" in address or address.startswith(("/people/", "/places/")):
        text = re.sub(r'"(query|reading|spellings|name)":("[^"]*"|\[[^]]*\])', "", text)
    return re.sub(r"\b\w+\.txt\b", "", text)


@pytest.mark.parametrize("state", ["restricted", "embargo"])
def test_what_is_closed_is_as_if_it_were_not_there(closed: Archive, state: str):
    ids = close(closed, [state, "public", "public", "public"])
    hidden = ids[NAMES[0]]
    with TestClient(api(Desk(closed, Reader(today=TODAY)))) as asking:
        for below in ("", "/related", "/original"):
            there = asking.get(f"/records/{hidden}{below}")
            nowhere = asking.get(f"/records/aaaaaaaaaaaaaaaa{below}")
            assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
        assert asking.get("/search").json()["total"] == 3
        assert asking.get("/").json()["records"] == 3


def test_those_who_may_see_it_do(closed: Archive):
    ids = close(closed, ["restricted", "embargo", "public", "redacted"])
    staff = Reader(frozenset({"staff"}), today=TODAY)
    with TestClient(api(Desk(closed, staff))) as asking:
        for n in (0, 1, 2):
            assert words_of(n)[2] in asking.get(f"/records/{ids[NAMES[n]]}").text
            assert asking.get(f"/search?q={words_of(n)[2]}").json()["total"] == 1
        assert words_of(3)[2] not in asking.get(f"/records/{ids[NAMES[3]]}").text


def test_a_record_is_news_on_the_day_that_it_opens(closed: Archive):
    ids = close(closed, ["embargo", "public", "public", "public"])

    def news(day: dt.date, since: str = "") -> Any:
        with TestClient(api(Desk(closed, Reader(today=day)))) as asking:
            return asking.get("/changes", params={"since": since} if since else {}).json()

    first = news(TODAY)
    assert {change["id"] for change in first["changes"]} == {ids[name] for name in NAMES[1:]}
    assert news(TODAY, first["next"])["changes"] == []
    later = news(TODAY + dt.timedelta(days=1), first["next"])
    assert [change["id"] for change in later["changes"]] == [ids[NAMES[0]]]
    assert news(TODAY + dt.timedelta(days=1), later["next"])["changes"] == []
    closed.set_access(ids[NAMES[2]], Access(), "an archivist", "touched")
    assert [change["id"] for change in news(TODAY, first["next"])["changes"]] == [ids[NAMES[2]]]
