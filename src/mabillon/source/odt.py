"""ODT (OASIS Open Document Format 1.2, part 1): transcripts as LibreOffice and its like save them.

Words that were deleted with changes tracked, comments, and the heads and feet that stand on every page are not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from mabillon.document import Document
from mabillon.source.odt_styles import OFFICE, TEXT, Lists, Styles, whole
from mabillon.source.office_zip import Container
from mabillon.source.original import Original
from mabillon.source.tei_names import Element
from mabillon.source.transcript import (
    Block,
    Inline,
    LineBreak,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Table,
    document_of,
    trimmed,
)

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DESCRIBED = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PASSED = frozenset(
    {f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms", f"{TEXT}tracked-changes",
     f"{TEXT}sequence-decls", f"{TEXT}ruby-text", f"{TEXT}note-citation", f"{OFFICE}event-listeners"}
)  # fmt: skip
_MOST_SPACES = 200


def read(original: Original) -> Iterator[Document]:
    """Yield the one document of an ODT. Raises SourceError for a damaged, encrypted or hostile container."""
    container = Container(original)
    if b"encryption-data" in container.content("META-INF/manifest.xml"):
        raise original.fail("is encrypted: save it without a password")
    root = container.tree("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise original.fail("is a ZIP container without the text of a word processor")
    styles = container.tree("styles.xml")
    yield document_of(original, MEDIA_TYPE, list(_Reader(root, styles).blocks(body, ())))


class _Reader:
    def __init__(self, root: Element, styles: Element | None) -> None:
        self._styles = Styles(root, styles)
        self._lists = Lists(root, styles)

    def blocks(self, parent: Element, lists: tuple[str, ...]) -> Iterator[Block]:
        """Yield what stands in a text, section, cell or list item; `lists` are the styles of the lists around it."""
        for node in parent:
            if node.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield self._paragraph(node)
            elif node.tag == f"{TEXT}list":
                yield from self._list(node, lists)
            elif node.tag == f"{_TABLE}table":
                yield self._table(node)
            elif node.tag not in _PASSED:
                yield from self.blocks(node, lists)

    def _list(self, node: Element, lists: tuple[str, ...]) -> Iterator[Block]:
        style = node.get(f"{TEXT}style-name") or (lists[-1] if lists else "")
        level = len(lists) + 1
        self._lists.begin(style, level, node.get(f"{TEXT}continue-numbering") == "true")
        for item in node:
            label = self._lists.label(style, level, item) if item.tag == f"{TEXT}list-item" else ""
            for block in self.blocks(item, (*lists, style)):
                if isinstance(block, Paragraph) and not block.item and block.inlines:
                    block.item, block.label, label = True, label, ""
                yield block

    def _paragraphs(self, node: Element) -> Iterator[Paragraph]:
        for block in self.blocks(node, ()):
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (paragraph for row in block.rows for cell in row for paragraph in cell)

    def _table(self, node: Element) -> Table:
        rows = []
        for row in node.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table")) is node:
                cells = (cell for cell in row if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
                rows.append([list(self._paragraphs(cell)) for cell in cells])
        return Table(rows)

    def _paragraph(self, node: Element) -> Paragraph:
        style = node.get(f"{TEXT}style-name", "")
        level = whole(node.get(f"{TEXT}outline-level"), 1) if node.tag == f"{TEXT}h" else 0
        inlines: list[Inline] = [PageBreak()] if self._styles.says(style, "break-before") == "page" else []
        inlines += trimmed(list(self._inlines(node, "", False)))
        align = self._styles.says(style, "text-align")
        return Paragraph(inlines, max(level, self._styles.title_level(style)), right=align in ("end", "right"))

    def _inlines(self, node: Element, emphasis: str, capitals: bool) -> Iterator[Inline]:
        if node.text:
            yield Run(node.text.replace("\t", " "), emphasis, capitals)
        for child in node:
            yield from self._inline(child, emphasis, capitals)
            if child.tail:
                yield Run(child.tail.replace("\t", " "), emphasis, capitals)

    def _inline(self, node: Element, emphasis: str, capitals: bool) -> Iterator[Inline]:
        if node.tag == f"{TEXT}s":
            yield Run("\xa0" * min(whole(node.get(f"{TEXT}c"), 1), _MOST_SPACES), emphasis, capitals)
        elif node.tag == f"{TEXT}tab":
            yield Run("\t", emphasis, capitals)
        elif node.tag == f"{TEXT}line-break":
            yield LineBreak()
        elif node.tag == f"{TEXT}note":
            body = node.find(f"{TEXT}note-body")
            yield Note(list(self._paragraphs(body)) if body is not None else [])
        elif node.tag == f"{TEXT}span":
            style = node.get(f"{TEXT}style-name", "")
            if self._styles.says(style, "display") == "none":
                return
            rend = self._styles.emphasis(style) or emphasis
            yield from self._inlines(node, rend, capitals or self._styles.says(style, "font-variant") == "small-caps")
        elif node.tag == f"{_DRAW}text-box":  # a text box stands where it is anchored
            for paragraph in self._paragraphs(node):
                yield from (LineBreak(), *paragraph.inlines)
            yield LineBreak()
        elif node.tag not in _PASSED and not node.tag.startswith(_DESCRIBED):
            yield from self._inlines(node, emphasis, capitals)
