"""Who comes in: requests too long or too many are told so, a failure becomes a problem, HEAD gets no body."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mabillon.web.api.answers import OPEN, Refusal, refuse
from mabillon.web.api.limits import Quota
from mabillon.web.security import LARGEST_BODY, LONGEST_ADDRESS

log = logging.getLogger(__name__)
ALLOWED = "GET, HEAD, OPTIONS"


class Door:
    """Stands before the API."""

    def __init__(self, app: ASGIApp, quota: Quota | None) -> None:
        self.app = app
        self.quota = quota

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, response = self._refused(scope)
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message).update(headers)
            elif scope["method"] == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await (response or self.app)(scope, receive, send_on)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            if begun:
                raise
            await refuse(Refusal(500, "Something failed here; it was noted."))(scope, receive, send_on)

    def _refused(self, scope: Scope) -> tuple[dict[str, str], Response | None]:
        """Return the headers of this request's answer, and the answer where it is refused already."""
        headers: dict[str, str] = {}
        if self.quota is not None:
            share = self.quota.take(scope["client"][0] if scope.get("client") else "")
            headers = self.quota.headers(share)
            if share.wait:
                said = f"{self.quota.quota} requests a minute are answered; ask again in {share.wait} s."
                return headers, refuse(Refusal(429, said, retry_after=share.wait))
        if _address_length(scope) > LONGEST_ADDRESS:
            return headers, refuse(Refusal(414, f"An address has at most {LONGEST_ADDRESS} bytes; shorten the search."))
        if _is_large(scope):
            return headers, refuse(Refusal(413, "A request needs no content here; send none."))
        if scope["method"] == "OPTIONS":
            allowed = {"Allow": ALLOWED, "Access-Control-Allow-Methods": ALLOWED, "Access-Control-Max-Age": "86400"}
            return headers, Response(None, 204, {**OPEN, **allowed, "Access-Control-Allow-Headers": "If-None-Match"})
        return headers, None


def _address_length(scope: Scope) -> int:
    return len(scope.get("raw_path") or b"") + len(scope["query_string"])


def _is_large(scope: Scope) -> bool:
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return not length.isdigit() or int(length) > LARGEST_BODY
