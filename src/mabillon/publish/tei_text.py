"""The text of a record as TEI. All character data of `text` together is `source.text`: offsets count in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mabillon.publish.tei_pen import Element, element, put_words
from mabillon.record import Record, values_of
from mabillon.text import Span

_BLOCK = re.compile(r"\S.*?(?:\n[ \t]*(?:\n\s*|$)|$)|\s+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text: `kind` is body, apparatus, or enclosure with the number of the enclosure counted from 1."""

    start: int
    end: int
    kind: str
    enclosure: int = 0


def text_element(record: Record, text: str, text_id: str, id: str) -> Element:
    """Return `text`: a `div` for each stretch of body and of what stands around it, `floatingText` for enclosures."""
    made = element(None, "text", xml_id=text_id)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    _divisions(element(made, "body"), record, text, (0, len(text)), id)
    return made


def _divisions(body: Element, record: Record, text: str, within: Span, id: str) -> None:
    for stretch in _merged(stretches(record, within), text):
        division = element(body, "div", type=stretch.kind)
        if not stretch.enclosure:
            _blocks(division, text[stretch.start : stretch.end], "p" if stretch.kind == "body" else "ab", stretch.start)
            continue
        inner = f"{id}.e{stretch.enclosure}"
        floating = element(division, "floatingText", corresp=f"#{inner}")
        enclosed = record.enclosures[stretch.enclosure - 1]
        _divisions(element(floating, "body"), enclosed, text, (stretch.start, stretch.end), inner)


def stretches(record: Record, within: Span) -> list[Stretch]:
    """Cut `within` into stretches without overlaps: bodies first, then enclosures where they leave room, then gaps."""
    taken = [Stretch(*span, "body") for span in _disjoint(record.body.spans if record.body else [], within)]
    for number, enclosure in enumerate(record.enclosures, 1):
        for extent in _extents(enclosure):
            span = max(extent[0], within[0]), min(extent[1], within[1])
            if span[0] < span[1] and not any(span[0] < one.end and one.start < span[1] for one in taken):
                taken.append(Stretch(*span, "enclosure", number))
                break
    taken.sort(key=lambda one: one.start)
    return list(_with_gaps(taken, within))


def _disjoint(spans: list[Span], within: Span) -> Iterator[Span]:
    at = within[0]
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, within[1])
        if start < end:
            yield start, end
            at = end


def _extents(enclosure: Record) -> Iterator[Span]:
    """Yield how far an enclosure reaches: from the first words that tell of it to the last, else its body alone."""
    body = list(enclosure.body.spans) if enclosure.body else []
    spans = [span for value in values_of(enclosure) for span in value.spans] + body
    for found in (spans, body):
        if found:
            yield min(start for start, _ in found), max(end for _, end in found)


def _with_gaps(taken: list[Stretch], within: Span) -> Iterator[Stretch]:
    at = within[0]
    for stretch in taken:
        if stretch.start > at:
            yield Stretch(at, stretch.start, "apparatus")
        yield stretch
        at = stretch.end
    if at < within[1] or not taken:
        yield Stretch(at, within[1], "apparatus")


def _merged(found: list[Stretch], text: str) -> list[Stretch]:
    """Let white space between two stretches belong to the one before it (an enclosure ends where it ends)."""
    kept: list[Stretch] = []
    for one in found:
        before = kept[-1] if kept else None
        if before and one.kind == "apparatus" and before.kind != "enclosure" and not text[one.start : one.end].strip():
            kept[-1] = Stretch(before.start, one.end, before.kind)
        else:
            kept.append(one)
    return kept


def _blocks(division: Element, words: str, name: str, start: int) -> None:
    """Write paragraphs, each with the line ends after it. `lb` marks where a line begins, as the source has it."""
    blocks = _BLOCK.findall(words) or [""]
    for number, block in enumerate(blocks):
        made = element(division, name)
        bare = block.rstrip("\n")
        for index, line in enumerate(bare.split("\n")):
            if index:
                put_words(made, "\n")
            if index or number or start:
                element(made, "lb")
            put_words(made, line)
        put_words(made, block[len(bare) :])
