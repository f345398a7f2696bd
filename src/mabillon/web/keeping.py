"""Pages kept in memory as long as nothing that they show has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from functools import partial, wraps
from inspect import iscoroutinefunction
from typing import Any, Generic, TypeVar, cast

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from mabillon.web.api.answers import has_already
from mabillon.web.asking import in_time
from mabillon.web.fonts import faces
from mabillon.web.holdings import Holdings
from mabillon.web.language import language_of
from mabillon.web.rendering import theme_of

T = TypeVar("T")
MOST_BYTES = 48_000_000
Handler = Callable[[Request], Awaitable[Response]]


class Kept(Generic[T]):
    """What was made, by key, at most so many bytes of it; what was not asked for longest goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._items: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> T | None:
        with self._lock:
            found = self._items.get(key)
            if found is None:
                return None
            self._items.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, item: T, size: int) -> None:
        with self._lock:
            if key in self._items:
                self._bytes -= self._items.pop(key)[1]
            self._items[key] = (item, size)
            self._bytes += size
            while self._bytes > self._most:
                self._bytes -= self._items.popitem(last=False)[1][1]

    def __len__(self) -> int:
        return len(self._items)


def kept(handler: Callable[[Request], Response] | Handler) -> Handler:
    """Let a page be made once for each address, language and appearance, until the archive or its index changes.

    A handler that is no coroutine is run in a thread: making a page may take many reads. Who asks for a page that is
    being made waits for it instead of making it again. Answers 304 to one who has the page already.
    """

    @wraps(handler)
    async def keeping(request: Request) -> Response:
        pages: Kept[tuple[bytes, dict[str, str]]] = request.app.state.pages
        making: dict[Hashable, anyio.Event] = request.app.state.making
        key = _key(request)
        found = pages.get(key)
        if found is None and key in making:
            await making[key].wait()
            found = pages.get(key)
        if found is None:
            made = making[key] = anyio.Event()
            try:
                response = await _made(handler, request)
                if response.status_code != 200 or not isinstance(response, HTMLResponse):
                    return response
                found = bytes(response.body), _own_headers(response)
                pages.put(key, found, len(found[0]) + 500)
            finally:
                made.set()
                if making.get(key) is made:
                    del making[key]
        body, headers = found
        if has_already(request, headers["etag"]):
            return Response(None, 304, headers)
        return HTMLResponse(body, 200, headers)

    return keeping


async def _made(handler: Callable[[Request], Response] | Handler, request: Request) -> Response:
    if iscoroutinefunction(handler):
        made: Response = await handler(request)
        return made
    return await in_time(partial(cast(Callable[[Request], Response], handler), request))


def _own_headers(response: Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if not name.startswith("content-")}


def _key(request: Request) -> tuple[Any, ...]:
    holdings: Holdings = request.app.state.holdings
    url = request.url
    return (
        holdings.version(), url.path, url.query, url.scheme, url.netloc, language_of(request).code, theme_of(request),
        bool(faces()),
    )  # fmt: skip
