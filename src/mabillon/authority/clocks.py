"""What the clocks of a place showed: offsets by place and day, with the rules of the time.

The rules are the tz database's. For places that it lumps together before 1970, and for wartime occupations that it
leaves out, `clocks` in vocabulary/places.yaml overrules it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mabillon.authority.index import plain
from mabillon.authority.records import Authority, known_places
from mabillon.dates.edtf import bounds, overlaps


@cache
def _places() -> dict[str, Authority]:
    found: dict[str, Authority] = {}
    for place in known_places():
        for form in place.forms:
            found.setdefault(plain(form.text), place)
    return found


@lru_cache(maxsize=500)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _offsets(place: str, date: str) -> tuple[timedelta, timedelta] | None:
    """Return offset as the clock showed it and the part of it that is summer time."""
    known = _places().get(plain(place))
    if known is None or known.zone is None:
        return None
    noon = bounds(date)[0].replace(hour=12, minute=0)
    for start, end, minutes in known.clocks:
        if overlaps(f"{start}/{end}", date):
            return timedelta(minutes=minutes), timedelta(0)
    zone = _zone(known.zone)
    if zone is None:
        return None
    moment = datetime(noon.year, noon.month, noon.day, 12, tzinfo=zone)
    shown = moment.utcoffset()
    return (shown, moment.dst() or timedelta(0)) if shown is not None else None


def standard_offset(place: str, date: str) -> timedelta | None:
    """Return by how much the standard time of `place` was ahead of Greenwich on the first day that `date` (EDTF) can
    mean, without summer time; None for a place that is not known. Raises ValueError for a bad date."""
    found = _offsets(place, date)
    return found[0] - found[1] if found else None


def clock_offset(place: str, date: str) -> timedelta | None:
    """Return by how much the clocks of `place` were ahead of Greenwich on that day, summer time included."""
    found = _offsets(place, date)
    return found[0] if found else None
