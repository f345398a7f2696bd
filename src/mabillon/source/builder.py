"""Text and the map of what its markup says, made together so that they cannot disagree.

A reader writes words and breaks in order; regions and metadata are opened and closed around what it writes. White
space between two words is decided when the second word comes (a space, a line end, a blank line), so no region
begins or ends with white space and no line does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mabillon.document import Metadatum
from mabillon.text import Region, Span, Text, normalize

_BLANKS = " \t\n\r\f\u2028\u2029\x85"
_INLINE_SPACE = re.compile(f"[{_BLANKS[1:]}][{_BLANKS}]*| [{_BLANKS}]+")  # a single space needs no change
_UNSEEN = str.maketrans(
    {"\xa0": " ", "\xad": None, "\u200b": None, "\u2060": None, "\ufeff": None, "\x00": "\ufffd", "\x0b": " "}
)
_KEPT = str.maketrans({"\x00": "\ufffd", "\ufeff": None, "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\r": "\n"})
_SAFE_CHUNK = re.compile("[\x00-\x7f]+[^\x00-\x7f]*|[^\x00-\x7f]+")
_LONG_CLUSTER = re.compile(
    "([\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
                           "\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe20-\ufe2f]{30})")  # fmt: skip
_NOTHING: Mapping[str, str] = {}


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list set as running text."""
    return frozenset(words.split())


def bound_clusters(raw: str) -> str:
    """Return `raw` in Stream-Safe Text Format (UAX #15, 13): never more than 30 combining marks in a row.

    Normalization takes the square of the time for a longer row, which no writing system has.
    """
    return raw if raw.isascii() else _LONG_CLUSTER.sub("\\1\u034f", raw)


def normal_text(raw: str) -> str:
    """Return `raw` as `Text.value` wants it, in time proportional to its length."""
    return normalize(bound_clusters(raw))


@dataclass(slots=True)
class _Mark:
    """A stretch opened in the text: a region if it has a kind, else the words of a metadatum."""

    kind: str
    start: int
    end: int = -1
    attributes: Mapping[str, str] = field(default_factory=dict)
    point: bool = False


@dataclass(frozen=True, slots=True)
class _Statement:
    field: str
    value: str
    mark: int | None
    group: int
    attributes: Mapping[str, str]


class TextBuilder:
    """Writes one document's text. Offsets are known only after `finish`; until then a mark is a number.

    `tight`: drop the spaces that XML indented by a program has inside brackets and before commas.
    """

    def __init__(self, tight: bool = False) -> None:
        self._tight = tight
        self._pieces: list[str] = []
        self._length = 0
        self._space = 0  # spaces before the next word, if it is on the same line
        self._breaks = 0
        self._glued = False
        self._waiting: list[_Mark] = []
        self._marks: list[_Mark] = []
        self._statements: list[_Statement] = []

    @property
    def length(self) -> int:
        """Characters written so far (before normalization)."""
        return self._length

    @property
    def last(self) -> str:
        """The character that the next word would stand beside; "" at the start of a line or after a space."""
        return "" if self._breaks or self._space or not self._pieces else self._pieces[-1][-1:]

    @property
    def at_line_start(self) -> bool:
        return self._breaks > 0 or self._length == 0

    def _write(self, words: str) -> None:
        if self._breaks:
            if self._length:
                self._pieces.append("\n" * self._breaks)
                self._length += self._breaks
            self._breaks = 0
        elif self._space and self._length and not (self._tight and self._is_tight(words)):
            self._pieces.append(" " * self._space)
            self._length += self._space
        self._space, self._glued = 0, False
        if self._waiting:
            for mark in self._waiting:
                mark.start = mark.end = self._length
            self._waiting.clear()
        self._pieces.append(words)
        self._length += len(words)

    def _is_tight(self, words: str) -> bool:
        """No space inside brackets or before a comma, however ragged the white space of the encoding is."""
        return words[0] in ",)" or self._pieces[-1][-1:] == "("

    def inline(self, raw: str) -> None:
        """Write running text: white space collapses as in a browser, no-break spaces become spaces and stay."""
        words = _INLINE_SPACE.sub(" ", raw)
        if words[:1] == " ":
            words = words[1:]
            if not self._glued:
                self._space = self._space or 1
        after = words[-1:] == " "
        if after:
            words = words[:-1]
        if not words.isascii():
            words = words.translate(_UNSEEN)
        if self.at_line_start:
            words = words.lstrip(" ")
        bare = words.rstrip(" ")
        if bare:
            self._write(bare)
        held = len(words) - len(bare)  # no-break spaces at the end of a line are never seen
        if held:
            self._space += held + after
        elif after and not self._glued:
            self._space = self._space or 1

    def verbatim(self, raw: str) -> None:
        """Write preformatted text: spaces, tabs, form feeds and blank lines stay as they are."""
        raw = raw.replace("\r\n", "\n").translate(_KEPT)
        words = raw.rstrip("\n")
        ends = len(raw) - len(words)
        if not words.strip("\n"):
            self._breaks += len(raw)
            return
        if self._breaks or not self._length:
            words = words.lstrip("\n")
        self._write(words)
        self._breaks = ends

    def word(self, words: str) -> None:
        """Write `words` as they are, where the markup implies them (the number of a list item, a note's mark)."""
        self._write(words)

    def gap(self) -> None:
        """A space before the next word, if it is on the same line."""
        self._space = self._space or 1

    def prepend(self, words: str, kind: str, attributes: Mapping[str, str] = _NOTHING) -> None:
        """Put a line of `words`, and a blank line, before all that was written."""
        words = words.translate(_UNSEEN)
        if not words:
            return
        piece = words + ("\n\n" if self._length else "")
        self._pieces.insert(0, piece)
        self._length += len(piece)
        for mark in self._marks:
            mark.start += len(piece)
            mark.end += len(piece) if mark.end >= 0 else 0
        self._marks.append(_Mark(kind, 0, len(words), attributes))

    def written(self) -> str:
        """Return what was written so far."""
        return "".join(self._pieces)

    def glue(self) -> None:
        """What follows goes on where the last word ended, whatever white space the encoding has between them."""
        self._space, self._glued = 0, True

    def line_break(self) -> None:
        """End the line, as `<br>` does; twice leaves a blank line."""
        self._breaks = max(self._breaks, min(2, self._breaks + 1))

    def line_end(self) -> None:
        """End the line and keep every blank line, for formats whose lines are the author's own."""
        self._breaks += 1

    def block(self, blank_line: bool = False) -> None:
        """What follows starts a line; with `blank_line` a blank line stands before it."""
        self._breaks = max(min(self._breaks, 2), 2 if blank_line else 1)

    def open(self, kind: str = "", attributes: Mapping[str, str] = _NOTHING) -> int:
        """Open a region of this kind (a mere stretch of words without one) and return its mark."""
        self._marks.append(_Mark(kind, self._length, -1, attributes))
        return len(self._marks) - 1

    def close(self, mark: int) -> None:
        self._marks[mark].end = self._length

    def change(self, mark: int, kind: str, attributes: Mapping[str, str] = _NOTHING) -> None:
        """Say what a mark is once it is known."""
        self._marks[mark].kind, self._marks[mark].attributes = kind, attributes

    def point(self, kind: str, attributes: Mapping[str, str] = _NOTHING) -> None:
        """Note something without words that stands before the next word (a page break)."""
        mark = _Mark(kind, self._length, self._length, attributes, point=True)
        self._marks.append(mark)
        self._waiting.append(mark)

    def words(self, mark: int) -> str:
        """Return what was written since a mark was opened (for short stretches)."""
        start, at, found = self._marks[mark].start, self._length, []
        for piece in reversed(self._pieces):
            if at <= start:
                break
            at -= len(piece)
            found.append(piece if at >= start else piece[start - at :])
        return "".join(reversed(found)).strip()

    def state(
        self,
        field: str,
        value: str = "",
        mark: int | None = None,
        group: int = 0,
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        """State a metadatum: with a mark its value is the words there, else it is `value`."""
        self._statements.append(_Statement(field, value, mark, group, attributes))

    def finish(self) -> tuple[Text, tuple[Metadatum, ...]]:
        """Return the normalized text with its regions in text order, and the metadata in the order stated."""
        raw = "".join(self._pieces)
        spans = [(mark.start, mark.end if mark.end >= 0 else self._length) for mark in self._marks]
        value = bound_clusters(raw)
        if value is not raw or not unicodedata.is_normalized("NFC", value):
            value, spans = _normalize_with(raw, spans)
        spans = [span if mark.point else _trim(value, *span) for mark, span in zip(self._marks, spans, strict=True)]
        regions = sorted(
            (
                Region(mark.kind, span[0], span[1], mark.attributes)
                for mark, span in zip(self._marks, spans, strict=True)
                if mark.kind and (span[1] > span[0] or mark.point)
            ),
            key=lambda region: (region.start, -region.end),
        )
        return Text(value, tuple(regions)), tuple(self._metadata(value, spans))

    def _metadata(self, value: str, spans: Sequence[Span]) -> Iterable[Metadatum]:
        for said in self._statements:
            span = spans[said.mark] if said.mark is not None else None
            if span is not None and span[0] == span[1]:
                span = None
            words = value[span[0] : span[1]] if span is not None else normal_text(said.value)
            if words:
                yield Metadatum(said.field, words, span, said.group, said.attributes)


def _trim(value: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends."""
    while start < end and value[start].isspace():
        start += 1
    while end > start and value[end - 1].isspace():
        end -= 1
    return (start, end)


def _normalize_with(raw: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Return `raw` in NFC and `spans` counted in it.

    ASCII characters never compose with what stands before them, so chunks that begin with one are normalized apart;
    an offset inside a chunk becomes the length of the normalized part before it.
    """
    wanted = sorted({offset for span in spans for offset in span})
    moved: dict[int, int] = {}
    pieces: list[str] = []
    length = 0
    for chunk in _SAFE_CHUNK.finditer(raw):
        start, end = chunk.span()
        normal = unicodedata.normalize("NFC", bound_clusters(chunk[0]))
        last = 0
        for offset in wanted[bisect_left(wanted, start) : bisect_left(wanted, end)]:
            before = unicodedata.normalize("NFC", bound_clusters(raw[start:offset]))
            last = min(len(normal), max(last, len(before)))
            moved[offset] = length + last
        pieces.append(normal)
        length += len(normal)
    moved.update((offset, length) for offset in wanted if offset >= len(raw))
    return "".join(pieces), [(moved[start], moved[end]) for start, end in spans]
