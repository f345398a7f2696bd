"""HTML as people save it from archive and edition sites.

The text is set as a browser shows it: blocks on lines of their own, a blank line between paragraphs, `<pre>` as it
stands, list numbers written out. Site furniture stays in the text as regions of kind "furniture". The mark of a
footnote is written `[1]`, in the text and before the note. A definition list and a table of labelled values are set
as lines `Label: value`; the cells of other tables are parted by tabs.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from mabillon.document import Document
from mabillon.source.builder import TextBuilder
from mabillon.source.encoding import decode
from mabillon.source.html_head import Head, locate, read_head
from mabillon.source.html_page import PageWriter
from mabillon.source.original import Original
from mabillon.text import Text

_MOSTLY = 0.5


def read(original: Original) -> Iterator[Document]:
    """Yield the one document of a page."""
    parser = LexborHTMLParser(decode(original.whole))
    builder = TextBuilder()
    head = read_head(parser)
    body = parser.body
    shown = "" if body is None else " ".join(body.text(separator=" ").split())
    _write_unseen_title(head, shown, builder)
    if body is not None:
        PageWriter(builder, head.title_words).write(body)
    text, metadata = builder.finish()
    text = _without_false_furniture(text)
    if not text.value.strip():
        raise original.fail("holds no words that a reader of the page would see")
    yield Document(
        original.filename, "text/html", original.sha256, text, url=head.url, metadata=(*metadata, *locate(head, text))
    )


def _write_unseen_title(head: Head, shown: str, builder: TextBuilder) -> None:
    """The page's title goes on top as metadata if the page itself does not show it, or a part of it."""
    title = head.title_words
    shown = shown.casefold()
    if not title or any(part.casefold() in shown for part in head.title_parts):
        return
    mark = builder.open("metadata", {"field": "title"})
    builder.inline(title)
    builder.close(mark)
    builder.block(blank_line=True)


def _without_false_furniture(text: Text) -> Text:
    """What holds most of the page's words is not its furniture, whatever its class is called."""
    limit = len(text) * _MOSTLY
    kept = tuple(
        region
        for region in text.regions
        if region.kind != "furniture" or region.end - region.start <= limit or region.attributes.get("by") == "tag"
    )
    return text if len(kept) == len(text.regions) else Text(text.value, kept)
