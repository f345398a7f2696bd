"""What all answers of the API share: JSON with an entity tag, and problems as RFC 9457 has them."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import Response

PROBLEM = "application/problem+json"
JSON = "application/json"
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link, RateLimit, Retry-After"}
"""What the API gives is for everybody: pages of other sites may read it."""


class Problem(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Why there is no answer (RFC 9457). `type` is left out: it is `about:blank`, the title says what the status means.
    `parameter` names what was wrong with the request, `retry_after` the seconds after which to ask again."""

    status: int
    title: str
    detail: str
    parameter: str | None = None
    retry_after: int | None = None


class Refusal(Exception):
    """A request that is answered with a problem."""

    def __init__(self, status: int, detail: str, parameter: str | None = None, retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.problem = Problem(
            status=status, title=HTTPStatus(status).phrase, detail=detail, parameter=parameter, retry_after=retry_after
        )


def refuse(refusal: Refusal, headers: dict[str, str] | None = None) -> Response:
    """Return the answer to a refused request."""
    said = refusal.problem
    wait = {"Retry-After": str(said.retry_after)} if said.retry_after is not None else {}
    more = {**OPEN, "Cache-Control": "no-store", **wait, **(headers or {})}
    return Response(msgspec.json.encode(said), said.status, more, PROBLEM)


def tag_of(content: bytes) -> str:
    """Return a weak entity tag (RFC 9110, 8.8.3): the same for a body as it is and for the body compressed."""
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def has_already(request: Request, tag: str) -> bool:
    """Tell whether the asker has what bears `tag` (RFC 9110, 13.1.2, weak comparison)."""
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return tag.removeprefix("W/") in known or "*" in known


def headers_of(tag: str, links: dict[str, str] | None = None) -> dict[str, str]:
    """Return the headers of an answer with this entity tag. links: relation → address (RFC 8288)."""
    headers = {"ETag": tag, "Cache-Control": "no-cache", **OPEN}
    if links:
        headers["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for relation, address in links.items())
    return headers


def answer(
    request: Request, body: bytes, media_type: str = JSON, more: dict[str, str] | None = None,
    links: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """Return `body` with its entity tag; 304 without it to one who has it already."""
    tag = tag_of(body)
    headers = {**headers_of(tag, links), **(more or {})}
    return Response(None, 304, headers) if has_already(request, tag) else Response(body, 200, headers, media_type)
