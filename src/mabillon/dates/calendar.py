"""Arithmetic of the calendar that the readers share."""

from __future__ import annotations

from calendar import monthrange


def is_valid_day(year: int | None, month: int, day: int) -> bool:
    """Say whether the month has such a day. Without a year, 29 February is a day."""
    if not 1 <= month <= 12:
        return False
    return 1 <= day <= monthrange(2000 if year is None else year, month)[1]


def full_year(two_digits: int, near: int | None) -> int:
    """Return the year that two digits mean: of the 1900s, or the one nearest to `near` where that is given.

    The archive is one of the telegraph's second century; a reader of earlier papers passes the year of the file.
    """
    if near is None:
        return 1900 + two_digits
    return min((near // 100 * 100 + century + two_digits for century in (-100, 0, 100)), key=lambda y: abs(y - near))


def is_calendar_gap(year: int, days: int) -> bool:
    """Say whether `days` is what the Julian calendar lagged behind the Gregorian in `year`."""
    lag = year // 100 - year // 400 - 2
    return days == lag or (year % 100 == 0 and days == lag - 1)


def day_distance(month: int, day: int, month2: int, day2: int, year: int) -> int:
    """Return the days from one day to another of the same year, or the turn of it; 0 where one does not exist."""
    if not is_valid_day(year, month, day) or not is_valid_day(year, month2, day2):
        return 0
    if month == month2:
        return day2 - day
    if (month % 12) + 1 == month2:
        return monthrange(year, month)[1] - day + day2
    return 0
