"""What all answers of the API share: JSON with an entity tag, and problems as RFC 9457 has them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import ArchiveError, QueryError

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
OPEN = {"Access-Control-Allow-Origin": "*"}
"""What the API gives is public: pages of other sites may read it."""

Handler = Callable[[Request], Awaitable[Response]]


class Refusal(Exception):
    """A request that is answered with a problem; `more` are further members of it."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more


def tag_of(body: bytes) -> str:
    """Return a weak entity tag (RFC 9110, 8.8.3): the same for a body and for the body compressed."""
    return f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def has_already(request: Request, tag: str) -> bool:
    """Tell whether the asker has what bears `tag` (RFC 9110, 13.1.2, weak comparison)."""
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return tag.removeprefix("W/") in known or "*" in known


def answer(request: Request, body: bytes, media_type: str = "application/json") -> Response:
    """Return `body` with an entity tag; 304 without it to one who has it already."""
    tag = tag_of(body)
    headers = {"ETag": tag, "Cache-Control": "no-cache", **OPEN}
    return Response(None, 304, headers) if has_already(request, tag) else Response(body, 200, headers, media_type)


def answer_json(request: Request, content: Any) -> Response:
    return answer(request, orjson.dumps(content))


def problem(status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """Return a problem (RFC 9457). `type` is left out: it is `about:blank`, and the title is that of the status."""
    body = orjson.dumps({"status": status, "title": HTTPStatus(status).phrase, "detail": detail, **more})
    return Response(body, status, {**OPEN, **(headers or {})}, PROBLEM)


def api(handler: Handler) -> Handler:
    """Let a handler refuse by raising: Refusal, QueryError (400) or ArchiveError (503)."""

    @wraps(handler)
    async def answering(request: Request) -> Response:
        try:
            return await handler(request)
        except Refusal as refusal:
            return problem(refusal.status, refusal.detail, **refusal.more)
        except QueryError as error:
            return problem(400, str(error))
        except ArchiveError as error:
            log.error("%s failed: %s", request.url.path, error)
            return problem(503, "The archive or its index cannot be read just now.", {"Retry-After": "30"})

    return answering
