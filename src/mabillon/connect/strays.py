"""Numbers that do not fit their dates: which of a strand, by how much, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mabillon.connect.between import Estimate, Gauge
from mabillon.connect.chains import Point
from mabillon.connect.strands import Strand

SUPPORT = 6
"""Members that a strand must have before it contradicts anybody."""

LEAST = 4
"""Days by which a date must miss what its number allows."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A document whose number does not fit its date: by its number it belongs to the days of `due`; `off` is how many
    days its own date is away from them."""

    point: Point
    due: Estimate
    off: int


def strays_of(strand: Strand, gauge: Gauge) -> Iterator[Stray]:
    """Yield the members of a strand that do not fit. Only where numbers before and after say what would fit."""
    if strand.fitted < SUPPORT:
        return
    for point in strand.strays:
        due = gauge.outer(point.number)
        if due is None or point.first is None or point.last is None:
            continue
        off = max(due.first - point.last, point.first - due.last)
        if off >= LEAST:
            yield Stray(point, due, off)
