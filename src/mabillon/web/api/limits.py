"""Rate limits of the API that name themselves (draft-ietf-httpapi-ratelimit-headers), one bucket for each asker."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mabillon.web.api.answers import problem

WINDOW = 60
"""Seconds in which a whole quota comes back."""

PATH = "/api/"
COSTS = {"/api/v1/export.": 60}
"""Beginning of a path → what a request to it counts; all others count one."""

_MOST_ASKERS = 10_000


class RateLimits:
    """Lets each address ask `quota` times a minute. A bucket fills steadily, so that a pause always helps."""

    def __init__(self, app: ASGIApp, quota: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self.quota = quota
        self.clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.quota or scope["type"] != "http" or not scope["path"].startswith(PATH):
            await self.app(scope, receive, send)
            return
        cost = next((cost for start, cost in COSTS.items() if scope["path"].startswith(start)), 1)
        asker = scope["client"][0] if scope.get("client") else ""
        left, wait = self.take(asker, cost)
        headers = {
            "RateLimit-Policy": f'"asker";q={self.quota};w={WINDOW}',
            "RateLimit": f'"asker";r={max(0, int(left))};t={WINDOW if left < 1 else 0}',
        }
        if wait:
            detail = f"{self.quota} requests a minute are answered; ask again in {wait} seconds."
            await problem(429, detail, {**headers, "Retry-After": str(wait)})(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def take(self, asker: str, cost: int) -> tuple[float, int]:
        """Take `cost` from an asker's bucket. Returns what is left in it and, where it held too little, the seconds
        until it will hold enough."""
        now = self.clock()
        left, then = self._buckets.pop(asker, (float(self.quota), now))
        left = min(self.quota, left + (now - then) * self.quota / WINDOW)
        cost = min(cost, self.quota)
        wait = 0 if left >= cost else int((cost - left) * WINDOW / self.quota) + 1
        self._buckets[asker] = (left if wait else left - cost, now)
        while len(self._buckets) > _MOST_ASKERS:
            self._buckets.popitem(last=False)
        return self._buckets[asker][0], wait
