"""Text → parts: each document of a source as zoned lines, its enclosures as parts of their own."""

from __future__ import annotations

from collections.abc import Sequence

from mabillon.document import Document
from mabillon.form.blocks import settle_blocks
from mabillon.form.bundles import cut
from mabillon.form.enclosures import find_enclosures, split_dateline
from mabillon.form.repair import repair
from mabillon.form.zoner import zone_lines
from mabillon.parts import Part, PartLine


def split(document: Document) -> list[Part]:
    """Return the documents that `document` holds, in text order, each with its enclosures.

    A source with one document gives one part that keeps it as it is; a bundle gives a part for each, with a
    document of its own whose text, regions and metadata are cut to it.
    """
    return [_part(each, zone_lines(each.text)) for each in cut(document)]


def _part(document: Document, lines: Sequence[PartLine]) -> Part:
    settle_blocks(lines)
    found = find_enclosures(lines, document.text)
    own = [line for at, line in enumerate(lines) if not any(first <= at < last for first, last in found)]
    enclosures = []
    for first, last in found:
        inner = list(lines[first:last])
        if inner[0].text.lstrip()[:1] in '“"«„' and inner[0].zone == "body":
            inner = [*split_dateline(inner[0]), *inner[1:]]
        enclosures.append(_part(document, inner))
    repair(own)
    start, end = (lines[0].start, lines[-1].end) if lines else (0, 0)
    inside = tuple(region for region in document.text.regions if region.start < end and region.end > start)
    return Part(document, own, enclosures, inside)
