"""Walking the archive as its boxes stand: repository, fonds, series, file."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import QueryError
from mabillon.web.holdings import Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import language_of
from mabillon.web.rendering import render

PAGE = 50


@kept
async def browse(request: Request) -> Response:
    """Show the repositories, or what lies in one level."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    id = request.path_params.get("id")
    if id is None:
        return render(
            request, "browse.html", way=(), steps=holdings.levels(None), entries=(), more="", count=holdings.count()
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
        count=0,
    )
