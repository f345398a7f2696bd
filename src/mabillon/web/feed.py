"""A search as an Atom feed (RFC 4287): what answers to it, and when each record last changed in the archive."""

from __future__ import annotations

from urllib.parse import urlencode

from lxml import etree
from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import QueryError
from mabillon.web.api.answers import answer
from mabillon.web.asking import ask
from mabillon.web.holdings import Entry, Found, Holdings, entry_view
from mabillon.web.language import Language, language_of
from mabillon.web.rendering import without_controls

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50
_NEVER = "1970-01-01T00:00:00Z"


async def feed(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    words = request.query_params.get("q", "")[:2000].strip()
    try:
        found = await ask(holdings, words, "date-desc", MOST, facets=False)
    except QueryError as error:
        return Response(str(error), 400, media_type="text/plain")
    base = str(request.base_url).rstrip("/")
    changed = {entry.id: holdings.changed(entry.id) or _NEVER for entry in found.entries}
    return answer(request, atom(words, found, changed, base, language), "application/atom+xml")


def atom(words: str, found: Found, changed: dict[str, str], base: str, language: Language) -> bytes:
    """Return the feed. `changed` says when each record last changed, as RFC 3339 has it."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language.code)
    address = f"{base}/search?{urlencode({'q': words})}" if words else f"{base}/search"
    _add(root, "title", language("search.title-for", query=words) if words else language("site.tagline"))
    _add(root, "id", address)
    etree.SubElement(root, f"{{{ATOM}}}link", rel="alternate", href=address)
    etree.SubElement(root, f"{{{ATOM}}}link", rel="self", href=f"{base}/search.atom?{urlencode({'q': words})}")
    _add(root, "updated", max(changed.values(), default=_NEVER))
    author = etree.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", language("site.name"))
    for entry in found.entries:
        _entry(root, entry, changed[entry.id], base, language)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _entry(root: etree._Element, entry: Entry, changed: str, base: str, language: Language) -> None:
    view = entry_view(entry, language)
    node = etree.SubElement(root, f"{{{ATOM}}}entry")
    _add(node, "title", view.title)
    _add(node, "id", f"{base}/records/{entry.id}")
    etree.SubElement(node, f"{{{ATOM}}}link", rel="alternate", href=f"{base}/records/{entry.id}")
    _add(node, "updated", changed)
    _add(node, "summary", f"{view.kind}, {view.date}" + (f": {view.who}" if view.who else ""))


def _add(parent: etree._Element, name: str, words: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = without_controls(words)
