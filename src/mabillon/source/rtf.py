"""RTF (Microsoft's Rich Text Format 1.9.1): transcripts as most word processors can save them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from mabillon.document import Document
from mabillon.source.original import Original
from mabillon.source.rtf_words import CHARSETS, PAGES, SIGNS, SYMBOLS, TOGGLES, TOKEN, UNSEEN, code_page
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

_DEEPEST = 1000
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def read(original: Original) -> Iterator[Document]:
    """Yield the one document of an RTF file. Raises SourceError for one without words or nested without end."""
    reader = _Reader(original)
    yield document_of(original, "application/rtf", reader.blocks())


@dataclass(slots=True)
class _Flow:
    """Text that runs by itself: the body, or a note."""

    blocks: list[Block] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    cell: list[Paragraph] = field(default_factory=list)
    row: list[list[Paragraph]] = field(default_factory=list)
    rows: list[list[list[Paragraph]]] = field(default_factory=list)
    label: str = ""

    def paragraph(self, level: int, right: bool) -> Paragraph:
        made = Paragraph(trimmed(self.inlines), level, " ".join(self.label.split()), bool(self.label), right)
        self.inlines, self.label = [], ""
        return made

    def end_table(self) -> None:
        if self.rows:
            self.blocks.append(Table(self.rows))
        self.rows = []


@dataclass(slots=True)
class _State:
    """What a group sets and its end undoes. `kind` is what its words are: "" for text."""

    flow: _Flow
    kind: str = ""
    looks: frozenset[str] = frozenset()
    font: int = -1
    fallback: int = 1
    style: int = 0
    right: bool = False
    in_table: bool = False


class _Reader:
    def __init__(self, original: Original) -> None:
        self._original = original
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, str] = {}
        self._body = _Flow()
        self._state = _State(self._body)
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._units: list[int] = []
        self._unread = 0  # signs that stand for one in Unicode, for readers that do not know it
        self._starred = False

    def blocks(self) -> list[Block]:
        content, at = self._original.whole, 0
        while found := TOKEN.match(content, at):
            at = found.end()
            if found["text"] is not None:
                self._text(found["text"])
            elif found["hex"] is not None:
                self._text(bytes([int(found["hex"], 16)]))
            elif found["group"] is not None:
                self._group(found["group"])
            elif found["sign"] is not None:
                self._symbol(found["sign"])
            elif found["word"] is not None:
                number = int(found["number"]) if found["number"] is not None else None
                if found["word"] == b"bin":
                    at += max(0, number or 0)
                self._word(found["word"].decode("ascii"), number)
        while self._stack:
            self._group(b"}")
        self._decode()
        if self._body.inlines:
            self._end_paragraph()
        self._body.end_table()
        return self._body.blocks

    # groups

    def _group(self, sign: bytes) -> None:
        self._decode()
        self._unread = 0
        if sign == b"{":
            if len(self._stack) == _DEEPEST:
                raise self._original.fail(f"is nested more than {_DEEPEST:,} groups deep")
            self._stack.append(replace(self._state))
            self._starred = False
            return
        if not self._stack:
            return
        inner, self._state = self._state, self._stack.pop()
        if inner.flow is not self._state.flow:
            self._end_note(inner)

    def _end_note(self, inner: _State) -> None:
        flow = inner.flow
        paragraphs = [block for block in flow.blocks if isinstance(block, Paragraph)]
        paragraphs.append(flow.paragraph(0, False))
        said = [paragraph for paragraph in paragraphs if paragraph.inlines]
        if said:
            self._state.flow.inlines.append(Note(said))

    # words

    def _text(self, raw: bytes) -> None:
        if self._unread:
            passed = min(self._unread, len(raw))
            self._unread -= passed
            raw = raw[passed:]
        if raw and self._state.kind != "unseen":
            if self._units:
                self._decode()
            self._bytes += raw

    def _decode(self) -> None:
        """Write the bytes, or the Unicode signs, that were gathered."""
        if self._bytes:
            codec = self._fonts.get(self._state.font) or self._page
            self._write(self._bytes.decode(codec, "replace"))
            self._bytes.clear()
        if self._units:
            raw = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            self._units = []
            self._write(raw.decode("utf-16-le", "replace"))

    def _write(self, words: str) -> None:
        state = self._state
        if state.kind == "fonts":
            return
        if state.kind == "styles":
            self._styles[state.style] = self._styles.get(state.style, "") + words
        elif state.kind == "label":
            state.flow.label += words
        elif state.kind == "" and not state.looks & {"hidden", "deleted"}:
            emphasis = next((rend for rend in ("italic", "bold", "underline") if rend in state.looks), "")
            words = re.sub(" {2,}", lambda spaces: "\xa0" * len(spaces[0]), words)
            state.flow.inlines.append(Run(words, emphasis, "capitals" in state.looks))

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\r\n":
            self._end_paragraph()
        elif sign in SYMBOLS and self._state.kind != "unseen":
            self._decode()
            self._write(SYMBOLS[sign])

    def _word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._unicode(number or 0)
            return
        self._decode()
        starred, self._starred = self._starred, False
        state = self._state
        if state.kind == "unseen":
            return
        action = _ACTIONS.get(word)
        if word in TOGGLES:
            one = frozenset((TOGGLES[word],))
            state.looks = state.looks - one if number == 0 else state.looks | one
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif action is not None:
            action(self, number if number is not None else 1)
        elif word in PAGES:
            self._page = PAGES[word]
        elif starred or word in UNSEEN:
            state.kind = "unseen"

    def _unicode(self, number: int) -> None:
        if self._bytes:
            self._decode()
        if self._state.kind != "unseen":
            self._units.append(number % 65536)
        self._unread = self._state.fallback

    # what control words do

    def _end_paragraph(self, _: int = 1) -> None:
        self._decode()
        state, flow = self._state, self._state.flow
        if state.kind:
            return
        made = flow.paragraph(self._level(), state.right)
        if state.in_table:
            flow.cell.append(made)
            return
        flow.end_table()
        flow.blocks.append(made)

    def _level(self) -> int:
        name = self._styles.get(self._state.style, "").strip(" ;")
        found = _HEADING.match(name)
        return max(1, int(found[1])) if found else {"title": 1, "subtitle": 2}.get(name.casefold(), 0)

    def _end_cell(self, _: int) -> None:
        flow = self._state.flow
        flow.cell.append(flow.paragraph(0, False))
        flow.row.append([paragraph for paragraph in flow.cell if paragraph.inlines or paragraph.label])
        flow.cell = []

    def _end_row(self, _: int) -> None:
        flow = self._state.flow
        if flow.row:
            flow.rows.append(flow.row)
        flow.row = []

    def _begin_note(self, _: int) -> None:
        self._state.flow = _Flow()
        self._state.in_table = False

    def _line(self, _: int) -> None:
        self._state.flow.inlines.append(LineBreak())

    def _new_page(self, _: int) -> None:
        self._state.flow.inlines.append(PageBreak())

    def _plain(self, _: int) -> None:
        self._state.looks, self._state.font = frozenset(), -1

    def _reset(self, _: int) -> None:
        if self._state.kind == "":
            self._state.right, self._state.style, self._state.in_table = False, 0, False

    def _align_right(self, _: int) -> None:
        self._state.right = True

    def _no_line(self, _: int) -> None:
        self._state.looks -= {"underline"}

    def _into_table(self, _: int) -> None:
        self._state.in_table = True

    def _set_style(self, number: int) -> None:
        self._state.style = number

    def _set_font(self, number: int) -> None:
        self._state.font = number

    def _set_charset(self, number: int) -> None:
        if self._state.kind == "fonts" and number in CHARSETS:
            self._fonts[self._state.font] = CHARSETS[number]

    def _set_page(self, number: int) -> None:
        self._page = code_page(number)

    def _set_fallback(self, number: int) -> None:
        self._state.fallback = max(0, min(number, 100))

    def _fonts_begin(self, _: int) -> None:
        self._state.kind = "fonts"

    def _styles_begin(self, _: int) -> None:
        self._state.kind = "styles"

    def _label_begin(self, _: int) -> None:
        self._state.kind = "label"


_ACTIONS: dict[str, Callable[[_Reader, int], None]] = {
    "par": _Reader._end_paragraph, "sect": _Reader._end_paragraph, "line": _Reader._line, "page": _Reader._new_page,
    "pagebb": _Reader._new_page, "cell": _Reader._end_cell, "row": _Reader._end_row, "footnote": _Reader._begin_note,
    "plain": _Reader._plain, "pard": _Reader._reset, "qr": _Reader._align_right, "ulnone": _Reader._no_line,
    "intbl": _Reader._into_table, "s": _Reader._set_style, "f": _Reader._set_font, "fcharset": _Reader._set_charset,
    "ansicpg": _Reader._set_page, "uc": _Reader._set_fallback, "fonttbl": _Reader._fonts_begin,
    "stylesheet": _Reader._styles_begin, "listtext": _Reader._label_begin, "pntext": _Reader._label_begin,
}  # fmt: skip
