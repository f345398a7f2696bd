"""Dates that cannot be, or that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from mabillon.checks.chain import day, slipped
from mabillon.checks.registry import finding
from mabillon.dates import DateMention, complete, find_dates, find_times
from mabillon.dates.edtf import overlaps
from mabillon.dates.words import load_words
from mabillon.evidence import Value, Word
from mabillon.record import Record


@finding("date.year-slip")
def year_slip(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield each date of the chain whose year differs from that of the others."""
    slips = slipped(record)
    others = [event.time for event in record.events if event.time and id(event) not in slips and day(event.time)]
    for event in record.events:
        if id(event) in slips and event.time and others:
            yield (
                f"{event.type.value} in {event.time.value[:4]}, the rest of the chain in {others[0].value[:4]}",
                [event.time, others[0]],
            )


def dated_words(record: Record) -> Iterator[Word]:
    """Yield the values of `record` that are dates."""
    if record.date:
        yield record.date
    for event in record.events:
        if event.time:
            yield event.time
    for reference in record.references:
        if reference.date:
            yield reference.date
    for enclosure in record.enclosures:
        yield from dated_words(enclosure)


@finding("date.impossible")
def impossible(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield each date or time that no calendar or clock has."""
    for word in dated_words(record):
        if any(not _IMPOSSIBLE.isdisjoint(mention.problems) for mention in _moments(word.text)):
            yield f"no such day or time: {word.text}", [word]


_IMPOSSIBLE = frozenset({"no-such-day", "no-such-time", "meridiem-clash"})


def _moments(text: str) -> list[DateMention]:
    """Return the dates and the clock times in a wording; times are looked for where figures are left over."""
    dates = find_dates(text)
    rest = text
    for mention in reversed(dates):
        rest = rest[: mention.start] + rest[mention.end :]
    return [*dates, *find_times(text)] if any(map(str.isdigit, rest)) else dates


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@finding("date.weekday-mismatch")
def weekday_mismatch(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield each date that names a weekday which is not that day's, in the apparatus or in the text."""
    for mention in _with_weekday(record):
        found = day(Word(value=mention.value, text="", spans=[], confidence=1.0)) if mention.value else None
        if mention.value and found and mention.weekday is not None and found.weekday() != mention.weekday:
            word = Word(value=mention.value, text=mention.text, spans=[(mention.start, mention.end)], confidence=0.95)
            yield f"{mention.value} was a {_DAYS[found.weekday()]}, not a {_DAYS[mention.weekday]}", [word]


_MARKS = " \"'.,;:!?()[]{}<>«»“”„‘’*_—–|·…"
_UNSPACED = "\u2e80"
"""From here on scripts are written without spaces between words, or with endings joined to them."""


def _with_weekday(record: Record) -> Iterator[DateMention]:
    text = record.source.text if record.source else None
    if not text:
        return
    folded = text.casefold()
    words = {word.strip(_MARKS) for word in folded.replace("-", " ").replace("/", " ").split()}
    present = [name for name in _weekday_names() if name in (words if name[0] < _UNSPACED else folded)]
    # Santo Domingo is a city and no Sunday
    for named in re.finditer(rf"(?<![^\W_])(?<!santo )(?:{'|'.join(present)})(?![^\W_])", folded) if present else ():
        # a weekday stands beside its date: the words around it are enough
        for mention in find_dates(text, start=max(0, named.start() - 40), end=min(len(text), named.end() + 60)):
            if mention.weekday is None or not mention.start <= named.start() < mention.end:
                continue
            if mention.year:
                yield mention
            elif (near := _of_its_time(record, mention)) is not None:
                yield near


_NEAR = timedelta(days=60)


def _of_its_time(record: Record, mention: DateMention) -> DateMention | None:
    """Return a day without a year (`on Saturday, September 27`) in the year of the document, if it is near its date."""
    own = day(record.date)
    if own is None or record.date is None or mention.month is None or mention.day is None or mention.problems:
        return None
    full = complete(mention, near=str(record.date.value)[:10])
    found = day(Word(value=full.value, text="", spans=[], confidence=1.0)) if full.value else None
    return full if found is not None and abs(found - own) <= _NEAR else None


@cache
def _weekday_names() -> tuple[str, ...]:
    return tuple(word for word, (code, _) in load_words().words.items() if code == "w" and len(word) > 2)


@finding("date.conflict")
def conflict(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield the archive's date where it is neither the document's own nor that of another link of its chain."""
    for rival in record.date.alternatives or () if record.date else ():
        # the dateline of a letter whose header gives another day
        found = _stated_in_text(record, str(rival))
        if record.date and found and not overlaps(str(rival)[:10], record.date.value[:10]):
            yield f"the header dates it {record.date.value}, the letter itself {rival}", [record.date, found]
            return
    stated = record.catalogue.date if record.catalogue else None
    if stated is None or record.date is None or not record.date.spans or stated.value == record.date.value:
        return
    if not day(stated) or not day(record.date) or overlaps(stated.value[:10], record.date.value[:10]):
        return
    links = (event.time.value for event in record.events if event.time is not None)
    if (
        stated.spans == record.date.spans
        or _explained(record, stated)
        or stated.value[:10] in {link[:10] for link in links}
    ):
        return
    yield f"the archive dates it {stated.value}, the document {record.date.value}", [stated, record.date]


def _stated_in_text(record: Record, value: str) -> Word | None:
    text = record.source.text if record.source and record.source.text else ""
    header = record.date.spans[0][1] if record.date and record.date.spans else 0
    for mention in find_dates(text, start=header, end=min(len(text), header + 20000)):
        if mention.value == value:
            return Word(value=value, text=mention.text, spans=[(mention.start, mention.end)], confidence=0.9)
    return None


def _explained(record: Record, stated: Word) -> bool:
    """Whether the archive's date is that of a conversation, meeting or period that the title names."""
    if record.title is None or record.type is None:
        return False
    named = [mention.value for mention in find_dates(record.title.value) if mention.value]
    return stated.value in named and record.type.value in (
        "memorandum-of-conversation",
        "minutes",
        "report",
        "note",
        "memorandum",
    )
