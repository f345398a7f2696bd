"""`/api/v1/search`: the same questions as the search page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from mabillon.web.api.answers import answer_json, api
from mabillon.web.api.parameters import Choice, Text, Whole, read_parameters
from mabillon.web.api.records import holdings_of
from mabillon.web.api.shapes import found_shape
from mabillon.web.asking import ask

SORTS = ("relevance", "date", "date-desc", "number")
QUERY = Text("q", "What is sought, in the query language; all records where it is left out.")
SORT = Choice("sort", "Order of the hits.", SORTS, "relevance")
SEARCH = (
    QUERY,
    SORT,
    Whole("limit", "Hits of one page.", 1, 200, 20),
    Text("cursor", "`next`, `previous` or `last` of another page of the same search.", 500),
    Choice("facets", "Whether to count the facets.", ("yes", "no"), "yes"),
)


@api
async def api_search(request: Request) -> Response:
    given = read_parameters(request, SEARCH)
    words = given["q"] or ""
    found = await ask(
        holdings_of(request), words, given["sort"], given["limit"], given["cursor"] or None, given["facets"] == "yes"
    )
    return answer_json(request, found_shape(request, words, found))
