"""EDTF dates (Extended Date/Time Format, ISO 8601-2:2019, levels 0 and 1) and clock times to the minute.

Read: `1950`, `1950-09`, `1950-09-30`, unspecified digits (`195X`, `1950-XX`, `1950-09-XX`, `1950-XX-XX`), the
qualifiers `?`, `~` and `%`, seasons (`1950-21`), years beyond four digits (`Y12345` is refused: no document is so
old), intervals with `..` or nothing for an open or unknown end, and `1950-09-30T20:35`, with seconds and zone if
stated. Bounds are local as stated: a zone is never applied.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, timedelta
from functools import lru_cache

from mabillon.dates.calendar import is_valid_day

_MINUTE = timedelta(minutes=1)
FIRST = datetime.min
LAST = datetime(9999, 12, 31, 23, 59)
_DATE = re.compile(r"(?P<y>[\dX]{4})(?:-(?P<m>[\dX]{2})(?:-(?P<d>[\dX]{2}))?)?[?~%]?")
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(?:Z|[+-]\d\d(?::?\d\d)?)?[?~%]?")
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


@lru_cache(maxsize=20_000)
def bounds(edtf: str) -> tuple[datetime, datetime]:
    """Return the first and the last minute that `edtf` can mean, both inclusive.

    An open or unknown end reaches to FIRST or LAST. Raises ValueError, naming the value, if it is not EDTF of
    level 0 or 1, or names a day or a time that does not exist.
    """
    if "/" not in edtf:
        return _single(edtf)
    first, slash, last = edtf.partition("/")
    if "/" in last or not (first.strip(".") or last.strip(".")):
        raise ValueError(f"not an EDTF interval: {edtf!r}")
    low = FIRST if first in ("", "..") else _single(first)[0]
    high = LAST if last in ("", "..") else _single(last)[1]
    if low > high:
        raise ValueError(f"an interval that ends before it starts: {edtf!r}")
    return low, high


def is_edtf(edtf: str) -> bool:
    """Say whether `bounds` can read it."""
    try:
        bounds(edtf)
    except ValueError:
        return False
    return True


def overlaps(a: str, b: str) -> bool:
    """Say whether two dates can mean the same minute. Raises ValueError as `bounds`."""
    first, last = bounds(a)
    first2, last2 = bounds(b)
    return first <= last2 and first2 <= last


def is_before(a: str, b: str) -> bool:
    """Say whether `a` is over before `b` begins, whatever day they mean."""
    return bounds(a)[1] < bounds(b)[0]


def earliest(*dates: str) -> str:
    """Return the date whose first minute is the earliest; of equals the more precise, then the first given."""
    return min(dates, key=lambda date: (bounds(date)[0], bounds(date)[1]))


def latest(*dates: str) -> str:
    """Return the date whose last minute is the latest; of equals the more precise, then the first given."""
    return max(dates, key=lambda date: (bounds(date)[1], bounds(date)[0]))


def day_of(edtf: str) -> str | None:
    """Return the day, `YYYY-MM-DD`, of a date or a clock time; None if it is less precise or an interval."""
    first, last = bounds(edtf)
    return first.date().isoformat() if first.date() == last.date() else None


def day_number(edtf: str) -> tuple[int, int]:
    """Return the first and last day as integers `yyyymmdd`, as an index keeps them."""
    first, last = bounds(edtf)
    return first.year * 10000 + first.month * 100 + first.day, last.year * 10000 + last.month * 100 + last.day


def _single(edtf: str) -> tuple[datetime, datetime]:
    if match := _TIME.fullmatch(edtf):
        return _minute(edtf, *(int(part or 0) for part in match.groups()))
    match = _DATE.fullmatch(edtf)
    if match is None:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    low_year, high_year = _range(edtf, match["y"], 0, 9999)
    low_month, high_month = _range(edtf, match["m"], 1, 12)
    if match["m"] and match["m"].isdigit() and 21 <= int(match["m"]) <= 24 and match["d"] is None:
        return _season(low_year, high_year, int(match["m"]))
    if not 1 <= low_month <= high_month <= 12:
        raise ValueError(f"no such month: {edtf!r}")
    return _days(edtf, max(low_year, 1), max(high_year, 1), low_month, high_month, match["d"])


def _days(
    edtf: str, low_year: int, high_year: int, low_month: int, high_month: int, day: str | None
) -> tuple[datetime, datetime]:
    low_day, high_day = _range(edtf, day, 1, 31)
    if day is not None and day.isdigit():
        if low_month == high_month and not is_valid_day(
            None if low_year != high_year else low_year, low_month, low_day
        ):
            raise ValueError(f"no such day: {edtf!r}")
        if not 1 <= low_day <= 31:
            raise ValueError(f"no such day: {edtf!r}")
    low = datetime(low_year, low_month, min(low_day, monthrange(low_year, low_month)[1]))
    high = datetime(high_year, high_month, min(high_day, monthrange(high_year, high_month)[1]), 23, 59)
    return low, high


def _range(edtf: str, digits: str | None, least: int, most: int) -> tuple[int, int]:
    """Return the least and greatest number that `digits` can be, X standing for any digit."""
    if digits is None:
        return least, most
    if "X" not in digits:
        return int(digits), int(digits)
    if re.search(r"X\d", digits):
        raise ValueError(f"an unspecified digit before a specified one: {edtf!r}")
    return max(least, int(digits.replace("X", "0"))), min(most, int(digits.replace("X", "9")))


def _season(low_year: int, high_year: int, season: int) -> tuple[datetime, datetime]:
    """Northern seasons by meteorological months; winter is December of its year with the two months after."""
    first, last = _SEASON_MONTHS[season]
    end = datetime(high_year, last, monthrange(high_year, last)[1], 23, 59)
    if season == 24:
        end = datetime(high_year + 1, 2, monthrange(high_year + 1, 2)[1], 23, 59)
    return datetime(max(low_year, 1), first, 1), end


def _minute(
    edtf: str, year: int, month: int, day: int, hour: int, minute: int, second: int
) -> tuple[datetime, datetime]:
    midnight = hour == 24 and minute == second == 0
    try:
        found = datetime(year, month, day, 0 if midnight else hour, minute, second).replace(second=0)
    except ValueError as error:
        raise ValueError(f"no such day or time: {edtf!r}") from error
    found += timedelta(days=1) if midnight else timedelta(0)
    return found, found
