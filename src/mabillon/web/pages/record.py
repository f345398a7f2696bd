"""The page of one record."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.web.holdings import Holdings
from mabillon.web.record_page import record_page
from mabillon.web.rendering import language_of, render


async def record(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    found = holdings.record(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "record")
    return render(
        request,
        "record.html",
        record=found,
        page=record_page(found, language),
        canonical=str(request.url.replace(query="", fragment="")),
        source_url=_web_address(found.source.url if found.source else None),
    )


def _web_address(url: str | None) -> str | None:
    """Return the address a source names if it is one of the web: `javascript:` and its like are none."""
    return url if url and url.startswith(("https://", "http://")) else None
