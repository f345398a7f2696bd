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
from starlette.responses import HTMLResponse

from mabillon.web.api.answers import tag_of
from mabillon.web.capitals import set_words
from mabillon.web.fonts import faces, sheet_address
from mabillon.web.language import language_of, languages

HERE = Path(__file__).parent
STATIC = HERE / "static"

NAVIGATION = tuple(
    {"name": name, "path": f"/{name}"}
    for name in (
        "search",
        "browse",
        "calendar",
        "people",
        "organizations",
        "places",
        "series",
        "knew",
        "findings",
        "api",
    )  # fmt: skip
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


def theme_of(request: Request) -> str | None:
    """Return the appearance chosen, None where it follows the system."""
    theme = request.cookies.get("theme")
    return theme if theme in ("light", "dark") else None


def fragment(template: str, **given: Any) -> Markup:
    """Return a part of a page: `template` filled with what `given` says."""
    return Markup(environment().get_template(template).render(**given))


def render(request: Request, template: str, status: int = 200, **given: Any) -> HTMLResponse:
    """Return a page: `template` filled with what `given` says and with what every page needs."""
    query = f"?{request.url.query}" if request.url.query else ""
    made = faces()
    page = environment().get_template(template).render(
        t=language_of(request), theme=theme_of(request), status=status, fonts=made, fonts_address=sheet_address(made),
        path=request.url.path, back=request.url.path + query, **given,
    )  # fmt: skip
    body = without_controls(page).encode("utf-8")
    headers = {"Vary": "Accept-Language, Cookie", "Cache-Control": "private, no-cache"}
    if status == 200:
        headers["ETag"] = tag_of(body)
    return HTMLResponse(body, status, headers=headers)
