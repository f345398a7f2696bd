"""What all answers of the API share: JSON with an entity tag, and problems as RFC 9457 has them."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

PROBLEM = "application/problem+json"


def answer(request: Request, body: bytes, media_type: str = "application/json") -> Response:
    """Return `body` with a strong entity tag (RFC 9110, 8.8.3); 304 without it to one who has it already."""
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(None, 304, headers)
    return Response(body, 200, headers, media_type)


def answer_json(request: Request, content: Any) -> Response:
    return answer(request, orjson.dumps(content))


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """Return a problem (RFC 9457). `type` is left out: it is `about:blank`, the title says what the status means."""
    body = orjson.dumps({"status": status, "title": title, "detail": detail, **more})
    return Response(body, status, {"Access-Control-Allow-Origin": "*", **(headers or {})}, PROBLEM)
