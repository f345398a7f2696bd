"""Marked words: a text cut where evidence begins and ends, overlapping spans included.

The cutting keeps every character once and in order: the texts of all tokens, joined, are the stretch that was cut.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mabillon.text import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Words `[start, end)` that state the values `keys`."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """The words of `keys` begin; `mark` says which words these are a piece of."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text `[start, end)`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Close:
    """The words last opened end."""


Token = Open | Words | Close


def marks_of(evidence: Iterable[tuple[str, Iterable[Span]]], length: int) -> list[Mark]:
    """Return one mark for each distinct span, with all the keys that rest on it, in text order, widest first.

    Spans are clipped to a text of `length` characters; empty ones are dropped.
    """
    keys: dict[Span, list[str]] = defaultdict(list)
    for key, spans in evidence:
        for start, end in spans:
            clipped = (max(0, start), min(length, end))
            if clipped[0] < clipped[1] and key not in keys[clipped]:
                keys[clipped].append(key)
    marks = [Mark(start, end, tuple(names)) for (start, end), names in keys.items() if names]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def cut(start: int, end: int, marks: Sequence[Mark]) -> Iterator[Token]:
    """Yield `[start, end)` as properly nested tokens; a mark that crosses another is opened once more behind it."""
    waiting = [(max(m.start, start), -min(m.end, end), n, m) for n, m in enumerate(marks)]
    waiting = [item for item in waiting if item[0] < -item[1]]
    heapq.heapify(waiting)
    ends: list[int] = []
    at = start
    while waiting:
        first, minus_last, order, mark = heapq.heappop(waiting)
        at = yield from _close_until(first, at, ends)
        if at < first:
            yield Words(at, first)
            at = first
        last = -minus_last
        if ends and last > ends[-1]:
            heapq.heappush(waiting, (ends[-1], minus_last, order, mark))
            last = ends[-1]
        yield Open(mark)
        ends.append(last)
    at = yield from _close_until(end, at, ends)
    if at < end:
        yield Words(at, end)


def _close_until(position: int, at: int, ends: list[int]) -> Generator[Token, None, int]:
    """Close what ends at or before `position`; returns the offset up to which all text was given."""
    while ends and ends[-1] <= position:
        last = ends.pop()
        if at < last:
            yield Words(at, last)
            at = last
        yield Close()
    return at
