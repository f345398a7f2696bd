"""`/api/v1` as an application of its own: from a request to an answer, or to a problem that says what was wrong."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import iterate_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from mabillon.errors import ArchiveError, QueryError
from mabillon.record import SCHEMA
from mabillon.web.api.answers import JSON, Refusal, answer, has_already, headers_of, refuse
from mabillon.web.api.desk import Desk
from mabillon.web.api.door import Door
from mabillon.web.api.limits import Limits, Quota
from mabillon.web.api.openapi import description, shown_path
from mabillon.web.api.operation import Body, Operation, Stream, read_request
from mabillon.web.api.operations import OPERATIONS
from mabillon.web.api.patience import Patience
from mabillon.web.api.shapes import BASE, Start

log = logging.getLogger(__name__)
R = TypeVar("R", Mount, Route)

DESCRIPTION = {"service-desc": f"{BASE}/openapi.json", "service-doc": "/api"}
"""Where the API is described, for programs and for people (RFC 8631)."""
_STATUSES = {
    404: "There is nothing at this address; /api/v1/openapi.json says what there is.",
    405: "Nothing is changed over this interface: only GET and HEAD are answered.",
}


def api(desk: Desk, limits: Limits | None = None) -> Starlette:
    """Return the API over what `desk` gives. Mount it at `/api/v1`."""
    limits = limits or Limits()
    office = Office(desk, limits)
    app = Starlette(
        routes=[
            Route("/", office.start),
            Route("/openapi.json", office.described),
            *(_over_lines(Route(one.path, office.handler(one), name=one.name)) for one in OPERATIONS),
        ],
        middleware=[Middleware(Door, quota=Quota(limits.quota) if limits.quota else None)],
        exception_handlers={HTTPException: _explain},
    )
    app.router.redirect_slashes = False
    return app


def mounted(app: ASGIApp) -> Mount:
    """Return the API at its address in a site."""
    return _over_lines(Mount(BASE, app))


def _over_lines(route: R) -> R:
    """Let a path hold an end of line like any other sign: it is for the API to say that nothing is called so."""
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    return route


class Office:
    """Answers each operation in a thread, within a time."""

    def __init__(self, desk: Desk, limits: Limits) -> None:
        self.desk = desk
        self.limits = limits
        self._streams = threading.BoundedSemaphore(limits.streams)
        self._patience = Patience(limits.seconds)

    def handler(self, operation: Operation) -> Callable[[Request], Any]:
        async def handle(request: Request) -> Response:
            try:
                asked = read_request(operation, request)
                desk = self.desk.at(f"{request.url.scheme}://{request.url.netloc}")
                given = await self._patience.wait_for(partial(operation.handler, desk, asked))
                return self._written(request, given)
            except Refusal as refusal:
                return refuse(refusal)
            except QueryError as error:
                return refuse(Refusal(422, str(error)))
            except ArchiveError as error:
                log.error("%s failed: %s", request.url.path, error)
                return refuse(Refusal(503, "The archive or its index cannot be read just now.", retry_after=30))

        return handle

    def _written(self, request: Request, given: Any) -> Response:
        if isinstance(given, Stream):
            return self._streamed(request, given)
        body = given if isinstance(given, Body) else Body(msgspec.json.encode(given))
        links = DESCRIPTION | _following(request, given)
        return answer(request, body.content, body.media_type, body.headers, links)

    def _streamed(self, request: Request, stream: Stream) -> Response:
        headers = headers_of(stream.tag) | {"Content-Disposition": f'attachment; filename="{stream.filename}"'}
        if has_already(request, stream.tag):
            return Response(None, 304, headers)
        if request.method == "HEAD":
            return Response(None, 200, headers | {"Content-Type": stream.media_type})
        if not self._streams.acquire(blocking=False):
            raise Refusal(503, "Other exports are under way; ask again in a while.", retry_after=30)
        pieces = _once_over(iterate_in_threadpool(stream.chunks), self._streams.release)
        return StreamingResponse(pieces, 200, headers, stream.media_type)

    async def start(self, request: Request) -> Response:
        count = await self._patience.wait_for(partial(self.desk.archive.count, self.desk.reader))
        addresses = {one.name: BASE + shown_path(one) for one in OPERATIONS}
        content = Start(self.desk.name, count, SCHEMA, f"{BASE}/openapi.json", addresses)
        return answer(request, msgspec.json.encode(content), JSON, None, DESCRIPTION)

    async def described(self, request: Request) -> Response:
        return answer(request, msgspec.json.encode(description()), JSON)


async def _once_over(pieces: AsyncIterator[bytes], then: Callable[[], None]) -> AsyncIterator[bytes]:
    try:
        async for piece in pieces:
            yield piece
    finally:
        then()


def _following(request: Request, given: Any) -> dict[str, str]:
    """Return the address of the page after this one, where there is one."""
    following = getattr(given, "next", None)
    names = {"Found": "cursor", "Changes": "since"}
    if not following:
        return {}
    address = request.url.include_query_params(**{names.get(type(given).__name__, "after"): following})
    return {"next": f"{address.path}?{address.query}"}


async def _explain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    refusal = Refusal(error.status_code, _STATUSES.get(error.status_code, str(error.detail)))
    return refuse(refusal, dict(error.headers or {}))
