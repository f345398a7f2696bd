"""What the files of word processors have in common: paragraphs, tables, notes and page breaks, and how they are set.

A line of the paper is most often a paragraph of the transcript, so that paragraphs stand on lines of their own, and an
empty one is a blank line. Where a file has no empty paragraphs at all, its paragraphs are parted by blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mabillon.document import Document
from mabillon.source.builder import TextBuilder
from mabillon.source.original import Original

START = re.compile(r"\W*START (?:LETTER|DOCUMENT|TEXT)\W*", re.IGNORECASE)
"""A line that parts the documents of a bundle; the notes of the one before stand before it."""


@dataclass(slots=True)
class Run:
    """Words set alike. emphasis: "", "italic", "bold" or "underline"."""

    words: str
    emphasis: str = ""
    capitals: bool = False


@dataclass(slots=True)
class LineBreak:
    pass


@dataclass(slots=True)
class PageBreak:
    pass


@dataclass(slots=True)
class Note:
    """A footnote or endnote at its mark."""

    paragraphs: list[Paragraph]


Inline = Run | LineBreak | PageBreak | Note


@dataclass(slots=True)
class Paragraph:
    """level: of a heading, 0 for none; label: the number of a list item, as set; item: whether it is one."""

    inlines: list[Inline] = field(default_factory=list)
    level: int = 0
    label: str = ""
    item: bool = False
    right: bool = False

    @property
    def words(self) -> str:
        return "".join(inline.words for inline in self.inlines if isinstance(inline, Run))


@dataclass(slots=True)
class Table:
    """Rows of cells of paragraphs."""

    rows: list[list[list[Paragraph]]]


Block = Paragraph | Table


def document_of(original: Original, media_type: str, blocks: Sequence[Block]) -> Document:
    """Return the one document of a transcript (a bundle is cut later, at its marks). Raises SourceError if it has no
    words."""
    writer = _Writer(any(isinstance(block, Paragraph) and not block.inlines for block in blocks))
    for block in blocks:
        writer.block(block)
    writer.write_notes()
    text, metadata = writer.builder.finish()
    if not text.value.strip():
        raise original.fail("holds no words")
    return Document(original.filename, media_type, original.sha256, text, metadata=metadata)


class _Writer:
    def __init__(self, own_lines: bool) -> None:
        self.builder = TextBuilder()
        self._own_lines = own_lines
        self._notes: list[tuple[str, Note]] = []
        self._counter = 0

    def block(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif not block.inlines and not block.label:
            self.builder.line_end()
        else:
            self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> None:
        if START.fullmatch(block.words):
            self.write_notes()
            self._counter = 0
        elif block.level or isinstance(block.inlines[0] if block.inlines else None, PageBreak):
            self.write_notes()
        spaced = bool(block.level) or not (self._own_lines or block.item)
        self.builder.block(blank_line=spaced)
        marks = [self._opened(block)]
        if block.right:
            marks.append(self.builder.open("right"))
        self._label(block)
        self._inlines(block.inlines)
        for mark in marks:
            self.builder.close(mark)
        if self._own_lines and not spaced:
            self.builder.line_end()
        else:
            self.builder.block(blank_line=spaced)

    def _opened(self, block: Paragraph) -> int:
        if block.level:
            return self.builder.open("heading", {"level": str(min(block.level, 6))})
        return self.builder.open("item" if block.item else "paragraph")

    def _label(self, block: Paragraph) -> None:
        if block.label:
            self.builder.word(block.label)
            self.builder.gap()

    def _inlines(self, inlines: Sequence[Inline], flat: bool = False) -> None:
        for inline in inlines:
            if isinstance(inline, Run):
                self._run(inline)
            elif isinstance(inline, Note):
                self._mark(inline)
            elif isinstance(inline, PageBreak):
                self._page_break(flat)
            elif flat:
                self.builder.gap()
            else:
                self.builder.line_break()

    def _run(self, run: Run) -> None:
        builder = self.builder
        marks = [builder.open("emphasis", {"rend": run.emphasis})] if run.emphasis else []
        if run.capitals:
            marks.append(builder.open("small-capitals"))
        for at, piece in enumerate(run.words.split("\t")):
            if at and not builder.at_line_start:
                builder.verbatim("\t")
            builder.inline(piece)
        for mark in marks:
            builder.close(mark)

    def _page_break(self, flat: bool) -> None:
        if not flat and not self.builder.at_line_start:
            self.builder.line_break()
        self.builder.point("page-break")

    def _mark(self, note: Note) -> None:
        self._counter += 1
        number = str(self._counter)
        mark = self.builder.open("footnote-mark", {"n": number})
        self.builder.inline(f"[{number}]")
        self.builder.close(mark)
        self._notes.append((number, note))

    def write_notes(self) -> None:
        """Write the notes gathered so far, each `[n] words`, in a block of their own."""
        if not self._notes:
            return
        self.builder.block(blank_line=True)
        for number, note in self._notes:  # grows while notes within notes are found
            self.builder.block()
            region = self.builder.open("footnote", {"n": number})
            self.builder.inline(f"[{number}] ")
            for at, paragraph in enumerate(note.paragraphs):
                if at:
                    self.builder.block()
                self._inlines(paragraph.inlines, flat=True)
            self.builder.close(region)
        self._notes = []
        self.builder.block(blank_line=True)

    def _table(self, table: Table) -> None:
        builder = self.builder
        builder.block(blank_line=True)
        whole = builder.open("table")
        for cells in table.rows:
            builder.block()
            row = builder.open("row")
            for at, cell in enumerate(cells):
                if at and not builder.at_line_start:
                    builder.verbatim("\t")
                elif at and any(paragraph.inlines for paragraph in cell):
                    builder.verbatim("\t" * at)  # the columns before it are empty
                self._cell(cell)
            builder.close(row)
        builder.close(whole)
        builder.block(blank_line=True)

    def _cell(self, cell: Sequence[Paragraph]) -> None:
        mark = self.builder.open("cell")
        for at, paragraph in enumerate(cell):
            if at:
                self.builder.gap()
            self._label(paragraph)
            self._inlines(paragraph.inlines, flat=True)
        self.builder.close(mark)


def trimmed(inlines: Sequence[Inline]) -> list[Inline]:
    """Return a paragraph's inlines with runs set alike joined, and none where there is nothing but white space."""
    return list(_joined(inlines)) if any(not isinstance(one, Run) or one.words.strip() for one in inlines) else []


def _joined(inlines: Sequence[Inline]) -> Iterator[Inline]:
    held: Run | None = None
    for inline in inlines:
        if not isinstance(inline, Run):
            if held is not None:
                yield held
            held = None
            yield inline
        elif held is not None and (held.emphasis, held.capitals) == (inline.emphasis, inline.capitals):
            held = Run(held.words + inline.words, held.emphasis, held.capitals)
        else:
            if held is not None:
                yield held
            held = inline
    if held is not None:
        yield held
