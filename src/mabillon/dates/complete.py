"""Fill in what a date leaves to be understood from the dates around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Day
from datetime import timedelta

from mabillon.dates.calendar import is_valid_day
from mabillon.dates.edtf import bounds
from mabillon.dates.mention import DateMention
from mabillon.dates.words import load_words


def complete(
    mention: DateMention, *, year: int | None = None, month: int | None = None, near: str | None = None
) -> DateMention:
    """Return `mention` with its value, filled in from `year`, `month` or a neighbouring date `near` (EDTF).

    What the mention states stays. A day and month get the year that brings them nearest to `near`; a day alone
    (a date-time group, `8th instant`) the nearest month, `ultimo` the month before and `proximo` the month after.
    Unchanged where there is nothing to fill, or no day to be made of it.
    """
    if mention.value is not None or "no-such-day" in mention.problems or mention.day is None and mention.month is None:
        return mention
    anchor = bounds(near)[0].date() if near else None
    months = _candidates(mention, year, month, anchor)
    days = [(y, m) for y, m in months if mention.day is None or is_valid_day(y, m, mention.day)]
    if not days:
        return mention
    best = min(days, key=lambda ym: _distance(ym, mention.day, anchor))
    return _filled(mention, *best)


def _candidates(mention: DateMention, year: int | None, month: int | None, anchor: Day | None) -> list[tuple[int, int]]:
    known_year = mention.year or year
    known_month = mention.month or month
    shift = _shift(mention.text) if mention.month is None else None
    if anchor is None:
        if known_year is None or known_month is None:
            return []
        return [_move(known_year, known_month, shift or 0)]
    if known_month is None:
        shifts = (-1, 0, 1) if shift is None else (shift,)
        return [_move(known_year or anchor.year, anchor.month, by) for by in shifts]
    years = [known_year] if known_year else [anchor.year - 1, anchor.year, anchor.year + 1]
    return [(y, known_month) for y in years]


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


def _distance(year_month: tuple[int, int], day: int | None, anchor: Day | None) -> timedelta:
    return timedelta(0) if anchor is None else abs(Day(*year_month, day or 15) - anchor)


def _filled(mention: DateMention, year: int, month: int) -> DateMention:
    value = f"{year:04}-{month:02}" + (f"-{mention.day:02}" if mention.day else "")
    return replace(mention, value=value, year=year, month=month)
