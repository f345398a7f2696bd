"""What the sequence model sees of each line: its cues, its neighbours', where it stands, what the markup says.

Features are strings. Blank lines are not labelled: that a line follows one is a feature of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mabillon.form.cues import cues_of
from mabillon.form.margins import cut_margin
from mabillon.form.phrases import WORD
from mabillon.text import Line, Text

LAYOUT = frozenset(
    {
        "heading", "item", "table", "row", "cell", "quotation", "preformatted", "footnote", "furniture", "metadata",
        "stamp", "right", "opener", "dateline", "salutation", "closer", "signature", "postscript", "source-note",
        "enclosure-heading", "distribution", "participants", "subject", "paragraph",
    }
)  # fmt: skip
"""Kinds of region that become features of the lines they cover."""

_FIGURES = re.compile(r"\d+")
_NOTE = re.compile(r"\s*[\[(]?(\d{1,2})(?:[\]).]|\s|(?=[A-Z]))")
_ORDINAL = re.compile(r"\W*(?:(?:Copy|copy|Экз)\.?\s*)?(?:No\.?|Nº|№)?\s*(\d{1,2})(?=\D|$)(?!\s*[:.]\d)")
_MARK = re.compile(
    r"(?<=[^\W\d_.,;:)”\"’\[(][.,;:)”\"’\[(])(\d{1,2})(?=[\s\]).,;:)—–]|$)|(?<=[^\W\d_])(\d{1,2})(?=[\s\]).,;:)—–]|$)"
)
_NO_FIGURES = str.maketrans("", "", "0123456789")
_COVER = 0.6
"""A region says what a line is if it covers this share of it (a date in a sentence makes no dateline)."""


@lru_cache(maxsize=8192)
def _own(cues: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(cues))


@lru_cache(maxsize=8192)
def _shifted(cues: frozenset[str], prefix: str) -> tuple[str, ...]:
    return tuple(prefix + cue for cue in sorted(cues))


def layout_of(text: Text, lines: Sequence[Line]) -> list[frozenset[str]]:
    """Return the kinds of region that cover each of `lines`."""
    regions = sorted((region for region in text.regions if region.kind in LAYOUT), key=lambda region: region.start)
    if not regions:
        return [frozenset()] * len(lines)
    found: list[set[str]] = [set() for _ in lines]
    first = 0
    for region in regions:
        while first < len(lines) and lines[first].end <= region.start:
            first += 1
        for position in range(first, len(lines)):
            line = lines[position]
            if line.start >= region.end:
                break
            shared = min(line.end, region.end) - max(line.start, region.start)
            if shared >= _COVER * max(1, len(line.text.strip())):
                found[position].add(region.kind)
    return [frozenset(kinds) for kinds in found]


def _word(text: str) -> str:
    """Return the first word of a line as a feature: lower case, figures as 0."""
    found = WORD.search(text)
    if found is None:
        return "w:"
    word = found[0].casefold()
    return "w:0" if word.isdigit() else f"w:{word}"


def _lengths(words: int) -> str:
    return f"n:{words}" if words < 4 else "n:4-7" if words < 8 else "n:8-14" if words < 15 else "n:15+"


def features_of(
    lines: Sequence[Line], layout: Sequence[frozenset[str]], cues: Sequence[frozenset[str]]
) -> list[list[str]]:
    """Return the features of each of `lines` (none of them blank)."""
    prose = _prose(lines, cues)
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    count = len(lines)
    seen: set[str] = set()
    marks: set[str] = set()
    previous, number, depth = "", -1, 0
    rows: list[list[str]] = []
    for position, line in enumerate(lines):
        word = _word(line.text)
        row = ["b", *_own(cues[position]), word, _lengths(len(line.text.split()))]
        _place(row, position, count, first, last)
        _spacing(row, lines, position)
        _repetition(row, line, seen)
        _notes(row, line.text, marks)
        number = _ordinal(row, line.text, number)
        depth = _brackets(row, line.text, depth)
        for kind in layout[position]:
            row.append(f"r:{kind}")
        if position:
            row.extend(_shifted(cues[position - 1], "-"))
            row.append(f"-{previous}")
        if position + 1 < count:
            row.extend(_shifted(cues[position + 1], "+"))
        rows.append(row)
        previous = word
    return rows


def _prose(lines: Sequence[Line], cues: Sequence[frozenset[str]]) -> list[int]:
    """Return the positions of running text: long lines, and lines of some length that follow each other."""
    found = []
    for position, line in enumerate(lines):
        if "prose" in cues[position]:
            found.append(position)
        elif "text" in cues[position]:
            after = (
                position + 1 < len(lines)
                and _continues(cues[position + 1])
                and lines[position + 1].index == line.index + 1
            )
            before = position > 0 and "text" in cues[position - 1] and lines[position - 1].index == line.index - 1
            if after or before:
                found.append(position)
    return found


def _continues(cues: frozenset[str]) -> bool:
    return "text" in cues or "prose" in cues


def _repetition(row: list[str], line: Line, seen: set[str]) -> None:
    """Say whether the line, its figures aside, stood in the text before: running heads do."""
    key = " ".join(line.text[:120].translate(_NO_FIGURES).split())
    if len(key) > 1:
        if key in seen:
            row.append("again")
        seen.add(key)


def _notes(row: list[str], text: str, marks: set[str]) -> None:
    """Say whether the line begins with the mark of a note that words before it bear."""
    if marks:
        number = _NOTE.match(text)
        if number and number[1] in marks:
            row.append("note-of-mark")
    if _FIGURES.search(text, 0, 4000):
        marks.update(found[1] or found[2] for found in _MARK.finditer(text, 0, 4000))


def _ordinal(row: list[str], text: str, last: int) -> int:
    """Say whether the line bears the number after that of the line before; return its own number."""
    found = _ORDINAL.match(text)
    if found is None:
        return last
    number = int(found[1])
    if number == last + 1:
        row.append("counts-on")
    elif number == 1:
        row.append("counts-from-1")
    return number


def _brackets(row: list[str], text: str, depth: int) -> int:
    """Say whether the line stands in a bracket that an earlier one opened; return how many stand open after it."""
    if depth:
        row.append("in-bracket")
    return max(0, min(2, depth + text.count("[") - text.count("]"))) if len(text) < 200 else 0


def _place(row: list[str], position: int, count: int, first: int, last: int) -> None:
    if position < 3:
        row.append(f"top:{position}")
    elif count - position <= 3:
        row.append(f"end:{count - position}")
    row.append(f"tenth:{10 * position // count}")
    if last < 0:
        row.append("no-prose")
    elif position < first:
        row.append("before")
        row.append(f"before:{min(first - position, 4)}")
    elif position > last:
        row.append("after")
        row.append(f"after:{min(position - last, 4)}")
    else:
        row.append("amid")


def _spacing(row: list[str], lines: Sequence[Line], position: int) -> None:
    line = lines[position]
    indent = len(line.text) - len(line.text.lstrip())
    if indent > 12:
        row.append("indent:far")
    elif indent > 1:
        row.append("indent")
    gap = line.index - lines[position - 1].index if position else 0
    row.append("gap:0" if gap == 1 else "gap:1" if gap == 2 else "gap:2+" if gap else "gap:start")


HEAD, TAIL = 4000, 2000
"""Lines at the beginning and at the end of a text that are weighed; a longer text is running text in between."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The lines of a text that are not blank, as the model takes them.

    `margin` holds what stood beside them; `between`, of a very long text, the lines that are not weighed.
    """

    lines: list[Line]
    layout: list[frozenset[str]]
    cues: list[frozenset[str]]
    margin: list[Line]
    between: list[Line]

    def features(self) -> list[list[str]]:
        return features_of(self.lines, self.layout, self.cues)


def prepare(text: Text) -> Prepared:
    """Return the lines of `text` that are not blank, without margins, with their layout and their cues."""
    filled = [line for line in text.lines if line.text.strip()]
    between: list[Line] = []
    if len(filled) > HEAD + TAIL:
        between = filled[HEAD:-TAIL]
        filled = [*filled[:HEAD], *filled[-TAIL:]]
    lines, margin = cut_margin(filled)
    return Prepared(lines, layout_of(text, lines), [cues_of(line.text) for line in lines], margin, between)
