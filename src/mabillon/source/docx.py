"""DOCX (ECMA-376, Office Open XML): transcripts as Word and its like save them.

What a reader sees is read: insertions, not deletions; no hidden words, comments, field codes, nor the heads and feet
that stand on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mabillon.document import Document
from mabillon.source.docx_styles import NAME, Numbering, Styles, W, is_on, value_of
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

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PASSED = frozenset(
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr", "sdtPr",
        "footnoteRef", "endnoteRef", "tblPr", "tblGrid", "trPr", "tcPr", "rt", "annotationRef",
    )
) | {f"{_COMPATIBLE}Fallback"}  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011"}
_SPACES = re.compile(" {2,}")  # columns set with spaces stay
_DEEPEST = 200


def read(original: Original) -> Iterator[Document]:
    """Yield the one document of a DOCX. Raises SourceError for a damaged, encrypted or hostile container."""
    container = Container(original)
    if not container.has("word/document.xml"):
        raise original.fail("is a ZIP container without word/document.xml: no document of a word processor")
    yield document_of(original, MEDIA_TYPE, list(_Reader(container).blocks()))


class _Reader:
    def __init__(self, container: Container) -> None:
        self._container = container
        self._styles = Styles(container.tree("word/styles.xml"))
        self._numbering = Numbering(container.tree("word/numbering.xml"))
        self._notes = {
            **self._read_notes("word/footnotes.xml", "footnote"),
            **self._read_notes("word/endnotes.xml", "endnote"),
        }

    def blocks(self) -> Iterator[Block]:
        for node in self._container.blocks("word/document.xml", f"{W}body"):
            yield from self._blocks(node)

    def _read_notes(self, part: str, name: str) -> dict[tuple[str, str], list[Paragraph]]:
        root = self._container.tree(part)
        nodes = root.iter(f"{W}{name}") if root is not None else iter(())
        return {
            (name, node.get(f"{W}id", "")): list(self._paragraphs(node))
            for node in nodes
            if node.get(f"{W}type", "normal") == "normal"
        }

    def _blocks(self, node: Element) -> Iterator[Block]:
        if node.tag == f"{W}p":
            yield self._paragraph(node)
        elif node.tag == f"{W}tbl":
            yield self._table(node)
        elif node.tag not in _PASSED:  # content controls, insertions, compatible alternatives
            for child in node:
                yield from self._blocks(child)

    def _paragraphs(self, node: Element) -> Iterator[Paragraph]:
        """The paragraphs in a note or cell; of a table in it, row after row."""
        for block in (block for child in node for block in self._blocks(child)):
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (paragraph for row in block.rows for cell in row for paragraph in cell)

    def _table(self, node: Element) -> Table:
        rows = []
        for row in node.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is node:
                cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
                rows.append([list(self._paragraphs(cell)) for cell in cells])
        return Table(rows)

    def _paragraph(self, node: Element) -> Paragraph:
        properties = node.find(f"{W}pPr")
        style = self._styles.of(value_of(properties, "pStyle"))
        inlines: list[Inline] = []
        if properties is not None and is_on(properties.find(f"{W}pageBreakBefore")):
            inlines.append(PageBreak())
        inlines += trimmed(list(self._inlines(node, 0)))
        number = self._numbering.label(properties, style.number) if inlines else None
        align = value_of(properties, "jc") or style.align
        return Paragraph(inlines, style.level, number or "", number is not None, align in ("right", "end"))

    def _inlines(self, node: Element, depth: int) -> Iterator[Inline]:
        for child in node:
            if child.tag == f"{W}r":
                yield from self._run(child)
            elif child.tag not in _PASSED and depth < _DEEPEST:
                yield from self._inlines(child, depth + 1)

    def _run(self, node: Element) -> Iterator[Inline]:
        properties = node.find(f"{W}rPr")
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            return
        yield from self._signs(node, *self._look(properties), 0)

    def _signs(self, node: Element, emphasis: str, capitals: bool, depth: int) -> Iterator[Inline]:
        for child in node:
            name = child.tag[len(W) :] if isinstance(child.tag, str) and child.tag.startswith(W) else ""
            if name == "t":
                yield Run(_SPACES.sub(lambda found: "\xa0" * len(found[0]), child.text or ""), emphasis, capitals)
            elif name in _SIGNS:
                yield Run(_SIGNS[name], emphasis, capitals)
            elif name in ("br", "cr"):
                yield PageBreak() if child.get(f"{W}type") == "page" else LineBreak()
            elif name in ("footnoteReference", "endnoteReference"):
                paragraphs = self._notes.pop((name.removesuffix("Reference"), child.get(f"{W}id", "")), None)
                if paragraphs:
                    yield Note(paragraphs)
            elif name == "txbxContent":  # a text box stands where it is anchored
                for paragraph in self._paragraphs(child):
                    yield from (LineBreak(), *paragraph.inlines)
                yield LineBreak()
            elif child.tag not in _PASSED and depth < _DEEPEST:
                yield from self._signs(child, emphasis, capitals, depth + 1)

    @staticmethod
    def _look(properties: Element | None) -> tuple[str, bool]:
        """Say how a run is set; what its style adds is passed by."""
        if properties is None:
            return "", False
        emphasis = next((rend for tag, rend in NAME.items() if is_on(properties.find(f"{W}{tag}"))), "")
        return emphasis, is_on(properties.find(f"{W}smallCaps"))
