"""A text set for reading: logical lines, hard-wrapped lines joined, zones, enclosures; every character in one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mabillon.record import Record, values_of
from mabillon.text import Line, Span, Text

_WRAPS = range(46, 101)
"""Widths at which plain texts are wrapped by hand or machine: typewriters set 60 to 72, printers up to 100."""
_RULE = re.compile(r"[\s\-_=*~–—.·]{5,}$")
_LIST = re.compile(r"\s*(?:[-*•–]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")
_BULLET = re.compile(r"[-*•–]\s|\(?[a-z][.)]\s")
_NOTE_MARK = re.compile(r"\[(?:\d{1,3}|[*†‡§]{1,2}|[a-z])\]|[¹²³⁰⁴-⁹]{1,3}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(slots=True)
class Block:
    """One paragraph or line as it is set. `[start, end)` includes the line ends behind it. `call` is where the mark
    stands in the text that calls this block, if it is a footnote."""

    start: int
    end: int
    kind: str
    gap: bool = False
    soft: bool = False
    right_to_left: bool = False
    call: Span | None = None


@dataclass(slots=True)
class Stretch:
    """Blocks that follow each other and belong to one record: `path` is () for the cover, (0,) its first enclosure."""

    path: tuple[int, ...]
    blocks: list[Block] = field(default_factory=list)
    first: bool = True


def blocks_of(text: Text, body: Sequence[Span], proper: Span | None = None) -> list[Block]:
    """Return the blocks of `text` in order; joined they are the whole text.

    `body` holds the spans of the text proper; `proper` is where the document itself begins and ends: what stands
    outside it is the archive's or the site's.
    """
    blocks: list[Block] = []
    gap = False
    for group in _groups(text):
        if not group[0].text.strip():
            gap = True
            _stretch_to(blocks, group, len(text))
            continue
        for lines in _logical_lines(group):
            blocks.append(_block(lines, body, gap, proper or (0, len(text))))
            gap = False
    if not blocks and len(text):
        blocks.append(Block(0, len(text), "line"))
    if blocks:
        _find_notes(text, blocks)
        blocks[0].start, blocks[-1].end = 0, len(text)
        for before, after in zip(blocks, blocks[1:], strict=False):
            before.end = after.start
    return blocks


def _find_notes(text: Text, blocks: list[Block]) -> None:
    """Tell footnotes: blocks that begin with a mark (`[1]`, `[*]`, `¹`) which stands in running words before them. The
    first such mark since the last footnote of its kind calls it: numbers may begin anew on each page."""
    called: dict[str, Span] = {}
    for block in blocks:
        for found in _NOTE_MARK.finditer(text[block.start, block.end]):
            mark = found.group()
            if found.start() > 0:
                called.setdefault(mark, (block.start + found.start(), block.start + found.end()))
            elif mark in called:
                block.call, block.kind = called.pop(mark), "footnote"


def _stretch_to(blocks: list[Block], group: list[Line], length: int) -> None:
    if blocks:
        blocks[-1].end = min(length, group[-1].end + 1)


def _groups(text: Text) -> Iterator[list[Line]]:
    """Yield runs of lines that are all blank or all not."""
    group: list[Line] = []
    for line in text.lines:
        if group and bool(line.text.strip()) != bool(group[-1].text.strip()):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _logical_lines(group: list[Line]) -> Iterator[list[Line]]:
    """Join lines that were broken only because the next word did not fit."""
    width = max(len(line.text.rstrip()) for line in group)
    joined = [group[0]]
    for line in group[1:]:
        if width in _WRAPS and _was_wrapped(joined[-1], line, width):
            joined.append(line)
        else:
            yield joined
            joined = [line]
    yield joined


def _was_wrapped(line: Line, following: Line, width: int) -> bool:
    word = following.text.split(maxsplit=1)[0]
    indented = len(following.text) - len(following.text.lstrip()) > len(line.text) - len(line.text.lstrip()) + 1
    return len(line.text.rstrip()) + 1 + len(word) > width and not indented and not _LIST.match(following.text)


def _block(lines: list[Line], body: Sequence[Span], gap: bool, proper: Span) -> Block:
    start, end = lines[0].start, lines[-1].end
    words = " ".join(line.text.strip() for line in lines)
    kind = _kind(words, start, end, body) if _meets((start, end), proper) else "archive"
    return Block(start, end, kind, gap, len(lines) > 1, _reads_right_to_left(words))


def _kind(words: str, start: int, end: int, body: Sequence[Span]) -> str:
    if _RULE.match(words):
        return "rule"
    if any(start < last and first < end for first, last in body):
        return "item" if _BULLET.match(words) and len(words) < 300 else "prose"
    return "note" if len(words) > 110 else "line"


def _reads_right_to_left(words: str) -> bool:
    letters = [c for c in words[:200] if c.isalpha()]
    return bool(letters) and sum(bool(_RIGHT_TO_LEFT.match(c)) for c in letters) * 2 > len(letters)


def stretches_of(text: Text, record: Record) -> list[Stretch]:
    """Return the text as stretches, each of the cover or of one enclosure, nested enclosures included."""
    blocks = blocks_of(text, body_spans(record), proper_extent(record, text))
    owners = sorted(extents_of(record, (), (0, len(text))), key=lambda owner: len(owner[1]))
    found: list[Stretch] = []
    begun: set[tuple[int, ...]] = set()
    for block in blocks:
        path: tuple[int, ...] = ()
        for (first, last), candidate in owners:
            if first <= block.start and block.start < last:
                path = candidate
        if not found or found[-1].path != path:
            found.append(Stretch(path, first=path not in begun))
            begun.add(path)
        found[-1].blocks.append(block)
    return found


def proper_lines(record: Record) -> list[str]:
    """Return the paragraphs and lines of the document, without what the archive or the site says around it."""
    text = Text(record.source.text if record.source and record.source.text else "")
    blocks = blocks_of(text, body_spans(record), proper_extent(record, text))
    lines = (" ".join(text[block.start, block.end].split()) for block in blocks if block.kind != "archive")
    return [line for line in lines if line]


def body_spans(record: Record) -> list[Span]:
    """Return the spans of the text proper of `record` and of all its enclosures."""
    own = [(start, end) for start, end in record.body.spans] if record.body else []
    return own + [span for enclosure in record.enclosures for span in body_spans(enclosure)]


def proper_extent(record: Record, text: Text) -> Span | None:
    """Return where the document itself stands: from its first value to its last, those of the archive left out.

    Where the archive's last words stand above the first value, the document begins right behind them.
    """
    archival = [span for part in (record.title, record.catalogue) for value in values_of(part) for span in value.spans]
    spans = [span for span in _all_spans(record) if not any(_lies_in(span, other) for other in archival)]
    if not spans:
        return None
    first = min(start for start, _ in spans)
    behind = [text.line_at(end).end + 1 for _, end in archival if end <= first]
    return min(first, max(behind, default=first)), max(end for _, end in spans)


def _all_spans(record: Record) -> list[Span]:
    below = [span for enclosure in record.enclosures for span in _all_spans(enclosure)]
    return _own_spans(record, ("title", "catalogue", "date", "language")) + below


def extents_of(record: Record, path: tuple[int, ...], limits: Span) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield where each enclosure of `record` stands: its body, and what of its values stands beside it.

    Values of the cover are fences: what lies beyond one is the cover's, even where it names the enclosure.
    """
    fences = _own_spans(record)
    bodies = [body_spans(enclosure) for enclosure in record.enclosures]
    for index, enclosure in enumerate(record.enclosures):
        others = [span for n, spans in enumerate(bodies) if n != index for span in spans]
        extent = _extent(enclosure, fences + others, limits)
        if extent:
            yield extent, (*path, index)
            yield from extents_of(enclosure, (*path, index), extent)


def _own_spans(record: Record, but: tuple[str, ...] = ()) -> list[Span]:
    left_out = ("enclosures", "findings", "mentions", *but)
    fields = (name for name in record.__struct_fields__ if name not in left_out)
    spans = [span for name in fields for value in values_of(getattr(record, name)) for span in value.spans]
    return spans + [(start, end) for start, end in (record.body.spans if record.body else [])]


def _extent(enclosure: Record, fences: list[Span], limits: Span) -> Span | None:
    own = _own_spans(enclosure)
    core = body_spans(enclosure) or [span for span in own if not any(_meets(span, fence) for fence in fences)]
    if not core:
        return None
    start, end = min(s for s, _ in core), max(e for _, e in core)
    lower = max([limits[0], *(e for _, e in fences if e <= start)])
    upper = min([limits[1], *(s for s, _ in fences if s >= end)])
    for first, last in own:
        if lower <= first and last <= upper:
            start, end = min(start, first), max(end, last)
    return start, end


def _lies_in(one: Span, other: Span) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
