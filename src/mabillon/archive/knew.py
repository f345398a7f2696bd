"""Who knew what, when: asked of a person and a moment, of a document, or of a search.

The difference between what words prove and what can only be presumed is in every answer, and so are the words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from mabillon.archive.access import BLACK, PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.finder import Finder
from mabillon.archive.reading_room import redactions_in
from mabillon.archive.whom import Whom, whom
from mabillon.connect.instants import GREENWICH, Clock, asked_instant, clock_of_place, clock_of_zone, moment_of
from mabillon.dates.edtf import day_of
from mabillon.errors import QueryError
from mabillon.search.glance import SourceText
from mabillon.store import knew as stored
from mabillon.store import permissions
from mabillon.store.counters import last
from mabillon.store.entries import Entry, entries_of
from mabillon.store.knew import COUNTED, Asked, Known, Persons
from mabillon.store.records import ids_of, keys_of, stored_of
from mabillon.text import Span

FEW = 2_000
"""Records that answer a search, up to which their claims are looked up; of more, those of the person are searched."""

ROUND, MOST_ROUNDS = 500, 40
"""Claims of a person that are searched at once, and how often."""

MOST_STEPS = 500
"""Claims that are shown of one document."""

Place = tuple[int, int]
"""Where a list goes on: instant and id of the claim behind which it does."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that say so, and where they stand in the text of the record that says so."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """That a document reached a person.

    entry: the document; by: the one that says so, where it is another
    way: one of `connect.knowing.WAYS`; name: as the document names the person; person: as claims have it
    proved: whether it is; at: the instant (universal time) from which on it is certain, or if presumed possible; None
    where nothing says from when; since: the earliest instant that the words can mean
    time, zone: as stated; words: what says so; doubts: of `connect.knowing.DOUBTS`, why it is not proved
    """

    entry: Entry
    by: Entry | None
    way: str
    name: str
    person: str
    proved: bool
    at: dt.datetime | None
    since: dt.datetime | None
    time: str | None
    zone: str | None
    words: tuple[Quoted, ...]
    doubts: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of an answer. `total` counts its documents, COUNTED + 1 where there are more, None where a search was too
    wide to count; `more` tells whether the list goes on behind its last one."""

    items: tuple[Reached, ...]
    total: int | None
    more: bool


@dataclass(frozen=True, slots=True)
class Knew:
    """What a person knew at a moment: `at` is the instant that the words asked mean, None for ever after."""

    whom: Whom
    at: dt.datetime | None
    about: str
    proved: Listed
    presumed: Listed


@dataclass(frozen=True, slots=True)
class Question:
    """at: EDTF, "" for ever after; clock: the place or zone whose clock it is read from, "" for Greenwich; about: a
    search, "" for everything."""

    who: str
    at: str = ""
    clock: str = ""
    about: str = ""


def clock_of(clock: str, at: str = "") -> Clock:
    """Return the clock of a place or zone. Raises QueryError if none of that name is known."""
    if not clock.strip():
        return GREENWICH
    found = clock_of_zone(clock) or clock_of_place(clock, at or "1950")
    if found is None:
        raise QueryError(f"no clock of {clock[:60]} is known; name a city (Moscow) or an offset (+03:00)")
    return found


def instant_of(at: str, clock: str) -> int | None:
    """Return the instant that is asked for. Raises QueryError for what is no date."""
    if not at.strip():
        return None
    try:
        return asked_instant(at.strip(), clock_of(clock, at.strip()))
    except ValueError as error:
        raise QueryError(f"{at[:60]} is no moment; write it as 1950-10-01T06:00, 1950-10-01 or 1950-10") from error


def knew(
    finder: Finder, question: Question, reader: Reader = PUBLIC, limit: int = 50, after: Place | None = None,
    presumed_after: Place | None = None,
) -> Knew:  # fmt: skip
    """Return what had reached a person by a moment, the newest first, from behind `after` on.

    Raises QueryError for a moment, a clock or a search that is none; ArchiveError where there is no index to search.
    """
    until = instant_of(question.at, question.clock)
    archive = finder.archive
    judged = archive.judged()
    with archive.store.reading() as connection:
        meant = whom(connection, judged, question.who, _day(question.at), reader)
    asked = Asked(meant.persons, until, reader.condition())
    about = question.about.strip()
    read = _About(finder, reader, asked, about) if about else _All(archive, reader, asked)
    return Knew(
        meant, None if until is None else moment_of(until), about, read.proved(after, limit),
        read.presumed(presumed_after, limit),
    )  # fmt: skip


def _day(at: str) -> str | None:
    try:
        return day_of(at.strip()) or at.strip() if at.strip() else None
    except ValueError:
        return None


class _All:
    """Everything that reached a person."""

    def __init__(self, archive: Archive, reader: Reader, asked: Asked) -> None:
        self.archive, self.reader, self.asked = archive, reader, asked

    def proved(self, after: Place | None, limit: int) -> Listed:
        with self.archive.store.reading() as connection:
            found = stored.page_of_proved(connection, self.asked, after, limit + 1)
            total = stored.count_proved(connection, self.asked)
            return Listed(shown(connection, found[:limit], self.reader), total, len(found) > limit)

    def presumed(self, after: Place | None, limit: int) -> Listed:
        with self.archive.store.reading() as connection:
            found = stored.page_of_presumed(connection, self.asked, after, limit + 1)
            total = stored.count_presumed(connection, self.asked)
            return Listed(shown(connection, found[:limit], self.reader), total, len(found) > limit)


class _About:
    """What reached a person of the records that answer a search."""

    def __init__(self, finder: Finder, reader: Reader, asked: Asked, about: str) -> None:
        self.finder, self.reader, self.asked, self.about = finder, reader, asked, about
        ids, results = finder.ids(about, reader)
        self.keys: list[int] | None = None
        if results.total <= FEW:
            while results.next:
                page, results = finder.ids(about, reader, cursor=results.next)
                ids += page
            with finder.archive.store.reading() as connection:
                self.keys = sorted(keys_of(connection, ids).values())

    def proved(self, after: Place | None, limit: int) -> Listed:
        return self._listed(stored.page_of_proved, after, limit)

    def presumed(self, after: Place | None, limit: int) -> Listed:
        return self._listed(stored.page_of_presumed, after, limit)

    def _listed(self, page: object, after: Place | None, limit: int) -> Listed:
        with self.finder.archive.store.reading() as connection:
            if self.keys is not None:
                whole = page(connection, self.asked, None, 0, self.keys)  # type: ignore[operator]
                rest = [one for one in whole if after is None or one.place < after]
                return Listed(shown(connection, rest[:limit], self.reader), len(whole), len(rest) > limit)
            found = self._searched(connection, page, after, limit + 1)
            return Listed(shown(connection, found[:limit], self.reader), None, len(found) > limit)

    def _searched(self, connection: Connection, page: object, after: Place | None, limit: int) -> list[Known]:
        """Go through the claims of the person and search the records that they are about."""
        found: list[Known] = []
        for _ in range(MOST_ROUNDS):
            some: list[Known] = page(connection, self.asked, after, ROUND)  # type: ignore[operator]
            ids = ids_of(connection, [one.record_key for one in some])
            met = set(self.finder.ids(self.about, self.reader, among=list(ids.values()))[0]) if ids else set()
            found += [one for one in some if ids[one.record_key] in met]
            if len(found) >= limit or len(some) < ROUND:
                break
            after = some[-1].place
        return found[:limit]


def shown(connection: Connection, found: Sequence[Known], reader: Reader) -> tuple[Reached, ...]:
    """Return claims with their documents and the words that say so."""
    keys = {key for one in found for key in (one.record_key, one.by_key)}
    entries = entries_of(connection, sorted(keys))
    texts = _texts(connection, {one.by_key for one in found}, reader)
    return tuple(_reached(one, entries, texts) for one in found)


def _reached(one: Known, entries: dict[int, Entry], texts: dict[int, str]) -> Reached:
    proved = one.proved and not one.likely
    doubts = (*one.doubts, "name") if one.likely and "office" not in one.doubts else one.doubts
    text = texts.get(one.by_key, "")
    words = (Quoted(" … ".join(text[start:end] for start, end in spans), spans) for spans in one.words)
    instant = one.high if proved else one.low
    return Reached(
        entries[one.record_key], entries[one.by_key] if one.by_key != one.record_key else None, one.way, one.name,
        one.person, proved, None if instant is None else moment_of(instant),
        None if one.low is None else moment_of(one.low), one.time, one.zone,
        tuple(said for said in words if said.text.strip(f" {BLACK}")), doubts, one.place,
    )  # fmt: skip


class _Text(msgspec.Struct):
    source: SourceText | None = None


_decoder = msgspec.json.Decoder(_Text)


def _texts(connection: Connection, keys: Iterable[int], reader: Reader) -> dict[int, str]:
    """Return key → text of a record as this reader may see it."""
    found = stored_of(connection, sorted(keys))
    hidden = permissions.redactions_of(connection, [one.key for one in found])
    texts = {}
    for one in found:
        source = _decoder.decode(one.json).source
        text = (source.text if source is not None else None) or ""
        for start, end in reader.hidden(redactions_in(hidden.get(one.key, ()))):
            text = text[:start] + BLACK * len(text[start:end]) + text[end:]
        texts[one.key] = text
    return texts


@dataclass(frozen=True, slots=True)
class Spread:
    """How a document spread: `hops` in order, each with who had it then; the earliest of each person only."""

    entry: Entry
    hops: tuple[tuple[str, tuple[Reached, ...]], ...]


HOPS = {
    "written": ("signed", "sent", "drafted", "enclosed", "present"), "delivered": ("received", "read", "handled"),
    "copied": ("copied",), "named": ("answered", "cited", "told"),
}  # fmt: skip
"""Hop → the ways of knowing that belong to it: written, brought to whom it was meant for, copied, named by others."""


def spread(archive: Archive, id: str, reader: Reader = PUBLIC) -> Spread | None:
    """Return how the record `id` spread, hop by hop; None if there is none for this reader."""
    with archive.store.reading() as connection:
        keys = keys_of(connection, [id])
        found = stored.who_knew(connection, list(keys.values()), reader.condition())
        if not keys or not _may_see(connection, keys[id], reader):
            return None
        entry = entries_of(connection, [keys[id]])[keys[id]]
        steps = shown(connection, _first_of_each(found)[:MOST_STEPS], reader)
    hops = ((hop, tuple(step for step in steps if step.way in ways)) for hop, ways in HOPS.items())
    return Spread(entry, tuple((hop, its) for hop, its in hops if its))


def _may_see(connection: Connection, key: int, reader: Reader) -> bool:
    return bool(stored.seen_of(connection, [key], reader.condition()))


def _first_of_each(found: Sequence[Known]) -> list[Known]:
    """Return of each person the earliest proved claim, and the earliest presumed one if it comes before; by instant."""
    best: dict[str, Known] = {}
    for one in sorted(found, key=lambda one: (one.likely or not one.proved, *one.place)):
        best.setdefault(one.person, one)
    return sorted(best.values(), key=lambda one: one.place)


@dataclass(frozen=True, slots=True)
class First:
    """Who knew first of what answers a search: `proved` one for each person, by instant; `presumed` those persons of
    whom nothing is proved. `whole` is False where the list ends because it is long enough."""

    about: str
    proved: tuple[Reached, ...]
    presumed: tuple[Reached, ...]
    documents: int
    whole: bool


PAGE, MOST_PAGES = 200, 25


def first_to_know(
    finder: Finder, about: str, reader: Reader = PUBLIC, limit: int = 50, at: str = "", clock: str = ""
) -> First:
    """Return who knew first of what answers the search `about`, then who next, up to a moment if one is given.

    Documents are gone through by date until so many persons are known that no later document can come before them.
    Raises what `knew` raises.
    """
    until = instant_of(at, clock)
    best: dict[str, Known] = {}
    maybe: dict[str, Known] = {}
    cursor, seen = None, 0
    with finder.archive.store.reading() as connection:
        for _ in range(MOST_PAGES):
            ids, results = finder.ids(about, reader, PAGE, cursor)
            keys = list(keys_of(connection, ids).values())
            for one in stored.who_knew(connection, keys, reader.condition()):
                _keep(one, until, best, maybe)
            seen, cursor = seen + len(ids), results.next
            begin = _begin_of(connection, keys)
            settled = sum(one.at < begin for one in best.values())
            if cursor is None or settled >= limit:
                break
        proved = sorted(best.values(), key=lambda one: one.place)[:limit]
        presumed = sorted((one for person, one in maybe.items() if person not in best), key=lambda one: one.place)[
            :limit
        ]
        return First(
            about, shown(connection, proved, reader), shown(connection, presumed, reader), results.total,
            cursor is None and len(best) <= limit,
        )  # fmt: skip


def _keep(one: Known, until: int | None, best: dict[str, Known], maybe: dict[str, Known]) -> None:
    sure = one.proved and not one.likely and (until is None or one.at <= until)
    if not sure and until is not None and (one.low or 0) > until:
        return
    kept = best if sure else maybe
    there = kept.get(one.person)
    if there is None or one.place < there.place:
        kept[one.person] = one


def _begin_of(connection: Connection, keys: Sequence[int]) -> int:
    """Return the instant before which no document behind these, which are in order of date, can have been known."""
    days = [entry.date for entry in entries_of(connection, keys).values() if entry.date]
    instants = [asked_instant(day) for day in days if _is_plain(day)]
    return max(instants, default=0) - 3 * 1440


def _is_plain(date: str) -> bool:
    return len(date) == 10 and date.replace("-", "").isdigit()


def claimed(archive: Archive) -> int:
    """Return a number that grows whenever an answer may be another than before."""
    with archive.store.reading() as connection:
        return last(connection, "claimed")


__all__ = [
    "COUNTED", "HOPS", "First", "Knew", "Listed", "Persons", "Question", "Quoted", "Reached", "Spread", "Whom",
    "claimed", "first_to_know", "knew", "spread",
]  # fmt: skip
