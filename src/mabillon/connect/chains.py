"""A series of numbers fitted robustly: the largest set of its members in which number and day rise together.

A misread year or number pulls no line awry here, it is simply no member of that set. The longest rising chain is found
by patience sorting (Fredman, "On computing the length of longest increasing subsequences", 1975) in n log n steps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

WRAP, WRAPPED = 6, 0.1
"""Members, and share of all, by which a counter that begins anew must explain more than one that does not: less than
that any two halves of a mixture of counters explain more than the whole."""

SLACK = 3
"""Days by which a number may stray from its neighbours': drafted on one day, numbered on another."""


@dataclass(frozen=True, slots=True)
class Point:
    """A number and the day that its document bears. `key` is the record's, `partner` the other end's; `first` and
    `last` bound the day (proleptic ordinals), None where nothing is known of it."""

    key: int
    number: int
    first: int | None
    last: int | None
    partner: str = ""

    @property
    def dated(self) -> bool:
        """Whether the day is known so well that the series can be told by it."""
        return self.first is not None and self.last is not None and self.last - self.first <= SLACK

    @property
    def day(self) -> int:
        assert self.first is not None
        return self.first


def rising(points: Sequence[Point]) -> list[Point]:
    """Return the longest chain of dated points, in order of day, whose numbers never fall."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, point in enumerate(points):
        at = bisect_right(tails, point.number)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(point.number)
            ends.append(place)
        else:
            tails[at], ends[at] = point.number, place
    chain, place = [], ends[-1] if ends else -1
    while place >= 0:
        chain.append(points[place])
        place = before[place]
    return chain[::-1]


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """Return the chains of a counter that may have begun anew (after 9999, at a change of cipher), in order of day."""
    ordered = sorted(points, key=lambda point: (point.day, point.number))
    whole = rising(ordered)
    if len(ordered) - len(whole) <= max(WRAP, WRAPPED * len(ordered)):
        return [whole] if whole else []
    cut = _cut(ordered)
    if cut is None:
        return [whole]
    return [*runs(ordered[:cut]), *runs(ordered[cut:])]


def _cut(ordered: Sequence[Point]) -> int | None:
    """Return where two chains explain clearly more members than one, None where nowhere."""
    ahead = _lengths([point.number for point in ordered])
    behind = _lengths([-point.number for point in reversed(ordered)])[::-1]
    best = max(range(1, len(ordered)), key=lambda cut: ahead[cut - 1] + behind[cut])
    gain = ahead[best - 1] + behind[best] - ahead[-1]
    return best if gain > max(WRAP, WRAPPED * len(ordered)) else None


def _lengths(numbers: Sequence[int]) -> list[int]:
    """Return the length of the longest rising chain among the first 1, 2, 3 … numbers."""
    tails: list[int] = []
    found = []
    for number in numbers:
        at = bisect_right(tails, number)
        tails[at : at + 1] = [number]
        found.append(len(tails))
    return found


def is_series(members: int, of: int) -> bool:
    """Tell whether a chain of `members` out of `of` points is more than chance makes: that is about 2 √of."""
    return members >= max(5, 2.2 * sqrt(of) + 2)


@dataclass(frozen=True, slots=True)
class Ladder:
    """A chain by number, one rung for each number, for looking up what stands beside a number."""

    numbers: tuple[int, ...]
    days: tuple[int, ...]
    keys: tuple[int, ...]

    @classmethod
    def of(cls, chain: Sequence[Point]) -> Ladder:
        rungs: dict[int, Point] = {}
        for point in chain:
            rungs.setdefault(point.number, point)
        return cls(
            tuple(rungs), tuple(point.day for point in rungs.values()), tuple(point.key for point in rungs.values())
        )

    def around(self, number: int) -> tuple[int, int]:
        """Return the places of the rungs below and above `number`, not those that bear it; -1 and the length where
        there is none."""
        return bisect_left(self.numbers, number) - 1, bisect_right(self.numbers, number)

    def off(self, point: Point) -> int:
        """Return the days by which a dated point lies outside the days of its neighbours by number."""
        assert point.first is not None and point.last is not None
        below, above = self.around(point.number)
        early = self.days[below] - point.last if below >= 0 else 0
        late = point.first - self.days[above] if above < len(self.days) else 0
        return max(0, early, late)
