"""Printed forms whose captions stand above or before what was typed in: `DATE DISPATCHED` over `21 MAR 1963`.

The captions of all services are data (`captions` in the vocabulary): caption → what the cell holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mabillon.parts import PartLine
from mabillon.reading.context import Context
from mabillon.text import Span
from mabillon.vocabulary import alternation, canon, fold_space

_CELL = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True, slots=True)
class Cell:
    """What was typed into a form under a caption: `holds` is what the vocabulary says the caption asks for."""

    holds: str
    caption: Span
    span: Span


@cache
def _captions() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){alternation(sorted(canon('captions')))}\.?:?(?=\s|$)", re.IGNORECASE)


def cells(context: Context) -> list[Cell]:
    """Return the filled-in cells of the part's captions, right of them on the line or below them in their column."""
    if context.cells is None:
        context.cells = _find_cells(context)
    found: list[Cell] = context.cells
    return found


def _find_cells(context: Context) -> list[Cell]:
    lines = [line for line in context.lines if line.zone not in ("body", "archive", "summary", "metadata", "footnote")]
    found = []
    for position, line in enumerate(lines):
        text = context.text[line.start : line.end]
        captions = [
            match for match in _captions().finditer(text) if match[0].isupper() or match[0].rstrip().endswith(":")
        ]
        for index, match in enumerate(captions):
            holds = canon("captions")[fold_space(match[0].rstrip(".:"))]
            limit = captions[index + 1].start() if index + 1 < len(captions) else len(text)
            span = _beside(line, text, match.end(), limit) or _below(context, lines, position, match)
            if span:
                found.append(Cell(holds, (line.start + match.start(), line.start + match.end()), span))
    return found


def _beside(line: PartLine, text: str, begin: int, limit: int) -> Span | None:
    cell = _CELL.search(text, begin, limit)
    if cell is None or not re.match(r"\s{1,8}$", text[begin : cell.start()] or " ") or _captions().match(cell[0]):
        return None
    return (
        (line.start + cell.start(), line.start + cell.end())
        if any(c.isdigit() for c in cell[0]) or len(cell[0]) > 2
        else None
    )


def _below(context: Context, lines: list[PartLine], position: int, caption: re.Match[str]) -> Span | None:
    """Return the cell of the next line that overlaps the caption's columns."""
    if position + 1 >= len(lines):
        return None
    line = lines[position + 1]
    text = context.text[line.start : line.end]
    for cell in _CELL.finditer(text):
        if cell.start() < caption.end() + 2 and caption.start() - 2 < cell.end() and not _captions().match(cell[0]):
            return line.start + cell.start(), line.start + cell.end()
    return None
