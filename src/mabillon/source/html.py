"""HTML as people save it from archive and edition sites.

The text is set as a browser shows it: blocks on lines of their own, a blank line between paragraphs, `<pre>` as it
stands, list numbers written out. Site furniture stays in the text as regions of kind "furniture". The mark of a
footnote is written `[1]`, in the text and before the note. A definition list and a table of labelled values are set
as lines `Label: value`; the cells of other tables are parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from mabillon.document import Document
from mabillon.source.builder import TextBuilder
from mabillon.source.encoding import decode
from mabillon.source.html_head import Head, is_shown, locate, read_head
from mabillon.source.html_page import DEPTH_LIMIT, PageWriter
from mabillon.source.original import Original
from mabillon.text import Text

_MOSTLY = 0.5
_PARSER_DEPTH = 5000
_MANY_TAGS = 20_000
_NESTING_TAG = re.compile(
    r"<(/?)(?:div|span|b|i|u|em|strong|font|blockquote|section|article|center|ul|ol|table|q|a|sup)\b", re.I
)


def read(original: Original) -> Iterator[Document]:
    """Yield the one document of a page."""
    markup = decode(original.whole)
    if _is_pit(markup):
        raise original.fail(f"is nested more than {_PARSER_DEPTH:,} elements deep")
    parser = LexborHTMLParser(markup)
    builder = TextBuilder()
    head = read_head(parser)
    body = parser.body
    if body is not None and not PageWriter(builder, head.title_words).write(body):
        raise original.fail(f"is nested more than {DEPTH_LIMIT} elements deep")
    _write_unseen_title(head, builder)
    text, metadata = builder.finish()
    text = _without_false_furniture(text)
    if not text.value.strip():
        raise original.fail("holds no words that a reader of the page would see")
    yield Document(
        original.filename, "text/html", original.sha256, text, url=head.url, metadata=(*metadata, *locate(head, text))
    )


def _is_pit(markup: str) -> bool:
    """Say whether elements nest so deep that the parser, which takes the square of the depth, would hang."""
    if markup.count("<") < _MANY_TAGS:
        return False
    depth = 0
    for tag in _NESTING_TAG.finditer(markup):
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > _PARSER_DEPTH:
            return True
    return False


def _write_unseen_title(head: Head, builder: TextBuilder) -> None:
    """The page's title goes on top as metadata if the page itself does not show it, or a part of it."""
    shown = builder.written()
    if not any(is_shown(part, shown) for part in head.title_parts):
        builder.prepend(head.title_words, "metadata", {"field": "title"})


def _without_false_furniture(text: Text) -> Text:
    """What holds most of the page's words is not its furniture, whatever its class is called."""
    limit = len(text) * _MOSTLY
    kept = tuple(
        region
        for region in text.regions
        if region.kind != "furniture" or region.end - region.start <= limit or region.attributes.get("by") == "tag"
    )
    return text if len(kept) == len(text.regions) else Text(text.value, kept)
