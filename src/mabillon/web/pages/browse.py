"""Walking the archive as its boxes stand: repository, fonds, series, file."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import ArchiveError, QueryError
from mabillon.web.holdings import Holdings, Tally, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import language_of
from mabillon.web.rendering import render

PAGE = 50


@kept
def browse(request: Request) -> Response:
    """Show the repositories, or what lies in one level."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    id = request.path_params.get("id")
    if id is None:
        steps = holdings.levels(None)
        return render(
            request, "browse.html", way=(), steps=steps, collections=_collections(holdings), entries=(), more=""
        )
    way = holdings.level(id)
    if not way:
        raise HTTPException(404)
    try:
        entries, after = holdings.in_level(id, request.query_params.get("after"), PAGE)
    except QueryError as error:
        raise HTTPException(404) from error
    return render(
        request,
        "browse.html",
        way=way,
        steps=holdings.levels(id),
        entries=[entry_view(entry, language) for entry in entries],
        more=f"/browse/{id}?{urlencode({'after': after})}" if after else "",
        collections=(),
    )


def _collections(holdings: Holdings) -> Sequence[Tally]:
    """Return the collections; none where there is no index to count them: the levels stand without it."""
    try:
        return holdings.search("", "date", 1).facets.get("collection", ())
    except ArchiveError:
        return ()
