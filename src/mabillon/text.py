"""One text, never changed; all else is a view into it.

Offsets everywhere in Mabillon are half-open `[start, end)` and count characters of `Text.value`, which is in
Unicode normalization form C with `\\n` line ends.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Span = tuple[int, int]

_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


def normalize(raw: str) -> str:
    """Return `raw` in the form that offsets count in: NFC, `\\n` line ends, no byte order mark, no NUL."""
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", raw)).replace("\ufeff", "").replace("\x00", "\ufffd")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, without its line end. `text` has its white space left and right still on."""

    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of text of which the source's own markup says what it is.

    `kind` is one of REGION_KINDS; `attributes` holds what the markup adds (level of a heading, number of a
    footnote or page, `role`, `ref`, `when` of a name or date).
    """

    kind: str
    start: int
    end: int
    attributes: Mapping[str, str] = field(default_factory=dict)


REGION_KINDS = frozenset(
    {
        # set by any reader
        "heading", "paragraph", "item", "table", "row", "cell", "quotation", "preformatted", "emphasis",
        "small-capitals", "footnote", "footnote-mark", "page-break", "furniture", "metadata", "stamp", "right",
        # set where the markup names the part of a letter (TEI, class names of an edition's site)
        "opener", "dateline", "salutation", "closer", "signature", "postscript", "source-note", "enclosure",
        "enclosure-heading", "distribution", "participants", "subject",
        # names and dates marked in the text
        "person", "place", "organization", "date", "number",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A normalized text with what the source's markup says of its parts."""

    value: str
    regions: tuple[Region, ...] = ()

    def __getitem__(self, span: Span) -> str:
        return self.value[span[0] : span[1]]

    def __len__(self) -> int:
        return len(self.value)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        found, start = [], 0
        for index, piece in enumerate(self.value.split("\n")):
            found.append(Line(index, start, start + len(piece), piece))
            start += len(piece) + 1
        return tuple(found)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line:
        """Return the line that holds the character at `offset` (a line end belongs to the line it ends)."""
        return self.lines[max(0, bisect_right(self._line_starts, offset) - 1)]

    def regions_of(self, *kinds: str) -> Iterator[Region]:
        """Yield the regions of these kinds in text order."""
        return (region for region in self.regions if region.kind in kinds)
