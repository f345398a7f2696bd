"""What the head of a page states: title, Dublin Core and Highwire `<meta>` tags, Open Graph, JSON-LD, its address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from mabillon.document import Metadatum
from mabillon.source.builder import normal_text
from mabillon.text import Span, Text

_META = {
    "dc.title": "title", "dcterms.title": "title", "og:title": "title", "citation_title": "title",
    "twitter:title": "title", "dc.date": "date", "dcterms.date": "date", "dcterms.created": "date",
    "dc.date.created": "date", "citation_date": "date", "citation_publication_date": "published",
    "dcterms.issued": "published", "article:published_time": "published", "dc.language": "language",
    "dcterms.language": "language", "citation_language": "language", "dc.type": "type", "dcterms.type": "type",
    "dc.creator": "person", "dcterms.creator": "person", "citation_author": "person", "dc.subject": "topic",
    "dcterms.subject": "topic", "citation_keywords": "topic", "dc.coverage": "place", "dcterms.spatial": "place",
    "dc.description": "summary", "dcterms.abstract": "summary", "citation_abstract": "summary",
    "dc.rights": "rights", "dcterms.rights": "rights", "dcterms.license": "rights", "dc.source": "citation",
    "dcterms.source": "citation", "dcterms.bibliographiccitation": "citation", "dc.identifier": "identifier",
    "dcterms.identifier": "identifier", "dcterms.ispartof": "collection", "dc.relation.ispartof": "collection",
    "dc.publisher": "publisher", "description": "description", "og:description": "description",
}  # fmt: skip
_JSON_LD = {
    "name": "title", "headline": "title", "dateCreated": "date", "datePublished": "published", "inLanguage": "language",
    "description": "summary", "abstract": "summary", "author": "person", "creator": "person", "about": "topic",
    "keywords": "topic", "contentLocation": "place", "locationCreated": "place", "license": "rights",
    "isPartOf": "collection", "identifier": "identifier", "sender": "sender", "recipient": "recipient",
}  # fmt: skip
_PART = re.compile(r"\s+(?:[|»›:–—·•-]|::)\s+")
_STANDS = re.compile(r"\s+")
_MAX_JSON = 200_000
_LONG = 12
_CORPORATE = "corporateName="
_MAX_TITLE = 1000
_MAX_STATEMENTS = 300


@dataclass(slots=True)
class Head:
    """What a page's head states, in the order of trust: (field, words, which tag says so)."""

    title: str = ""
    url: str | None = None
    statements: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def title_words(self) -> str:
        return self.title or next((words for name, words, _ in self.statements if name == "title"), "")

    @property
    def title_parts(self) -> list[str]:
        """The title, and the parts of it between bars and dashes."""
        parts = [part.strip() for part in _PART.split(self.title_words)]
        return [] if not self.title_words else [self.title_words, *(part for part in parts if part != self.title_words)]


def read_head(parser: LexborHTMLParser) -> Head:
    head = Head()
    top = parser.head
    if top is None:
        return head
    child = top.child
    while child is not None:
        tag = child.tag
        if tag == "title" and not head.title:
            head.title = _squeeze(child.text()[:_MAX_TITLE])
        elif tag == "meta":
            _read_meta(child.attributes, head)
        elif tag == "link" and (child.attributes.get("rel") or "").casefold() == "canonical":
            head.url = head.url or (child.attributes.get("href") or "").strip() or None
        elif tag == "script" and child.attributes.get("type") == "application/ld+json":
            _read_json_ld(child.text(), head)
        child = child.next
    if parser.body is not None:
        for script in parser.body.css('script[type="application/ld+json"]'):
            _read_json_ld(script.text(), head)
    return head


def _read_meta(attributes: dict[str, str | None], head: Head) -> None:
    name = (attributes.get("name") or attributes.get("property") or "").casefold().strip()
    words = _squeeze(attributes.get("content") or "")
    if not name or not words:
        return
    if name == "og:url":
        head.url = head.url or words
    elif name in _META:
        corporate = words.startswith(_CORPORATE)  # AGLS: who publishes the page
        head.statements.append(
            ("publisher", words.removeprefix(_CORPORATE), name) if corporate else (_META[name], words, name)
        )


def _read_json_ld(raw: str, head: Head) -> None:
    """A block of JSON-LD that is none is passed over: it is a hint for search engines, not the document."""
    if not raw or len(raw) > _MAX_JSON:
        return
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return
    if isinstance(found, dict) and isinstance(found.get("@graph"), list):
        found = found["@graph"]
    for node in found if isinstance(found, list) else [found]:
        if isinstance(node, dict) and str(node.get("@type")) not in ("WebSite", "Organization", "BreadcrumbList"):
            for key, name in _JSON_LD.items():
                head.statements.extend((name, words, f"json-ld:{key}") for words in _words_of(node.get(key)))


def _words_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if words := _squeeze(value):
            yield words
    elif isinstance(value, dict):
        yield from _words_of(value.get("name") or value.get("value"))
    elif isinstance(value, list):
        for entry in value[:50]:
            if not isinstance(entry, list):
                yield from _words_of(entry)


def locate(head: Head, text: Text) -> Iterator[Metadatum]:
    """Yield the statements of the head, each with the place where the page shows the same words, if it does."""
    if (span := _shown_title(head, text)) is not None:
        yield Metadatum("title", text[span], span, attributes={"from": "title"})
    for name, words, tag in head.statements[:_MAX_STATEMENTS]:
        span = find_words(text, words)
        if name == "description":
            if span is None:  # often of the whole site, so it counts only where the page shows it too
                continue
            name = "summary"
        value = text[span] if span else normal_text(words)
        yield Metadatum(name, value, span, attributes={"from": tag})
    if head.url:
        yield Metadatum("url", head.url, attributes={"from": "canonical"})


def _shown_title(head: Head, text: Text) -> Span | None:
    """Return where the page shows its `<title>`, or the longest part of it; a title it does not show is the site's."""
    if not head.title:
        return None
    for part in sorted({head.title, *head.title_parts}, key=lambda part: (-len(part), part)):
        if not is_shown(part, text.value):
            continue
        span = find_words(text, part)
        if span is not None and not _is_furniture(text, span):
            return span
    return None


def is_shown(part: str, value: str) -> bool:
    """Say whether a page shows a part of its title: as a line, or anywhere if it is too long to be chance."""
    folded = part.casefold()
    return folded in value.casefold() and (len(part) >= _LONG or folded in value.casefold().split("\n"))


def _is_furniture(text: Text, span: Span) -> bool:
    return any(region.start <= span[0] < region.end for region in text.regions_of("furniture"))


def find_words(text: Text, words: str) -> Span | None:
    """Return where `words` stand in the text, whatever the white space between them; a heading comes first."""
    words = normal_text(words)
    if not words or words not in text.value:
        return None
    for region in text.regions_of("heading"):
        at = text.value.find(words, region.start, region.end)
        if at >= 0:
            return (at, at + len(words))
    at = _whole(text.value, words)
    return None if at < 0 else (at, at + len(words))


def _whole(value: str, words: str) -> int:
    """Find `words` not as a part of a longer word or number."""
    at = value.find(words)
    while at >= 0:
        before, after = value[at - 1 : at], value[at + len(words) : at + len(words) + 1]
        if not (before.isalnum() and words[0].isalnum()) and not (after.isalnum() and words[-1].isalnum()):
            return at
        at = value.find(words, at + 1)
    return -1


def _squeeze(raw: str) -> str:
    return _STANDS.sub(" ", raw).strip()
