"""How one record may name another: the days that it lies in."""

from __future__ import annotations

import datetime as dt

from mabillon.connect.traits import Days

LATER = 120
"""Days after a document in which others are looked for that name it by its day alone."""


def days_as_numbers(days: Days, before: int, after: int) -> tuple[int, int]:
    """Return the days from `before` days ahead of the first to `after` days behind the last, as yyyymmdd."""
    ends = (max(1, days[0] - before), min(dt.date.max.toordinal(), days[1] + after))
    first, last = (int(dt.date.fromordinal(day).strftime("%Y%m%d")) for day in ends)
    return first, last
