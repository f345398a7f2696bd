"""How much there is of each year, month or day."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.archive import tallies
from mabillon.web.api.answers import Refusal
from mabillon.web.api.desk import Desk
from mabillon.web.api.shapes import Calendar

Year = Annotated[int, Meta(ge=1, le=9999, description="Count the months of this year; without it, years.")]
Month = Annotated[int, Meta(ge=1, le=12, description="Count the days of this month of the year.")]
_YEAR, _MONTH = 10000, 100
FIRST, LAST = 10101, 99991231


class AskCalendar(msgspec.Struct, forbid_unknown_fields=True):
    year: Year | None = None
    month: Month | None = None


def count_days(desk: Desk, asked: AskCalendar) -> Calendar:
    if asked.year is None:
        if asked.month is not None:
            raise Refusal(422, "month needs a year", "month")
        return Calendar("", _count(desk, FIRST, LAST, _YEAR))
    if asked.month is None:
        first = asked.year * _YEAR
        return Calendar(f"{asked.year:04}", _count(desk, first + 101, first + 1231, _MONTH))
    first = asked.year * _YEAR + asked.month * _MONTH
    days = monthrange(asked.year, asked.month)[1]
    return Calendar(f"{asked.year:04}-{asked.month:02}", _count(desk, first + 1, first + days, 1))


def _count(desk: Desk, first: int, last: int, unit: int) -> dict[str, int]:
    """Return date → records, in steps of a year, a month or a day, those without a record left out."""
    counts: Counter[int] = Counter()
    for begin, end, records in tallies.days(desk.archive, first, last, desk.reader):
        for step in range(max(begin, first) // unit, min(end, last) // unit + 1):
            counts[step] += records
    return {_date(step, unit): count for step, count in sorted(counts.items()) if count}


def _date(step: int, unit: int) -> str:
    digits = f"{step:0{ {_YEAR: 4, _MONTH: 6, 1: 8}[unit] }}"
    return "-".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part)
