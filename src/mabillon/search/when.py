"""Dates as people type them into a search."""

from __future__ import annotations

from datetime import date, timedelta

from mabillon.dates import find_dates
from mabillon.dates.edtf import day_number
from mabillon.search.query import Dated

OPEN_FIRST, OPEN_LAST = 10101, 99991231
_LONGEST = 80
"""Letters of a date in words that are read."""


def read_when(text: str) -> Dated | None:
    """Return the days that `text` means: an EDTF date, `first..last` open at either end, `>1950`, `<=1950-09`, or a
    date in words; None if it is no date."""
    text = text.strip().strip("\"'")
    if ".." in text:
        first, _, last = text.partition("..")
        return _range(_days(first), _days(last), not first.strip("."), not last.strip("."))
    if text[:1] in "<>" and text:
        return _compared(text)
    days = _days(text)
    return None if days is None else _dated(*days)


def _range(
    first: tuple[int, int] | None, last: tuple[int, int] | None, open_first: bool, open_last: bool
) -> Dated | None:
    if (first is None and not open_first) or (last is None and not open_last) or (open_first and open_last):
        return None
    low, high = first[0] if first else OPEN_FIRST, last[1] if last else OPEN_LAST
    if low > high and first and last:
        low, high = last[0], first[1]
    return _dated(low, high)


def _compared(text: str) -> Dated | None:
    days = _days(text.lstrip("<>="))
    if days is None:
        return None
    inclusive = text[1:2] == "="
    if text[0] == ">":
        return _dated(days[0] if inclusive else _moved(days[1], 1), OPEN_LAST)
    return _dated(OPEN_FIRST, days[1] if inclusive else _moved(days[0], -1))


def _moved(day: int, by: int) -> int:
    """Return the day before or after; the first and last of all stay."""
    try:
        moved = date(day // 10000, day // 100 % 100, day % 100) + timedelta(days=by)
    except OverflowError:
        return day
    return moved.year * 10000 + moved.month * 100 + moved.day


def _days(text: str) -> tuple[int, int] | None:
    text = text.strip()
    if not text:
        return None
    try:
        return day_number(text)
    except ValueError:
        pass
    found = [mention.value for mention in find_dates(text[:_LONGEST]) if mention.value]
    return day_number(found[0]) if len(found) == 1 else None


def _dated(first: int, last: int) -> Dated:
    return Dated(first, last, _said(first, last))


def _said(first: int, last: int) -> str:
    """Say the days in the query language: whole years and months as such."""
    for unit in (10000, 100, 1):
        if first // unit == last // unit and (unit == 1 or (first, last) == _bounds(first // unit, unit)):
            return _iso(first, unit)
    return f"{'' if first <= OPEN_FIRST else _iso(first, 1)}..{'' if last >= OPEN_LAST else _iso(last, 1)}"


def _bounds(number: int, unit: int) -> tuple[int, int]:
    return day_number(_iso(number * unit, unit))


def _iso(day: int, unit: int) -> str:
    year, month, of_month = f"{day // 10000:04}", f"-{day // 100 % 100:02}", f"-{day % 100:02}"
    return year + (month if unit <= 100 else "") + (of_month if unit == 1 else "")
