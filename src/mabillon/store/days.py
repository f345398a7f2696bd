"""EDTF dates as a pair of whole numbers, yyyymmdd, that a database can compare."""

from __future__ import annotations

import re

_DATE = re.compile(r"(\d{4}|\d{2}XX|\d{3}X)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")


def days_of(edtf: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day (yyyymmdd) that an EDTF date can mean, None where that side is open or unread.

    `1950-09` → (19500901, 19500931): days stand for order, not for a calendar, so every month may end on the 31st.
    """
    if not edtf:
        return None, None
    first, _, last = edtf.partition("/")
    start, stop = _bounds(first), _bounds(last or first)
    return start[0], stop[1]


def _bounds(text: str) -> tuple[int | None, int | None]:
    found = _DATE.match(text.lstrip("[{").strip())
    if not found:
        return None, None
    year, month, day = found[1], found[2], found[3]
    low = int(year.replace("X", "0")) * 10000
    high = int(year.replace("X", "9")) * 10000
    if month is None or month == "XX":
        return low + 101, high + 1231
    if day is None or day == "XX":
        return low + int(month) * 100 + 1, high + int(month) * 100 + 31
    return low + int(month) * 100 + int(day), high + int(month) * 100 + int(day)
