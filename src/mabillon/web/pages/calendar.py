"""A calendar of what was written when: years, months, days, and the hours of a day.

A record counts on each day that its date can mean, as a search counts it: what is dated only `1950-09` stands on all
thirty days of that month, and is set apart on each.
"""

from __future__ import annotations

import calendar as days
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.record import Record
from mabillon.web.holdings import Entry, EntryView, Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import Language, language_of
from mabillon.web.rendering import render
from mabillon.web.years import years_of

MOST = 200
FIRST_YEAR, LAST_YEAR = 1000, 2999


@kept
def years(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    decades: dict[int, list[tuple[int, int]]] = {}
    for year, count in years_of(holdings.search("", "date", 1), holdings).items():
        decades.setdefault(year // 10 * 10, []).append((year, count))
    return render(request, "calendar.html", decades=decades)


@kept
def year(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    number = _in_range(request.path_params["year"], FIRST_YEAR, LAST_YEAR)
    counts = [(month, _count(holdings, f"{number:04}-{month:02}")) for month in range(1, 13)]
    return render(request, "year.html", year=number, months=counts, highest=max(count for _, count in counts) or 1)


@kept
def month(request: Request) -> Response:
    """Show the weeks of a month, Monday first, each day with its count; 0 for days of other months."""
    holdings: Holdings = request.app.state.holdings
    year = _in_range(request.path_params["year"], FIRST_YEAR, LAST_YEAR)
    number = _in_range(request.path_params["month"], 1, 12)
    weeks = [
        [(day, _count(holdings, f"{year:04}-{number:02}-{day:02}") if day else 0) for day in week]
        for week in days.monthcalendar(year, number)
    ]
    return render(
        request, "month.html", year=year, month=number, weeks=weeks,
        before=_month_beside(year, number, -1), after=_month_beside(year, number, 1),
    )  # fmt: skip


@kept
def day(request: Request) -> Response:
    """Show what is dated this day, hour by hour where a time of sending is stated, and what may be of this day."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    date = _date(request)
    found = holdings.search(f"date:{date.isoformat()}", "date", MOST, facets=False)
    exact = [entry for entry in found.entries if (entry.date or "").startswith(date.isoformat())]
    vague = [entry for entry in found.entries if entry not in exact]
    return render(
        request, "day.html", date=date, total=found.total, hours=_hours(exact, date, holdings, language),
        vague=[entry_view(replace(entry, snippet=Markup("")), language) for entry in vague],
        before=(date - dt.timedelta(days=1)), after=(date + dt.timedelta(days=1)),
    )  # fmt: skip


def _hours(
    entries: Sequence[Entry], date: dt.date, holdings: Holdings, language: Language
) -> list[tuple[str, list[tuple[str, EntryView]]]]:
    """Return (hour, its entries with their times), those without a clock time under ""."""
    hours: dict[str, list[tuple[str, EntryView]]] = {}
    for entry in entries:
        record = holdings.record(entry.id)
        clock = clock_of(record, date.isoformat()) if record else ""
        hours.setdefault(clock[:2], []).append((clock, entry_view(entry, language)))
    return [(hour, sorted(found, key=lambda pair: pair[0])) for hour, found in sorted(hours.items())]


def clock_of(record: Record, day: str) -> str:
    """Return the earliest clock time of a record's chain on `day`, "" where it states none."""
    times = [str(event.time.value) for event in record.events if event.time]
    return min((time[11:16] for time in times if time.startswith(f"{day}T")), default="")


def _count(holdings: Holdings, date: str) -> int:
    return holdings.search(f"date:{date}", "date", 1, facets=False).total


def _date(request: Request) -> dt.date:
    parts = request.path_params
    try:
        date = dt.date(parts["year"], parts["month"], parts["day"])
    except ValueError as error:
        raise HTTPException(404) from error
    _in_range(date.year, FIRST_YEAR, LAST_YEAR)
    return date


def _in_range(number: int, first: int, last: int) -> int:
    if not first <= number <= last:
        raise HTTPException(404)
    return number


def _month_beside(year: int, month: int, step: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + step
    return index // 12, index % 12 + 1
