"""The front page: what is held, and where to begin."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import ArchiveError
from mabillon.web.holdings import Found, Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import Language, language_of
from mabillon.web.rendering import render
from mabillon.web.years import counted_years, decades_of, ends

log = logging.getLogger(__name__)

SHOWN = 12
MOST_YEARS = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or decade, the records of it (a record that may be of several years counts in each), and their share of
    the highest bar in per cent."""

    first: int
    last: int
    count: int
    percent: int

    @property
    def name(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}s"

    @property
    def words(self) -> str:
        return f"date:{self.first}" if self.first == self.last else f"date:{self.first}..{self.last}"


@kept
def front(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    count = holdings.count()
    found = _first(holdings) if count else Found(0, ())
    bars, span = _time(found, holdings) if found.total else ((), None)
    return render(
        request,
        "front.html",
        name=holdings.name,
        count=count,
        held=_held(count, span, language),
        years=bars,
        findings=found.facets.get("finding", ()),
        entries=[entry_view(entry, language) for entry in found.entries],
    )


def _first(holdings: Holdings) -> Found:
    """Return the first records by date; nothing where there is no index, which the search page explains."""
    try:
        return holdings.search("", "date", SHOWN, None)
    except ArchiveError as error:
        log.error("front page without a list: %s", error)
        return Found(0, ())


def _time(found: Found, holdings: Holdings) -> tuple[list[Bar], tuple[int, int] | None]:
    """Return a bar for each year, or for each decade where there are too many years, and the first and last year."""
    years = counted_years(found)
    if years is None:
        return draw_bars(decades_of(holdings), 10), ends(holdings)
    span = (min(years), max(years)) if years else None
    if len(years) <= MOST_YEARS:
        return draw_bars(years, 1), span
    decades = Counter[int]()
    for year, count in years.items():
        decades[year // 10 * 10] += count
    return draw_bars(decades, 10), span


def draw_bars(counts: Mapping[int, int], step: int) -> list[Bar]:
    """Return the bars of stretches of `step` years, by their first year."""
    highest = max(counts.values(), default=1)
    return [
        Bar(first, first + step - 1, count, max(4, round(100 * count / highest)))
        for first, count in sorted(counts.items())
    ]


def _held(count: int, span: tuple[int, int] | None, language: Language) -> str:
    records = language("front.count", count=count)
    if span is None:
        return language("front.held-undated", records=records)
    return language("front.held", records=records, first=str(span[0]), last=str(span[1]))
