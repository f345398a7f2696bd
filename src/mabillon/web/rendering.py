"""Templates: one environment, and what every page is given."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from mabillon.web.api.answers import has_already, tag_of
from mabillon.web.capitals import set_words
from mabillon.web.fonts import faces, sheet_address
from mabillon.web.language import Language, choose, languages

HERE = Path(__file__).parent
STATIC = HERE / "static"

NAVIGATION = tuple(
    {"name": name, "path": f"/{name}"} for name in ("search", "browse", "calendar", "people", "places", "api")
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
THEMES = ("auto", "light", "dark")


def shorten(words: object, length: int = 120) -> str:
    """Return words on one line, cut at a space to at most `length` characters."""
    line = " ".join(str(words).split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"


def without_controls(words: str) -> str:
    """Return words without the characters that XML cannot hold (XML 1.0, 2.2)."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words)


@cache
def static(name: str) -> str:
    """Return the address of a static file with its fingerprint, so that it can be kept for ever."""
    return f"/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


@cache
def environment() -> Environment:
    loaded = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    loaded.filters["shorten"] = shorten
    loaded.filters["set"] = lambda words: Markup(set_words(str(words)))
    loaded.filters["urlencode"] = lambda words: quote(str(words), safe="")
    loaded.globals.update(static=static, languages=languages(), navigation=NAVIGATION)
    return loaded


def language_of(request: Request) -> Language:
    return choose(request.cookies.get("language"), request.headers.get("accept-language", ""))


def render(request: Request, template: str, status: int = 200, **given: Any) -> Response:
    """Return a page: `template` filled with what `given` says and with what every page needs."""
    theme = request.cookies.get("theme")
    query = f"?{request.url.query}" if request.url.query else ""
    page = (
        environment()
        .get_template(template)
        .render(
            t=language_of(request),
            theme=theme if theme in ("light", "dark") else None,
            status=status,
            fonts=(made := faces()),
            fonts_address=sheet_address(made),
            path=request.url.path,
            back=request.url.path + query,
            **given,
        )
    )
    body = page.encode("utf-8", "replace")
    headers = {"Vary": "Accept-Language, Cookie", "Cache-Control": "private, no-cache"}
    if status == 200:
        headers["ETag"] = tag_of(body)
        if has_already(request, headers["ETag"]):
            return Response(None, 304, headers)
    return HTMLResponse(body, status, headers=headers)
