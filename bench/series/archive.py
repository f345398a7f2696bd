"""An archive of any size whose records are numbered and timed, put into the store as an ingest would put them."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from mabillon.archive import Archive
from mabillon.archive.prepare import prepare
from mabillon.archive.times import timestamp
from mabillon.clocks import hours_ahead
from mabillon.document import record_id
from mabillon.evidence import Agent, Number, Word
from mabillon.record import Event, Record, SourceNote
from mabillon.store.records import Change, NewRecord, insert_records
from mabillon.store.sources import KEPT, KeptSource, insert_sources, start_run

POSTS = (
    "London", "Paris", "Rome", "Berlin", "Vienna", "Madrid", "Lisbon", "Brussels", "Cairo", "Athens", "Sofia", "Ankara",
    "Moscow", "Tehran", "Kabul", "New Delhi", "Rangoon", "Bangkok", "Saigon", "Manila", "Taipei", "Peking", "Seoul",
    "Tokyo", "Canberra", "Mexico City", "Havana", "Caracas", "Lima", "Buenos Aires",
)  # fmt: skip
MINISTRY = "Washington"
FIRST = dt.date(1931, 1, 1)
DAYS = 20 * 365
_UNDATED, _TIMED, _SLIP = 0.05, 0.6, 0.002


def records(count: int, seed: int = 1) -> Iterator[Record]:
    """Yield `count` telegrams of thirty posts and their ministry over twenty years, four in ten of what they sent."""
    mix = random.Random(seed)
    numbers: dict[tuple[str, str, int], int] = {}
    for n in range(count):
        day = FIRST + dt.timedelta(days=n * DAYS // count)
        post = mix.choice(POSTS)
        ends = (post, MINISTRY) if mix.random() < 0.6 else (MINISTRY, post)
        series = (*ends, day.year)
        numbers[series] = numbers.get(series, 0) + mix.choice((1, 1, 2, 3, 5))
        yield _record(mix, n, ends, numbers[series], day)


def _record(mix: random.Random, n: int, ends: tuple[str, str], number: int, day: dt.date) -> Record:
    sha256 = hashlib.sha256(f"series {n}".encode()).hexdigest()
    if mix.random() < _SLIP:
        day += dt.timedelta(days=mix.choice((-60, -31, 31, 60)))
    sender, recipient = (Agent(value=f"Office in {place}", text="", spans=[], confidence=0.9, place=_word(place))
                         for place in ends)  # fmt: skip
    record = Record(
        id=record_id(sha256), source=SourceNote(filename=f"{n}.txt", media_type="text/plain", sha256=sha256, text=""),
        type=_word("telegram"), numbers=[Number(value=str(number), text="", spans=[], confidence=0.9, kind="message")],
        senders=[sender], recipients=[recipient],
    )  # fmt: skip
    if mix.random() >= _UNDATED:
        record.date = _word(day.isoformat())
    if mix.random() < _TIMED:
        sent = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=int(mix.triangular(480, 1430)))
        clocks = dt.timedelta(hours=(hours_ahead(ends[1]) or 0.0) - (hours_ahead(ends[0]) or 0.0))
        came = sent + dt.timedelta(minutes=int(mix.lognormvariate(5, 0.7))) + clocks
        record.events = [
            Event(type=_word(kind), time=_word(time.isoformat(timespec="minutes")))
            for kind, time in (("sent", sent), ("received", came))
        ]
    return record


def _word(value: str) -> Word:
    return Word(value=value, text="", spans=[], confidence=0.9)


def fill(archive: Archive, made: Iterator[Record], batch: int = 2_000) -> None:
    """Put records into the store of an archive, without their originals: nothing here asks for those."""
    with archive.store.writing() as connection:
        run = start_run(connection, "bench", timestamp())
    change = Change("read", "bench", "bench", timestamp())
    while some := [prepare(record) for record in islice(made, batch)]:
        sources = [KeptSource(one.source, 0, f"{one.id}.txt", "0", KEPT) for one in some]
        with archive.store.writing() as connection:
            insert_sources(connection, sources, run, timestamp(), "bench")
            new = [NewRecord(one.id, one.source, one.part, one.json, one.rows) for one in some]
            insert_records(connection, new, change)


def make(folder: Path, count: int) -> Archive:
    """Return an archive with `count` records in a folder, made if it is not there."""
    if (folder / "archive.db").exists():
        return Archive.open(folder)
    archive = Archive.create(folder)
    fill(archive, records(count))
    return archive
