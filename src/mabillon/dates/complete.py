"""Fill in what a date leaves to be understood from the dates around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Day
from datetime import timedelta

from mabillon.dates.calendar import is_valid_day
from mabillon.dates.edtf import bounds
from mabillon.dates.find import find_dates
from mabillon.dates.mention import DateMention
from mabillon.dates.words import load_words


def complete(
    mention: DateMention, *, year: int | None = None, month: int | None = None, near: str | None = None
) -> DateMention:
    """Return `mention` with its value, filled in from `year`, `month` or a neighbouring date `near` (EDTF).

    What the mention states stays. A day and month get the year that brings them nearest to `near`; a day alone
    (a date-time group, `8th instant`) the nearest month, `ultimo` the month before and `proximo` the month after;
    the day of the year of a routing line its day. Unchanged where there is nothing to fill, or no day to be made of
    it. Raises ValueError if `near` is not EDTF.
    """
    if mention.value is not None or "no-such-day" in mention.problems:
        return mention
    anchor = _middle(near) if near else None
    if mention.month is not None:
        return _with_year(mention, _years(mention, year, anchor), anchor)
    if mention.day is not None:
        return _with_month(mention, _months(mention, year, month, anchor), anchor)
    if mention.order == "dtg":
        return _with_day_of_year(mention, _years(mention, year, anchor), anchor)
    return mention


def _middle(near: str) -> Day:
    first, last = bounds(near)
    return (first + (last - first) / 2).date()


def _years(mention: DateMention, year: int | None, anchor: Day | None) -> list[int]:
    known = mention.year or year
    if known is not None:
        return [known]
    return [] if anchor is None else [anchor.year + by for by in (0, -1, 1) if 1 <= anchor.year + by <= 9999]


def _with_year(mention: DateMention, years: list[int], anchor: Day | None) -> DateMention:
    month = mention.month or 0
    fitting = [year for year in years if mention.day is None or is_valid_day(year, month, mention.day)]
    if not fitting:
        return mention
    year = min(fitting, key=lambda year: _distance(Day(year, month, mention.day or 15), anchor))
    again = find_dates(mention.text, default_year=year)
    if len(again) == 1 and again[0].month == month and again[0].value:  # keeps the end of an interval
        return replace(mention, value=again[0].value, year=again[0].year)
    return _filled(mention, year, month)


def _months(mention: DateMention, year: int | None, month: int | None, anchor: Day | None) -> list[tuple[int, int]]:
    shift = _shift(mention.text)
    known = mention.year or year
    if anchor is None:
        return [] if known is None or month is None else [_move(known, month, shift or 0)]
    if month is not None:
        return [(y, month) for y in _years(mention, year, anchor)]
    return [_move(anchor.year, anchor.month, by) for by in ((0, -1, 1) if shift is None else (shift,))]


def _with_month(mention: DateMention, months: list[tuple[int, int]], anchor: Day | None) -> DateMention:
    day = mention.day or 0
    days = [Day(year, month, day) for year, month in months if 1 <= year <= 9999 and is_valid_day(year, month, day)]
    if not days:
        return mention
    best = min(days, key=lambda each: _distance(each, anchor))
    return _filled(mention, best.year, best.month)


def _with_day_of_year(mention: DateMention, years: list[int], anchor: Day | None) -> DateMention:
    ordinal = int(mention.text[:3])
    days = [Day(year, 1, 1) + timedelta(days=ordinal - 1) for year in years]
    fitting = [day for day, year in zip(days, years, strict=True) if day.year == year]
    if not fitting:
        return mention
    best = min(fitting, key=lambda day: _distance(day, anchor))
    return _filled(replace(mention, day=best.day), best.year, best.month)


def _shift(wording: str) -> int | None:
    """Return the months that `instant`, `ultimo`, `proximo` in `wording` shift by, None if none is there."""
    words = load_words().words
    for piece in wording.lower().replace(".", " ").split():
        code, by = words.get(piece, ("", 0))
        if code == "I":
            return by
    return None


def _move(year: int, month: int, by: int) -> tuple[int, int]:
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1


def _distance(day: Day, anchor: Day | None) -> timedelta:
    return timedelta(0) if anchor is None else abs(day - anchor)


def _filled(mention: DateMention, year: int, month: int) -> DateMention:
    value = f"{year:04}-{month:02}" + (f"-{mention.day:02}" if mention.day else "")
    return replace(mention, value=value, year=year, month=month)
