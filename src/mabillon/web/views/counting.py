"""What the views count: dates, pairs of correspondents and pairs of places of the records that answer a search."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mabillon.web.holdings import Entry, Holdings

MOST = 5_000
"""Records of an answer that are counted, by date from the first."""

_PAGE = 500
_DAY, _MONTH = len("1950-09-30"), len("1950-09")
_DAYS_SHOWN, _MONTHS_SHOWN = 92, 96


@dataclass(frozen=True, slots=True)
class Answer:
    """The records of a search that are counted, and how many there are in all."""

    entries: Sequence[Entry]
    total: int

    @property
    def cut(self) -> bool:
        return len(self.entries) < self.total


def gather(holdings: Holdings, words: str) -> Answer:
    """Return the first MOST records that answer a search, by date."""
    found = holdings.search(words, "date", _PAGE, facets=False)
    entries, total = list(found.entries), found.total
    while found.next and len(entries) < MOST:
        found = holdings.search(words, "date", _PAGE, found.next, facets=False)
        entries += found.entries
    return Answer(entries[:MOST], total)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of time: a year, a month or a day as EDTF, and the records of it."""

    date: str
    count: int


def by_time(entries: Iterable[Entry]) -> tuple[str, list[Bucket]]:
    """Return "day", "month" or "year", whichever shows the whole without crowding, and the buckets from first to last,
    empty ones included. What is dated less precisely, or not at all, is in none."""
    dates = sorted(entry.date.split("/")[0][:_DAY].rstrip("~?%") for entry in entries if entry.date)
    dates = [date for date in dates if _is_possible(date)]
    for unit, length, most in (("day", _DAY, _DAYS_SHOWN), ("month", _MONTH, _MONTHS_SHOWN), ("year", 4, 4000)):
        precise = [date[:length] for date in dates if len(date) >= length and "X" not in date[:length]]
        if precise and (steps := _steps(precise[0], precise[-1], most)) and len(precise) * 2 >= len(dates):
            counts = Counter(precise)
            return unit, [Bucket(step, counts[step]) for step in steps]
    return "year", []


def _is_possible(date: str) -> bool:
    """Tell whether a date can be counted: 31 September has no place among days."""
    try:
        dt.date.fromisoformat((date.replace("XX", "01") + "-01-01")[:_DAY])
    except ValueError:
        return False
    return True


def _steps(first: str, last: str, most: int) -> list[str]:
    """Return the dates from `first` to `last` at their precision, [] if there are more than `most` of them."""
    steps = [first]
    while steps[-1] < last:
        steps.append(_next(steps[-1]))
        if len(steps) > most:
            return []
    return steps


def _next(date: str) -> str:
    """Return the year, month or day after this one."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        following = dt.date(*parts) + dt.timedelta(days=1)
        return following.isoformat()
    if len(parts) == 2:
        return f"{parts[0] + parts[1] // 12:04}-{parts[1] % 12 + 1:02}"
    return f"{parts[0] + 1:04}"


Pair = tuple[str, str, int]
"""From, to, and how many records."""


def by_people(entries: Iterable[Entry]) -> list[Pair]:
    """Return who wrote to whom, the most frequent first. A record to three counts once for each of them."""
    return _pairs((entry.senders, entry.recipients) for entry in entries)


def by_places(entries: Iterable[Entry]) -> list[Pair]:
    """Return from where to where, the most frequent first; "" for an end that no record states."""
    return _pairs((entry.origins or ("",), entry.goals or ("",)) for entry in entries if entry.origins or entry.goals)


def _pairs(ends: Iterable[tuple[Sequence[str], Sequence[str]]]) -> list[Pair]:
    counts: Counter[tuple[str, str]] = Counter()
    for ones, others in ends:
        counts.update({(one, other) for one in ones for other in others})
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(one, other, count) for (one, other), count in ranked]
