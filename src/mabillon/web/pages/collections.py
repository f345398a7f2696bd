"""Collections, each with the introduction that an editor wrote: `introductions/NAME.md` in the archive's directory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.search.facets import narrow
from mabillon.web.holdings import Found, Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import language_of
from mabillon.web.pages.search import link
from mabillon.web.rendering import render

SHOWN = 20
LONGEST_NAME = 500


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def introduce(written: str) -> Markup:
    """Return an introduction as HTML. Its own HTML stays words, and links are those of the web or of this site."""
    return Markup(_markdown().render(written))


@kept
def collection(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    name = request.path_params["name"]
    if len(name) > LONGEST_NAME:
        raise HTTPException(414)
    words = narrow("", "collection", name.replace('"', " "))
    found = holdings.search(words, "date", SHOWN)
    if not found.total:
        raise HTTPException(404)
    written = holdings.introduction(name, language.code)
    return render(
        request, "collection.html", name=name, introduction=introduce(written) if written else "", found=found,
        entries=[entry_view(entry, language) for entry in found.entries], facts=_facts(found), all=link(words, "date"),
    )  # fmt: skip


def _facts(found: Found) -> Mapping[str, list[str]]:
    """Return what a collection is made of: the most frequent senders, recipients and places."""
    return {
        name: [tally.value for tally in found.facets.get(name, ())[:8]]
        for name in ("sender", "recipient", "place")
        if found.facets.get(name)
    }
