"""Dates and clock times joined where they stand together."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from mabillon.dates.clock import ClockTime, find_clock_times
from mabillon.dates.patterns import WEEKDAY_AFTER, WEEKDAY_BEFORE
from mabillon.dates.readings import CalendarDate, find_calendar_dates
from mabillon.dates.tokens import Tokens, tokenize
from mabillon.dates.words import Words
from mabillon.dates.zones import find_zone, old_style_end

_CIRCA = re.compile(r"(?<![A-Za-z0-9])c[.]? ?\Z")
_OPENED = {"«": "»", "“": "”", "„": "“", '"': '"', "[": "]"}
_FARTHEST = 120
"""Characters between a date and its clock time: a form may set them a line and an indent apart."""
_FULL_STOP = re.compile(r"[^\W\d_]{4,}\.\Z")
"""The stop behind a word written out ends a sentence; an abbreviation keeps its own (13 h. 20 min.)."""
_NARROW_GAP = re.compile(r",? (?:[pA] ){0,2}|/|_")
_GAP_BEFORE_DATE = re.compile(r"[)\]]?[,;]?(?: ?[=-] ?|[ _]?\n|[ _]|/)?(?:[pA][ \n]){0,3}[(\[]?")
_GAP_AFTER_DATE = re.compile(
    r"[)\]]?(?:[,;]?(?: ?[=-] ?|[ _]?\n|[ _])?(?:[pA][ \n]|h[.]? ){0,3}[(\[]?|/|T|: ?|[.] (?:p )?)"
)
_NUMBERED = re.compile(r"(?:(x)[.]?|~|#) ?\Z")


@dataclass(slots=True)
class Pair:
    """A date, a clock time, or both joined, with the stretch of text they cover."""

    date: CalendarDate | None
    time: ClockTime | None
    start: int
    end: int
    weekday: int | None = None
    qualifier: str = ""


class Window:
    """A stretch of text with the dates and clock times in it."""

    def __init__(self, text: str, low: int, high: int, words: Words, near: int | None) -> None:
        self.text = text
        self.words = words
        self.tokens: Tokens = tokenize(text, low, high, words)
        self.dates = list(find_calendar_dates(self.tokens, near))
        self.times = find_clock_times(self.tokens, ((date.first, date.last) for date in self.dates))

    def pairs(self) -> list[Pair]:
        """Return dates and clock times, joined where they stand together, in text order."""
        ends = [self._zone_end(time) for time in self.times]
        free = [True] * len(self.times)
        pairs = [self._date_alone(date) for date in self.dates]
        at = 0
        for pair in pairs:
            while at < len(ends) and ends[at] <= pair.start:
                at += 1
            if pair.time is None and pair.date is not None and pair.date.day is not None:
                self._join(pair, at, ends, free)
        for index, time in enumerate(self.times):
            if free[index] and self._stands_alone(time):
                pairs.append(Pair(None, time, self.tokens.starts[time.first], ends[index]))
        for pair in pairs:
            pair.end -= _FULL_STOP.search(self.text, max(pair.start, pair.end - 6), pair.end) is not None
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

    def _date_alone(self, date: CalendarDate) -> Pair:
        """Return `date` with what qualifies it: a weekday, circa before it, `?]` behind it, a quoted day."""
        tokens = self.tokens
        first, last = date.first, date.last
        if date.kind == "group" and date.time and date.time.zone is None:
            date.time.zone = self.text[tokens.ends[first] - 1]
        pair = Pair(date, date.time, tokens.starts[first], tokens.ends[last - 1])
        if before := WEEKDAY_BEFORE.search(tokens.codes, max(0, first - 12), first):
            pair.weekday, pair.start = tokens.values[before.start()], tokens.starts[before.start()]
        elif after := WEEKDAY_AFTER.match(tokens.codes, last):
            pair.weekday, pair.end = tokens.values[after.start(1)], tokens.ends[after.end() - 1]
        self._qualify(pair)
        closing = _OPENED.get(self.text[max(pair.start - 1, 0) : pair.start])
        if closing and closing in self.text[pair.start : pair.end]:
            pair.start -= 1
        return pair

    def _qualify(self, pair: Pair) -> None:
        assert pair.date is not None
        if circa := _CIRCA.search(self.tokens.codes, max(0, pair.date.first - 4), pair.date.first):
            pair.qualifier, pair.start = "~", self.tokens.starts[circa.start()]
        elif self.text[pair.end : pair.end + 2] in ("?]", "?)"):
            pair.qualifier, pair.end = "?", pair.end + 1
        if end := old_style_end(self.text, pair.end, self.words):
            pair.date.problems.append("calendar")
            pair.end = end

    def _join(self, pair: Pair, at: int, ends: list[int], free: list[bool]) -> None:
        """Join the clock time before `pair` to it, or the one behind it: number `at` is the first behind."""
        if at and free[at - 1] and self._precedes(self.times[at - 1], ends[at - 1], pair):
            at -= 1
            pair.start = self.tokens.starts[self.times[at].first]
            self._add_zone(pair, self.times[at])
        elif at < len(ends) and self._follows(self.times[at], pair):
            pair.end = ends[at]
        else:
            return
        pair.time = self.times[at]
        free[at] = False

    def _add_zone(self, pair: Pair, time: ClockTime) -> None:
        zone = None if time.zone else find_zone(self.text, pair.end, self.tokens.ends[-1], self.words)
        if zone:
            time.zone, pair.end = zone

    def _codes_between(self, low: int, high: int) -> str:
        starts = self.tokens.starts
        return self.tokens.codes[bisect_left(starts, low) : bisect_left(starts, high)]

    def _precedes(self, time: ClockTime, end: int, pair: Pair) -> bool:
        if pair.start - end > _FARTHEST:
            return False
        gap = self._codes_between(end, pair.start)
        if time.kind == "digits":
            like_year = gap.startswith(",") and self.tokens.codes[time.first] == "4" and not self._after_at(time)
            return bool(_NARROW_GAP.fullmatch(gap)) and not like_year and not self._is_numbered(time)
        if time.kind.startswith("stamp"):
            return gap in (" ", "_")
        if time.weak and time.kind == "hours" and "p" in gap and not self._after_at(time):
            return False  # for six hours on 9 March
        if time.kind == "hours" and gap.startswith("."):
            gap = gap[1:]
        return bool(_GAP_BEFORE_DATE.fullmatch(gap))

    def _is_numbered(self, time: ClockTime) -> bool:
        """Say whether `No.`, `tel.` or `№` before the digits make a number of them."""
        before = _NUMBERED.search(self.tokens.codes, max(0, time.first - 4), time.first)
        return before is not None and (before.start(1) < 0 or self.tokens.values[before.start(1)] == 1)

    def _follows(self, time: ClockTime, pair: Pair) -> bool:
        if not 0 <= self.tokens.starts[time.first] - pair.end <= _FARTHEST:
            return False
        gap = self._codes_between(pair.end, self.tokens.starts[time.first])
        if time.kind == "digits":
            following = self.tokens.codes[time.last : time.last + 1]
            return bool(_NARROW_GAP.fullmatch(gap)) and following in ("", ".", ",", ";", ")", "]", "\n", "#", "_")
        if time.kind == "stamp_z":
            return gap in (" ", "_") and pair.date is not None and pair.date.kind == "ymd"
        if time.kind == "stamp_a":
            return gap in (" ", "_")
        return bool(_GAP_AFTER_DATE.fullmatch(gap))
