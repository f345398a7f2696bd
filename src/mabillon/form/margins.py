"""The column of office symbols and counts that some printed forms run down the side of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mabillon.text import Line

_SYMBOLS = re.compile(
    r"^\s*(?:[A-Z]{1,4}(?:/[A-Z]{1,4})?|[A-Z][a-z]{1,6}|\d{1,2})(?:\s+(?:[A-Z]{1,4}(?:/[A-Z])?|\d{1,2}|REP))*\s*$"
)
_GAP = re.compile(r"\S(\s{2,})(?=\S)")
_WIDEST = 18
_FEWEST = 8
_SHARE = 0.25


def margin_width(lines: Sequence[Line]) -> int:
    """Return at which column the text begins beside a column of symbols, 0 where there is none.

    A margin is there if at least eight lines, and a quarter of all, begin with symbols and a gap that ends in the
    same column, and hardly any line writes through it.
    """
    if len(lines) < 2 * _FEWEST:
        return 0
    widths = {gap.end() for line in lines for gap in _GAP.finditer(line.text, 0, 2 * _WIDEST) if gap.end() <= _WIDEST}
    found = [(sum(_is_beside(line.text, width) for line in lines), width) for width in sorted(widths)]
    for beside, width in sorted(found, key=lambda pair: (-pair[0], pair[1])):
        through = sum(not _is_open(line.text, width) for line in lines)
        if beside >= max(_FEWEST, _SHARE * len(lines)) and through <= 0.2 * len(lines):
            return width
    return 0


def _is_beside(text: str, width: int) -> bool:
    return bool(text[:width].strip()) and _is_open(text, width) and _SYMBOLS.match(text[:width]) is not None


def _is_open(text: str, width: int) -> bool:
    return not text[width - 2 : width].strip()


def cut_margin(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return `lines` without their margin, and the pieces of the margin; lines without one stay as they are."""
    width = margin_width(lines)
    if not width:
        return list(lines), []
    kept: list[Line] = []
    margin: list[Line] = []
    for line in lines:
        if not _is_beside(line.text, width):
            kept.append(line)
            continue
        left = line.text[:width].rstrip()
        margin.append(Line(line.index, line.start, line.start + len(left), left))
        if line.text[width:].strip():
            kept.append(Line(line.index, line.start + width, line.end, line.text[width:]))
    return kept, margin
