"""Dates read from their notations, each on its own, before clock times are joined to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mabillon.dates.calendar import day_distance, is_calendar_gap, is_valid_day
from mabillon.dates.clock import ClockTime, time_within
from mabillon.dates.groups import Groups
from mabillon.dates.patterns import DATE_NOTATIONS
from mabillon.dates.tokens import Tokens
from mabillon.dates.words import LAST_DAY

_LAST_OLD_STYLE_YEAR = 1923
_FIRST_LEADING_YEAR = 1600
"""A smaller number before a month is a message number: `Embtel 1218, May 6`."""
_DATE_STARTS = re.compile(r"(?<![0-9A-Za-z])[1247MqlEGgDIRr]")
"""Codes that a notation can start with: only there is it tried."""


@dataclass(slots=True)
class CalendarDate:
    """A date: tokens `[first, last)`; `numbers` holds two numbers whose order is not yet settled."""

    kind: str
    first: int
    last: int
    order: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end: tuple[int | None, int, int | None] | None = None
    numbers: tuple[int, int, str] | None = None
    time: ClockTime | None = None
    problems: list[str] = field(default_factory=list)


def find_calendar_dates(tokens: Tokens, near: int | None) -> Iterator[CalendarDate]:
    """Yield the dates in `tokens` from left to right; `near` settles the century of a two-digit year."""
    position = 0
    for candidate in _DATE_STARTS.finditer(tokens.codes):
        start = candidate.start()
        if start < position or not (match := DATE_NOTATIONS.any.match(tokens.codes, start)):
            continue
        date = _first_reading(tokens, match, near)
        if date is None:
            continue
        if any(at in tokens.worn for at in range(date.first, date.last)):
            date.problems.append("worn")
        yield date
        position = date.last


def _first_reading(tokens: Tokens, found: re.Match[str], near: int | None) -> CalendarDate | None:
    kinds = list(DATE_NOTATIONS.patterns)
    for kind in kinds[kinds.index(found.lastgroup or "") :]:
        match = DATE_NOTATIONS.match(kind, tokens.codes, found.start())
        if match and (date := _read_date(kind, match, tokens, near)):
            return date
    return None


_ORDERS = {
    "dtg": ("group", "slashgroup", "routing"),
    "ymd": ("iso", "ymd", "signs"),
    "mdy": ("mdy", "stamp", "span_m_dd", "span_md_md"),
    "text": ("instant", "month_year", "span_m_m", "year_word"),
}
_ORDER_OF = {kind: order for order, kinds in _ORDERS.items() for kind in kinds}


def _read_date(kind: str, match: re.Match[str], tokens: Tokens, near: int | None) -> CalendarDate | None:
    get = Groups(match, tokens)
    date = CalendarDate(kind, match.start(), match.end(), _ORDER_OF.get(kind, "dmy"))
    date.year = get.year(near, "y", "y1", "y2", "yb", "yy")
    date.month, date.day = get("m", "m1", "m2"), get("d", "d1")
    if kind == "numbers":
        return _with_numbers(date, get, near)
    if kind in ("group", "slashgroup", "routing"):
        return _with_group(date, get)
    if kind.startswith("span"):
        return _with_end(date, get, near)
    if kind == "signs" and get("E") is not None:
        date.year = (get("E") or 0) + (get("y1") or 0)
    if kind == "worded" and not _read_worded(date, get):
        return None
    if kind == "stamp":
        date.time = time_within(tokens, *match.span("k"))
    if kind == "dmy" and get.code("m") == "q" and date.year is None:
        return None
    return date if _is_plausible(date, get) else None


_LAST_ROMAN_DAY = 1800
"""Until about this year days were also numbered in Roman; later a numeral before a month is that of a volume."""


def _read_worded(date: CalendarDate, get: Groups) -> bool:
    """Settle the day of `the last of April 1618`; False where what stands before the month is no day of it."""
    code, year, month = get.code("d"), date.year or 0, date.month or 0
    if code == "I" and date.day != -1:
        return False
    if code in ("I", "D") and date.day in (-1, LAST_DAY):
        date.day = next(day for day in (31, 30, 29, 28) if is_valid_day(year, month, day))
    return code in ("I", "D") or year < _LAST_ROMAN_DAY


def _is_plausible(date: CalendarDate, get: Groups) -> bool:
    """Numbers that no one would write as a date (45 September, 1950-31-31) are none; 31 September is one."""
    if date.day is not None and not 1 <= date.day <= 31:
        return False
    if date.month is not None and not 1 <= date.month <= 12:
        return False
    if date.kind == "ymd" and (date.year or 0) < _FIRST_LEADING_YEAR:
        return False
    if date.kind == "month_year" and get.code("y") == "2" and (get("y") or 0) < 32:
        return False
    if date.kind == "roman" and get.code("y1") == "2" and (get("y1") or 0) < 32:
        return False
    if date.kind == "mdy" and date.year is None and get.match.group()[1] in "-/":
        return False  # OCT-01 is a copy for an office
    if date.kind == "stamp" and not _is_stamp(date, get):
        return False
    return "yy" not in get.names or get("yy") is None or date.kind != "mdy" or _is_two_digit_year(get)


def _is_stamp(date: CalendarDate, get: Groups) -> bool:
    """Say whether a clock time stands between day and year: in JAN 1 1959 10 copies it is the year itself."""
    if date.time is None:
        return False
    year, code = get("y") or 0, get.code("y")
    return get.code("k") != "4" or (year >= _FIRST_LEADING_YEAR if code == "4" else code == "'" or year > 31)


def _is_two_digit_year(get: Groups) -> bool:
    """After `September 30, ` two digits are a year only from 32 on, or with their apostrophe."""
    at = get.match.start("yy")
    return get.tokens.codes[at] == "'" or get.tokens.values[at] > 31


def _with_numbers(date: CalendarDate, get: Groups, near: int | None) -> CalendarDate | None:
    a, b = get("a") or 0, get("b") or 0
    separator = get.match.group("s")[0]
    short = get.code("y") == "2"
    if b == 0 and 1 <= a <= 12 and not short:  # 8/00/1963: no day is known
        date.month, date.order = a, "text"
        return date
    if not (1 <= a <= 31 and 1 <= b <= 31) or (a > 12 and b > 12):
        return None
    spaced = " " in get.match.group("s")
    if short and separator != "/" and not spaced and (get("y") or 0) < 32 and get.code("a") + get.code("b") != "22":
        return None  # 1.2.10 is a paragraph, 12-3-2 a file
    date.numbers = (a, b, separator)
    return date


def settle_order(date: CalendarDate, order: str, certain: bool) -> None:
    """Give the two numbers of `date` their order, `dmy` or `mdy`, unless only one is possible."""
    assert date.numbers is not None
    a, b, _ = date.numbers
    if (only := only_order(date)) is not None:
        order = only
    elif a != b and not certain:
        date.problems.append("ambiguous-order")
    date.order = order
    date.day, date.month = (a, b) if order == "dmy" else (b, a)


def only_order(date: CalendarDate) -> str | None:
    """Return the one order that the two numbers of `date` can have, None if both are possible."""
    assert date.numbers is not None
    a, b, _ = date.numbers
    return "mdy" if b > 12 else "dmy" if a > 12 else None


def _with_group(date: CalendarDate, get: Groups) -> CalendarDate | None:
    number = get("t", "t1", "j") or 0
    if (misread := get("t2")) is not None:
        number, z = divmod(misread, 10)
        if z not in (2, 7):
            return None
        date.problems.append("worn")
    if date.kind != "slashgroup":
        day, number = divmod(number, 10000)
        date.day = None if date.kind == "routing" else day
        if not 1 <= day <= (366 if date.kind == "routing" else 31):
            return None
    hour, minute = divmod(number, 100)
    if not 1 <= (date.day or 1) <= 31 or hour > 24 or minute > 59:
        return None
    date.time = ClockTime(date.kind, date.first, date.last, hour, minute, zone=None if get.code("t1") == "g" else "Z")
    return date


def _with_end(date: CalendarDate, get: Groups, near: int | None) -> CalendarDate | None:
    """Read an interval, or one day in two calendars, from a pattern that names two days or two months."""
    month, month2 = date.month or 0, get("m2", "m") or 0
    day, day2 = date.day, get("d2")
    if day is not None and day2 is not None:
        if not (1 <= day <= 31 and 1 <= day2 <= 31) or ("m2" not in get.names and day >= day2):
            return None
        if _is_double(day, month, day2, month2, date.year, "/" in get.match.group()):
            date.month, date.day = month2, day2
            date.problems.append("double-date")
            return date
    first, last = (month, day or 0), (month2, day2 or 0)
    year, year2 = _interval_years(get.year(near, "y0"), date.year, turned=last < first)
    date.year, date.end = year, (year2, month2, day2)
    return date if (year or 0, *first) < (year2 or 0, *last) or year is None else None


def _interval_years(first: int | None, last: int | None, turned: bool) -> tuple[int | None, int | None]:
    """Return the years of both ends where one may be unstated; `turned` if the end falls earlier in the year."""
    if first is None and last is not None:
        return last - turned, last
    if last is None and first is not None:
        return first, first + turned
    return first, last


def _is_double(day: int, month: int, day2: int, month2: int, year: int | None, slash: bool) -> bool:
    """Say whether two days are one day in both calendars: as far apart as these were in that year."""
    if (day, month) == (day2, month2):
        return False
    if year is None:
        return slash and day_distance(month, day, month2, day2, 1900) in (11, 12, 13)
    gap = day_distance(month, day, month2, day2, year)
    return year <= _LAST_OLD_STYLE_YEAR and is_calendar_gap(year, gap)


def day_problem(date: CalendarDate) -> bool:
    """Say whether the date names a day that does not exist."""
    if date.month is None or date.day is None:
        return False
    if date.end is not None and date.end[2] is not None and not is_valid_day(date.end[0], date.end[1], date.end[2]):
        return True
    return not is_valid_day(date.year, date.month, date.day)
