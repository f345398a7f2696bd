"""The search page: an answer, how it was read, and ways to narrow it down."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import QueryError
from mabillon.web.holdings import Found, Holdings, entry_view
from mabillon.web.language import Language
from mabillon.web.rendering import language_of, render

SORTS = ("relevance", "date", "date-desc")
PAGE = 20
LONGEST_QUERY = 2000
FACETS = {
    "year": "date", "type": "type", "sender": "from", "recipient": "to", "place": "place", "language": "lang",
    "classification": "class", "collection": "in", "finding": "finding",
}  # fmt: skip
"""Facets in the order shown, and the field of the query language that narrows down to a value of each."""
_TERMS = {"type": "type", "language": "language", "finding": "finding"}


async def search(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    words = request.query_params.get("q", "")[:LONGEST_QUERY].strip()
    sort = request.query_params.get("sort", "")
    sort = sort if sort in SORTS else ("relevance" if words else "date")
    cursor = request.query_params.get("cursor") or None
    found, problem = Found(0, ()), ""
    try:
        found = holdings.search(words, sort, PAGE, cursor)
    except QueryError as error:
        problem = str(error)
    return render(request, "search.html", status=400 if problem else 200, query=words, problem=problem,
                  **_shown(found, words, sort, cursor, language))  # fmt: skip


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
        "next_link": link(words, sort, found.next) if found.next else "",
        "first_link": link(words, sort) if cursor else "",
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
        "chosen": any(narrowing(name, tally.value) in words for tally in tallies),
        "choices": [
            {
                "label": language.term(_TERMS[name], tally.value) if name in _TERMS else tally.value,
                "count": tally.count,
                "link": link(narrow(words, narrowing(name, tally.value)), sort),
            }
            for tally in tallies[:12]
        ],
    }


def narrowing(name: str, value: str) -> str:
    """Return the clause of the query language that keeps records with this value of a facet."""
    return f"date:{value}" if name == "year" else f'{FACETS[name]}:="{value.replace(chr(34), " ")}"'


def narrow(words: str, added: str) -> str:
    """Return a query with a clause added, or the query itself where it has the clause already."""
    if added in words:
        return words
    return f"({words}) {added}" if " OR " in words else f"{words} {added}".strip()
