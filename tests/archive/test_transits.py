from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest
from mabillon.archive.series.following import follow_series
from mabillon.archive.series.transits import in_words, weighed
from mabillon.connect.steps import SENDING
from mabillon.connect.zones import HYPOTHESES, decided
from mabillon.evidence import Word
from mabillon.record import Event, Record
from mabillon.store import transit as stored
from mabillon.store.transit import Route
from tests.archive.reader import read_text

ROUTE = Route("pyongyang", "moscow")


def read_events(path: Path) -> Iterator[Record]:
    """Read the times of `sent 1950-09-30T20:35` and `received …` besides what `read_text` reads."""
    for record in read_text(path):
        text = record.source.text if record.source and record.source.text else ""
        for found in re.finditer(r"(sent|received|read) (\d{4}[\dT:-]+)", text):
            kind, time = (Word(value=found[n], text=found[n], spans=[found.span(n)], confidence=0.9) for n in (1, 2))
            record.events.append(Event(type=kind, time=time))
        record.type = Word(value="telegram", text="", spans=[], confidence=0.9, reason="content")
        place = Word(value="Moscow", text="Moscow", spans=[], confidence=0.9)
        for agent in record.recipients:
            agent.place = place
        yield record


def message(number: int, sent: dt.datetime, received: dt.datetime) -> str:
    return (
        f"No. {number}\n{sent:%Y-%m-%d}\nFrom: Shtykov, Pyongyang\nTo: Vyshinsky\n"
        f"sent {sent:%Y-%m-%dT%H:%M} received {received:%Y-%m-%dT%H:%M}\n"
    )


def messages(count: int) -> list[str]:
    """Messages that took about two hours and a half; each office gives its own clock's time, six hours apart."""
    mix = random.Random(7)
    found = []
    for n in range(1, count + 1):
        sent = dt.datetime(1950, 3, 1) + dt.timedelta(days=n, minutes=int(mix.triangular(9 * 60, 23 * 60)))
        took = dt.timedelta(minutes=round(mix.lognormvariate(5.0, 0.5)))
        found.append(message(n, sent, sent + took - dt.timedelta(hours=6)))
    return found


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as archive:
        late = message(99, dt.datetime(1950, 3, 20, 12), dt.datetime(1950, 5, 8, 12))
        put(archive, tmp_path, "all", *messages(40), late)
        yield archive


def put(archive: Archive, folder: Path, name: str, *texts: str) -> None:
    (folder / f"{name}.txt").write_text("\f".join(texts))
    ingest([folder / f"{name}.txt"], archive, read_events)
    follow_series(archive.store)


def test_a_route_says_by_whose_clock_it_went(filled: Archive) -> None:
    with filled.store.reading() as connection:
        found = weighed(connection, ROUTE)
    assert decided(found) == "sender"
    assert found[0].messages == 41 and found[0].backwards == 0


def test_transits_are_measured_by_that_clock(filled: Archive) -> None:
    with filled.store.reading() as connection:
        [spread] = stored.spreads(connection, ROUTE, "sender")
        by_month = stored.spreads(connection, ROUTE, "sender", "month")
        bins = stored.binned(connection, ROUTE, "sender", (0, 60, 24 * 60))
    assert (spread.first_type, spread.last_type, spread.measured) == ("sent", "received", 41)
    assert spread.lower < 150 < spread.upper and 100 < spread.median < 220
    assert [(one.by, one.measured) for one in by_month] == [("195003", 31), ("195004", 10)]
    assert bins == {("sent", "received"): [0, *bins[("sent", "received")][1:3], 1]}


def test_one_that_took_far_longer_is_a_finding(filled: Archive) -> None:
    [finding] = [one for one in filled.all_findings() if one.finding == "transit.implausible"]
    assert finding.message.startswith("49 days from sent to received; half of the others of this route took ")
    assert '"1950-03-20T12:00"' in finding.evidence and '"1950-05-08T12:00"' in finding.evidence


def test_one_that_came_before_it_went_is_a_finding(filled: Archive, tmp_path: Path) -> None:
    early = message(100, dt.datetime(1950, 3, 20, 20), dt.datetime(1950, 3, 20, 12))  # 14:00 at Moscow when it was sent
    put(filled, tmp_path, "more", early)
    assert "−2 h from sent to received" in " ".join(one.message for one in filled.all_findings())


def test_what_is_removed_is_measured_no_more(filled: Archive) -> None:
    [finding] = [one for one in filled.all_findings() if one.finding == "transit.implausible"]
    filled.remove(finding.entry.id, "editor", "a slip")
    follow_series(filled.store)
    with filled.store.reading() as connection:
        assert sum(one.measured for one in stored.spreads(connection, ROUTE, "sender")) == 40
    assert [one for one in filled.all_findings() if one.finding == "transit.implausible"] == []


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (200, "3 h 20 min"), (-120, "−2 h"), (49 * 1440, "49 days")]
)
def test_lengths_of_time_in_words(minutes: int, words: str) -> None:
    assert in_words(minutes) == words


def test_the_store_knows_the_clocks_that_are_weighed() -> None:
    assert stored.CLOCKS == HYPOTHESES and set(stored.SENDING) == SENDING
