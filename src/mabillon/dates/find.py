"""Find dates and clock times in a text, whatever the language and the notation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mabillon.dates.atoms import (
    CalendarDate,
    ClockTime,
    day_problem,
    find_calendar_dates,
    find_clock_times,
    only_order,
    settle_order,
)
from mabillon.dates.mention import DateMention
from mabillon.dates.patterns import WEEKDAY_AFTER, WEEKDAY_BEFORE
from mabillon.dates.tokens import Tokens, tokenize, windows
from mabillon.dates.words import LANGUAGES, Words, load_words
from mabillon.dates.zones import find_zone, old_style_end

_HABITS = {"/": "mdy", ".": "dmy", "-": "mdy"}
"""How numbers are understood when nothing else decides: month first with slashes and hyphens, as American offices and
their stamps write them, and then marked ambiguous; day first with full stops, as most others do."""


@dataclass(slots=True)
class _Pair:
    """A date, a clock time, or both joined, with the stretch of text they cover."""

    date: CalendarDate | None
    time: ClockTime | None
    start: int
    end: int
    weekday: int | None = None
    qualifier: str = ""


def find_dates(
    text: str,
    *,
    start: int = 0,
    end: int | None = None,
    languages: Sequence[str] | None = None,
    default_year: int | None = None,
    prefer: str | None = None,
) -> list[DateMention]:
    """Return the dates in `text[start:end]` in text order, each with the clock time that stands with it.

    languages: read only these (ISO 639-1); all if None
    default_year: the year of dates that state none; also settles the century of two-digit years
    prefer: `mdy` or `dmy`, the order of dates like `10/11/50` that could be either
    Never raises on any text.
    """
    stop = len(text) if end is None else min(end, len(text))
    words = load_words(LANGUAGES if languages is None else tuple(c for c in languages if c in LANGUAGES))
    read = [_Window(text, low, high, words, default_year) for low, high in windows(text, start, stop)]
    _settle_orders([date for window in read for date in window.dates if date.numbers], prefer)
    return [_mention(text, pair, default_year) for window in read for pair in window.pairs() if pair.date is not None]


def find_times(text: str, *, start: int = 0, end: int | None = None) -> list[DateMention]:
    """Return the clock times in `text[start:end]` that stand alone, without a date; `value` is None."""
    stop = len(text) if end is None else min(end, len(text))
    words = load_words()
    found = []
    for low, high in _time_windows(text, start, stop, words):
        window = _Window(text, low, high, words, None)
        _settle_orders([date for date in window.dates if date.numbers], None)
        found += [_mention(text, pair, None) for pair in window.pairs() if pair.date is None]
    return found


@cache
def _noon_words(words: Words) -> tuple[str, ...]:
    return tuple(word for word, (code, _) in words.words.items() if code == "N")


@cache
def _noon_pattern(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _noon_words(words)))})(?!\w)", re.IGNORECASE)


def _time_windows(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the stretches with numbers and, between them, the words for noon and midnight."""
    lower = text.lower()
    named = any(word in lower for word in _noon_words(words))
    last = start
    for low, high in [*windows(text, start, end), (end, end)]:
        if named:
            yield from (match.span() for match in _noon_pattern(words).finditer(text, last, max(low, last)))
        if low < high:
            yield low, high
        last = max(high, last)


def _settle_orders(dates: list[CalendarDate], prefer: str | None) -> None:
    """Settle day and month: by what is possible, by `prefer`, by the other dates of the text, by habit."""
    for separator, habit in _HABITS.items():
        alike = [date for date in dates if date.numbers and date.numbers[2] == separator]
        seen = {order for date in alike if (order := only_order(date))}
        hint = prefer if prefer in ("dmy", "mdy") else seen.pop() if len(seen) == 1 else None
        for date in alike:
            settle_order(date, hint or habit, certain=hint is not None or separator == ".")


class _Window:
    """A stretch of text with the dates and clock times in it."""

    def __init__(self, text: str, low: int, high: int, words: Words, near: int | None) -> None:
        self.text = text
        self.words = words
        self.tokens: Tokens = tokenize(text, low, high, words)
        self.dates = list(find_calendar_dates(self.tokens, near))
        self.times = find_clock_times(self.tokens, self.dates)

    def pairs(self) -> list[_Pair]:
        """Return dates and clock times, joined where they stand together, in text order."""
        ends = {id(time): self._zone_end(time) for time in self.times}
        used: set[int] = set()
        pairs = []
        for date in self.dates:
            pair = self._date_alone(date)
            if date.time is None and date.day is not None:
                self._join(pair, ends, used)
            pairs.append(pair)
        for time in self.times:
            if id(time) not in used and self._stands_alone(time):
                pairs.append(_Pair(None, time, self.tokens.starts[time.first], ends[id(time)]))
        return sorted(pairs, key=lambda pair: pair.start)

    def _zone_end(self, time: ClockTime) -> int:
        """Give `time` the zone that stands behind it; return where the wording ends."""
        end = self.tokens.ends[time.last - 1]
        if time.zone is None and (zone := find_zone(self.text, end, self.tokens.ends[-1], self.words)):
            time.zone, end = zone
        return end

    def _stands_alone(self, time: ClockTime) -> bool:
        """Say whether a weak time is one without a date: by its zone, or a word like `at` before it."""
        if not time.weak:
            return True
        if time.kind.startswith("stamp"):
            return False
        certain = time.kind != "digits" or self.tokens.codes[time.first] == "0"
        return time.zone is not None or (certain and self._after_at(time))

    def _after_at(self, time: ClockTime) -> bool:
        at = time.first - 2
        return self.tokens.codes[max(at, 0) : time.first] == "p " and self.tokens.values[at] == 1

    def _date_alone(self, date: CalendarDate) -> _Pair:
        """Return `date` with what qualifies it: a weekday, circa before it, `?]` behind it, a quoted day."""
        tokens = self.tokens
        first, last = date.first, date.last
        if date.kind == "group" and date.time and date.time.zone is None:
            date.time.zone = self.text[tokens.ends[first] - 1]
        pair = _Pair(date, date.time, tokens.starts[first], tokens.ends[last - 1])
        if before := WEEKDAY_BEFORE.search(tokens.codes, max(0, first - 12), first):
            pair.weekday, pair.start = tokens.values[before.start()], tokens.starts[before.start()]
        elif after := WEEKDAY_AFTER.match(tokens.codes, last):
            pair.weekday, pair.end = tokens.values[after.start(1)], tokens.ends[after.end() - 1]
        self._qualify(pair)
        closing = _OPENED.get(self.text[max(pair.start - 1, 0) : pair.start])
        if closing and closing in self.text[pair.start : pair.end]:
            pair.start -= 1
        return pair

    def _qualify(self, pair: _Pair) -> None:
        assert pair.date is not None
        if circa := _CIRCA.search(self.tokens.codes, max(0, pair.date.first - 4), pair.date.first):
            pair.qualifier, pair.start = "~", self.tokens.starts[circa.start()]
        elif self.text[pair.end : pair.end + 2] in ("?]", "?)"):
            pair.qualifier, pair.end = "?", pair.end + 1
        if end := old_style_end(self.text, pair.end, self.words):
            pair.date.problems.append("calendar")
            pair.end = end

    def _join(self, pair: _Pair, ends: dict[int, int], used: set[int]) -> None:
        before = [t for t in self.times if id(t) not in used and ends[id(t)] <= pair.start]
        after = [t for t in self.times if id(t) not in used and self.tokens.starts[t.first] >= pair.end]
        if before and self._precedes(before[-1], ends[id(before[-1])], pair):
            time = before[-1]
            pair.start = self.tokens.starts[time.first]
            if time.zone is None and (zone := find_zone(self.text, pair.end, self.tokens.ends[-1], self.words)):
                time.zone, pair.end = zone
        elif after and self._follows(after[0], pair):
            time = after[0]
            pair.end = ends[id(time)]
        else:
            return
        pair.time = time
        used.add(id(time))

    def _codes_between(self, low: int, high: int) -> str:
        starts = self.tokens.starts
        return self.tokens.codes[bisect_left(starts, low) : bisect_left(starts, high)]

    def _precedes(self, time: ClockTime, end: int, pair: _Pair) -> bool:
        gap = self._codes_between(end, pair.start)
        if time.kind == "digits":
            return bool(_NARROW_GAP.fullmatch(gap)) and not _NUMBERED.search(self.tokens.codes, 0, time.first)
        if time.kind.startswith("stamp"):
            return gap in (" ", "_")
        if time.weak and time.kind == "hours" and "p" in gap and not self._after_at(time):
            return False  # for six hours on 9 March
        if time.kind == "hours" and gap.startswith("."):
            gap = gap[1:]
        return bool(_GAP_BEFORE_DATE.fullmatch(gap))

    def _follows(self, time: ClockTime, pair: _Pair) -> bool:
        gap = self._codes_between(pair.end, self.tokens.starts[time.first])
        if time.kind == "digits":
            following = self.tokens.codes[time.last : time.last + 1]
            return bool(_NARROW_GAP.fullmatch(gap)) and following in ("", ".", ",", ";", ")", "]", "\n", "#", "_")
        if time.kind == "stamp_z":
            return gap in (" ", "_") and pair.date is not None and pair.date.kind == "ymd"
        if time.kind == "stamp_a":
            return gap in (" ", "_")
        return bool(_GAP_AFTER_DATE.fullmatch(gap))


_CIRCA = re.compile(r"(?<![A-Za-z0-9])c[.]? ?\Z")
_OPENED = {"«": "»", "“": "”", "„": "“", '"': '"', "[": "]"}
_NARROW_GAP = re.compile(r",? (?:[pA] ){0,2}|/|_")
_GAP_BEFORE_DATE = re.compile(r"[)\]]?[,;]?(?: ?[=-] ?|[ _]?\n|[ _])?(?:[pA][ \n]){0,3}[(\[]?")
_GAP_AFTER_DATE = re.compile(
    r"[)\]]?(?:[,;]?(?: ?[=-] ?|[ _]?\n|[ _])?(?:[pA][ \n]|h[.]? ){0,3}[(\[]?|/|T|: ?|[.] (?:p )?)"
)
_NUMBERED = re.compile(r"(?:x[.]? ?'?|#)[ ]?\Z")


def _mention(text: str, pair: _Pair, default_year: int | None) -> DateMention:
    date, time = pair.date, pair.time
    problems = [*(date.problems if date else ()), *(time.problems if time else ())]
    shown = None if time is None else time.text
    zone = None if time is None else time.zone
    wording = text[pair.start : pair.end]
    if date is None:
        return DateMention(pair.start, pair.end, wording, time=shown, zone=zone, problems=tuple(problems))
    if date.year is None and default_year is not None and date.month is not None:
        date.year = default_year
        if date.end:
            date.end = (default_year, *date.end[1:])
    if day_problem(date):
        problems.insert(0, "no-such-day")
    value = None if "no-such-day" in problems else _value(date, pair.qualifier)
    parts = {"year": date.year, "month": date.month, "day": date.day, "weekday": pair.weekday}
    return DateMention(
        pair.start, pair.end, wording, value, shown, zone, **parts, problems=tuple(problems), order=date.order
    )


def _value(date: CalendarDate, qualifier: str) -> str | None:
    if date.year is None or (date.day is not None and date.month is None):
        return None
    value = _edtf(date.year, date.month, date.day) + qualifier
    return value if date.end is None else f"{value}/{_edtf(*date.end)}{qualifier}"


def _edtf(year: int | None, month: int | None, day: int | None) -> str:
    value = f"{year:04}"
    if month is not None:
        value += f"-{month:02}"
    return value if day is None else f"{value}-{day:02}"
