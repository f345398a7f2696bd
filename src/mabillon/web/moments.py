"""Dates and times for the eye, and the intervals between them. Nothing is converted between zones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from mabillon.web.language import Language

_MOMENT = re.compile(
    r"(?P<year>\d{4}|\d{2}XX|\d{3}X|XXXX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?:T(?P<clock>\d{2}:\d{2})(?::\d{2})?)?(?P<qualifier>[~?%])?$"
)

_PLAIN = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}\Z")


def machine_date(edtf: str | None) -> str:
    """Return a year, month or day as the `datetime` of HTML has it, "" for whatever is no such date."""
    if not edtf or not _PLAIN.match(edtf):
        return ""
    try:
        datetime.fromisoformat((edtf + "-01-01")[:10])
    except ValueError:
        return ""
    return edtf


def show_moment(edtf: str, language: Language) -> str:
    """Return an EDTF date, or a time to the minute, as people of this language write it; else `edtf` as it is."""
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        ends = [show_moment(end, language) if end not in ("", "..") else "…" for end in (first, last)]
        return " – ".join(ends)
    found = _MOMENT.match(edtf)
    if not found:
        return edtf
    day = _day(found["year"], found["month"], found["day"], language)
    if day is None:
        return edtf
    shown = f"{day}, {found['clock']}" if found["clock"] else day
    qualifier = {"~": "about", "?": "uncertain", "%": "about-uncertain"}.get(found["qualifier"] or "")
    return language(f"date.{qualifier}", date=shown) if qualifier else shown


def _day(year: str, month: str | None, day: str | None, language: Language) -> str | None:
    if month is None or month == "XX":
        return language("date.none") if year == "XXXX" else year
    if not 1 <= int(month) <= 12:
        return None
    name = language("date.months").split()[int(month) - 1]
    if year == "XXXX":
        year = language("date.no-year")
    if day is None or day == "XX":
        return f"{name} {year}"
    return language("date.day", day=str(int(day)), month=name, year=year)


@dataclass(frozen=True, slots=True)
class Instant:
    """A stated time as far as intervals need it. `clock` is False where only the day is known."""

    at: datetime
    clock: bool
    offset: timedelta | None


def instant_of(edtf: str | None, offset: timedelta | None = None) -> Instant | None:
    """Return the instant of an EDTF day or minute, None where it is less precise or no such time exists.

    offset: how far its stated zone is ahead of Greenwich, None where no zone is stated.
    """
    form = {10: "%Y-%m-%d", 16: "%Y-%m-%dT%H:%M"}.get(len(edtf or ""))
    if not edtf or not form:
        return None
    try:
        return Instant(datetime.strptime(edtf, form), "T" in edtf, offset)
    except ValueError:
        return None


def interval(before: Instant, after: Instant) -> timedelta:
    """Return the time from `before` to `after`: by their zones where both state an offset, else by the clock as it
    stands. Whole days where either has no clock time."""
    if not (before.clock and after.clock):
        return timedelta(days=(after.at.date() - before.at.date()).days)
    gap = after.at - before.at
    if before.offset is not None and after.offset is not None:
        gap -= after.offset - before.offset
    return gap


def show_interval(gap: timedelta, days_only: bool, language: Language) -> str:
    """Return an interval in its two largest units: `2 h 57 min`, `3 days`, `10 years`; with a minus where backwards."""
    sign = "−" if gap < timedelta(0) else ""
    size = abs(gap)
    if size >= timedelta(days=366):
        return sign + language("interval.years", count=round(size.days / 365.25))
    if days_only or size >= timedelta(days=3):
        return language("interval.same-day") if not size else sign + language("interval.days", count=size.days)
    hours, minutes = divmod(int(size.total_seconds()) // 60, 60)
    parts = [language("interval.hours", count=hours)] if hours else []
    parts += [language("interval.minutes", count=minutes)] if minutes or not hours else []
    return sign + " ".join(parts)
