"""The front page: what is held, and where to begin."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import ArchiveError
from mabillon.web.holdings import Found, Holdings, Tally, entry_view
from mabillon.web.language import Language
from mabillon.web.rendering import language_of, render

log = logging.getLogger(__name__)

SHOWN = 12
MOST_YEARS = 60


async def front(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    count = holdings.count()
    found = _first(holdings) if count else Found(0, ())
    years = year_bars(found.facets.get("year", ()))
    return render(
        request,
        "front.html",
        name=holdings.name,
        count=count,
        held=_held(count, years, language),
        years=years,
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


def year_bars(tallies: Sequence[Tally]) -> list[dict[str, object]]:
    """Return the years (decades, where there are more than sixty) with their share of the highest, in per cent."""
    counts = {int(tally.value): tally.count for tally in tallies if tally.value.isdigit()}
    if not counts:
        return []
    highest = max(counts.values())
    return [
        {"value": str(year), "count": count, "percent": max(4, round(100 * count / highest))}
        for year, count in sorted(counts.items())
    ][-MOST_YEARS:]


def _held(count: int, years: list[dict[str, object]], language: Language) -> str:
    records = language("front.count", count=count)
    if not years:
        return language("front.held-undated", records=records)
    return language("front.held", records=records, first=years[0]["value"], last=years[-1]["value"])
