"""The search page: an answer, how it was read, and ways to narrow it down."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import ArchiveError, QueryError
from mabillon.search.facets import narrow
from mabillon.web.asking import ask
from mabillon.web.holdings import Found, Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import Language, language_of
from mabillon.web.rendering import render

log = logging.getLogger(__name__)

SORTS = ("relevance", "date", "date-desc", "number")
PAGE = 20
LONGEST_QUERY = 2000
FACETS = ("year", "type", "sender", "recipient", "place", "language", "classification", "collection", "finding")
"""Facets in the order shown."""
_TERMS = {"type": "type", "language": "language", "finding": "finding"}


@kept
async def search(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    words = request.query_params.get("q", "")[:LONGEST_QUERY].strip()
    sort = request.query_params.get("sort", "")
    sort = sort if sort in SORTS else ("relevance" if words else "date")
    cursor = request.query_params.get("cursor") or None
    found, problem, status = Found(0, ()), "", 200
    try:
        found = await ask(holdings, words, sort, PAGE, cursor)
    except QueryError:
        problem, status = language("search.no-page" if cursor else "search.too-long"), 400
    except ArchiveError as error:
        log.error("search failed: %s", error)
        problem, status = language("search.no-index"), 503
    return render(request, "search.html", status, query=words, problem=problem,
                  stretches=stretches(words, request.query_params.get("day", "")),
                  **_shown(found, words, sort, cursor, language))  # fmt: skip


def stretches(words: str, day: str) -> list[tuple[str, str]]:
    """Return (name, address) of the same search on the day, in the week (from Monday) and in the month of `day`; none
    where the search names a date already or `day` is none."""
    try:
        on = dt.date.fromisoformat(day)
    except ValueError:
        return []
    if "date:" in words or not 1 < on.year < 9999:
        return []
    monday = on - dt.timedelta(days=on.weekday())
    dates = {"day": day, "week": f"{monday}..{monday + dt.timedelta(days=6)}", "month": day[:7]}
    return [(name, link(f"({words}) date:{date}" if words else f"date:{date}", "date")) for name, date in dates.items()]


def _shown(found: Found, words: str, sort: str, cursor: str | None, language: Language) -> dict[str, Any]:
    offered = SORTS if words else SORTS[1:]
    return {
        "total": found.total,
        "entries": [entry_view(entry, language) for entry in found.entries],
        "reading": found.reading,
        "suggestion": found.suggestion,
        "suggestion_link": link(found.suggestion, sort),
        "sort": sort if sort != offered[0] else "",
        "sorts": [{"name": name, "link": link(words, name), "current": name == sort} for name in offered],
        "facets": [view for name in FACETS if (view := _facet(name, found, words, sort, language))],
        "notes": found.notes,
        "spellings": found.spellings,
        "pages": [
            {"name": name, "link": link(words, sort, place or "")}
            for name, place, offered in (
                ("first", "", bool(cursor)),
                ("previous", found.previous, bool(found.previous)),
                ("next", found.next, bool(found.next)),
                ("last", found.last, bool(found.last)),
            )
            if offered
        ],
    }


def link(words: str, sort: str = "", cursor: str = "") -> str:
    """Return the address of a search."""
    parts = [(name, value) for name, value in (("q", words), ("sort", sort), ("cursor", cursor)) if value]
    return f"/search?{urlencode(parts)}" if parts else "/search"


def _facet(name: str, found: Found, words: str, sort: str, language: Language) -> dict[str, Any] | None:
    tallies = found.facets.get(name, ())
    if not tallies:
        return None
    return {
        "label": language(f"facet.{name}"),
        "chosen": any(narrow("", name, tally.value) in words for tally in tallies),
        "choices": [
            {
                "label": language.term(_TERMS[name], tally.value) if name in _TERMS else tally.value,
                "count": tally.count,
                "link": link(narrow(words, name, tally.value), sort),
            }
            for tally in tallies[:12]
        ],
    }
