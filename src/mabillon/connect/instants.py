"""Instants: dates and clock times as stretches of universal time, so that two of different clocks can be compared.

A time that leaves something open (the day, the zone) is a stretch from the first to the last instant that it can mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from mabillon.authority.clocks import clock_offset
from mabillon.clocks import SUMMER, hours_ahead, zone_hours
from mabillon.dates.edtf import bounds

MOST_EAST, MOST_WEST = 14 * 60, -12 * 60
"""Minutes by which any clock on Earth is ahead of Greenwich at most, and at least."""

ANYWHERE = (MOST_WEST, MOST_EAST)
GREENWICH = (0, 0)

Clock = tuple[int, int]
"""Minutes by which a clock is ahead of Greenwich, at least and at most."""

_ZONE = re.compile(r"(?<=\d)(Z|[+-]\d\d:?\d\d)$")


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """The first and the last instant that a time can mean, in minutes of universal time since the year 1."""

    low: int
    high: int


def minutes_of(moment: datetime) -> int:
    return moment.toordinal() * 1440 + moment.hour * 60 + moment.minute


def moment_of(minutes: int) -> datetime:
    """Return minutes since the year 1 as a date and a time; the ends of the calendar for what lies beyond it."""
    day, minute = divmod(minutes, 1440)
    if day < 1:
        return datetime.min
    if day > datetime.max.toordinal():
        return datetime(9999, 12, 31, 23, 59)
    return datetime.fromordinal(day) + timedelta(minutes=minute)


def clock_of_zone(zone: str | None) -> Clock | None:
    """Return the clock that a stated zone names: `Z`, `+09:00`, `Moscow`."""
    hours = zone_hours(zone)
    return None if hours is None else _minutes(hours, hours)


def clock_of_place(place: str, date: str) -> Clock | None:
    """Return the clock of a place on a day (EDTF): exact where the tz database knows it, else its standard time with
    the margin for summer time; None for a place that no table knows."""
    try:
        exact = clock_offset(place, date)
    except ValueError:
        exact = None
    if exact is not None:
        return _minutes(exact.total_seconds() / 3600, exact.total_seconds() / 3600)
    return usual_clock(hours_ahead(place))


def usual_clock(hours: float | None) -> Clock | None:
    """Return the clock that is `hours` ahead of Greenwich by standard time and may be ahead of that in summer."""
    return None if hours is None else _minutes(hours, hours + SUMMER)


def either(*clocks: Clock | None) -> Clock | None:
    """Return the clock of which is known only that it is one of `clocks`; those that are unknown are passed over."""
    known = [clock for clock in clocks if clock is not None]
    return (min(low for low, _ in known), max(high for _, high in known)) if known else None


def stretch_of(edtf: str | None, clock: Clock | None) -> Stretch | None:
    """Return the instants that a date or time can mean, read from `clock` (any on Earth where it is None).

    None for what is no date, no day of the calendar, or open at an end: nothing is proved by it.
    """
    if not edtf or ".." in edtf or edtf.startswith("/") or edtf.endswith("/"):
        return None
    zone = _ZONE.search(edtf) if "T" in edtf else None
    try:
        first, last = bounds(edtf)
    except ValueError:
        return None
    least, most = (clock_of_zone(zone[0]) if zone else None) or clock or ANYWHERE
    return Stretch(minutes_of(first) - most, minutes_of(last) - least)


def asked_instant(at: str, clock: Clock = GREENWICH) -> int:
    """Return the instant up to which is asked: a day, a month or a year means its end. Raises ValueError if it is no
    date or has no end."""
    found = stretch_of(at, clock)
    if found is None:
        bounds(at)
        raise ValueError(f"a moment is asked for, and this has no end: {at!r}")
    return found.high


def _minutes(low: float, high: float) -> Clock:
    return round(low * 60), round(high * 60)
