"""The front page: what is held, and where to begin."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import ArchiveError
from mabillon.web.holdings import Found, Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import Language, language_of
from mabillon.web.rendering import render
from mabillon.web.years import years_of

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
async def front(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    count = holdings.count()
    found = _first(holdings) if count else Found(0, ())
    years = years_of(found, holdings) if count else {}
    return render(
        request,
        "front.html",
        name=holdings.name,
        count=count,
        held=_held(count, years, language),
        years=year_bars(years),
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


def year_bars(counts: dict[int, int]) -> list[Bar]:
    """Return a bar for each year that has records, or for each decade where there are too many years."""
    if len(counts) <= MOST_YEARS:
        stretches = {(year, year): count for year, count in counts.items()}
    else:
        stretches = Counter[tuple[int, int]]()
        for year, count in counts.items():
            stretches[year // 10 * 10, year // 10 * 10 + 9] += count
    highest = max(stretches.values(), default=1)
    return [
        Bar(first, last, count, max(4, round(100 * count / highest)))
        for (first, last), count in sorted(stretches.items())
    ]


def _held(count: int, years: dict[int, int], language: Language) -> str:
    records = language("front.count", count=count)
    if not years:
        return language("front.held-undated", records=records)
    return language("front.held", records=records, first=str(min(years)), last=str(max(years)))
