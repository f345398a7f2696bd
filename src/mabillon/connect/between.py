"""The day of a number from the days of the numbers beside it, with the interval in which it lies nine times in ten.

How wide that is, the series says itself: each dated member is estimated from the others as if it were undated, and the
interval is made as wide as holds nine in ten of them (split conformal prediction: Vovk, Gammerman and Shafer,
"Algorithmic Learning in a Random World", 2005; scaled as in Papadopoulos, Gammerman and Vovk, 2008). So the interval
keeps what it promises whether a station wrote evenly or in bursts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, inf, sqrt
from statistics import NormalDist

from mabillon.connect.chains import Ladder
from mabillon.connect.strands import Strand

HELD = 0.9
"""Share of the intervals that are to hold the true day."""

OUTER = 0.99
"""Share of the days that an interval for judging a stated date holds."""

PRIOR = 8
"""How many members' weight the even pace has that is presumed before a series shows its own."""

NEAR = 12
"""Rungs from which the pace beyond the end of a chain is taken."""

_UNEVEN = 0.3
"""Days added to each scale: no station numbers by the clock."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The days in which a number fell: `first` to `last`, most likely `day`. `below` and `above` are the keys of the
    records whose numbers stand beside it; None at an open end."""

    first: int
    last: int
    day: int
    below: int | None
    above: int | None

    def narrowed(self, first: int, last: int) -> Estimate:
        """Return what this and the days that the document allows have in common, these alone where that is nothing."""
        low, high = max(self.first, first), min(self.last, last)
        if low > high:
            low, high = first, last
        return replace(self, first=low, last=high, day=min(max(self.day, low), high))


@dataclass(frozen=True, slots=True)
class _Scaled:
    """Where a number is expected on the scale of days, how uncertain that is, and what bounds it."""

    centre: float
    scale: float
    first: float
    last: float
    inside: bool
    below: int | None
    above: int | None

    def misses(self, day: int) -> float:
        """Return by how many scales the interval must reach to hold `day`."""
        return max(0.0, self.centre - day - 1, day - self.centre) / self.scale

    def days(self, width: float, looseness: int) -> tuple[int, int]:
        low = max(floor(self.centre - width * self.scale), self.first - looseness)
        high = min(floor(self.centre + width * self.scale), self.last + looseness)
        return int(low), int(max(low, high))


class Gauge:
    """A strand as what tells days: its ladders and how far the days of its members scatter about their estimates."""

    def __init__(self, strand: Strand) -> None:
        self.ladders = [Ladder.of(chain) for chain in strand.chains]
        self.size = strand.fitted
        fitting = [point for chain in strand.chains for point in chain] + list(strand.loose)
        off = sorted(min(ladder.off(point) for ladder in self.ladders) for point in fitting) or [0]
        self.looseness = off[int(0.995 * (len(off) - 1))]
        inside, outside = self._scores(strand)
        self._inside, self._outside = sorted(inside + _presumed(0.8)), sorted(outside + _presumed(1.3))

    def _scores(self, strand: Strand) -> tuple[list[float], list[float]]:
        """Return by how many scales each member misses its estimate, between two rungs and beyond the last."""
        inside, outside = list[float](), list[float]()
        for ladder in self.ladders:
            for place, day in enumerate(ladder.days):
                if 0 < place < len(ladder.days) - 1:
                    scaled = _between(ladder, ladder.numbers[place], place - 1, place + 1)
                    if scaled.first < scaled.last:
                        inside.append(scaled.misses(day))
                if place >= 2:
                    outside.append(_beyond(ladder, ladder.numbers[place], place - 1).misses(day))
        for point in strand.loose:
            scaled = self._expected(point.number)[0]
            if scaled.inside:
                inside.append(scaled.misses(point.day))
        return inside, outside

    def _expected(self, number: int) -> list[_Scaled]:
        """Return where a number is expected, for each chain that it can belong to."""
        found = []
        for ladder in self.ladders:
            below, above = ladder.around(number)
            if below + 1 < above:  # the number itself is held, dated
                day = ladder.days[below + 1]
                found.append(_Scaled(day + 0.5, 0.01, day, day, True, ladder.keys[below + 1], ladder.keys[below + 1]))
            elif below >= 0 and above < len(ladder.days):
                found.append(_between(ladder, number, below, above))
        if found:
            return found
        ladder = max(self.ladders, key=lambda ladder: len(ladder.days))
        below, above = ladder.around(number)
        return [_beyond(ladder, number, below) if below >= 0 else _before(ladder, number, above)]

    def estimates(self, number: int, first: int | None = None, last: int | None = None) -> list[Estimate]:
        """Return when this number was given: one estimate for each chain that it can belong to, none where the strand
        is too short to tell. `first` and `last` are the days that its document allows."""
        if not self.ladders or self.size < 2:
            return []
        found = []
        for scaled in self._expected(number):
            low, high = scaled.days(self.width(scaled.inside), self.looseness)
            day = min(max(floor(scaled.centre), low), high)
            found.append(Estimate(low, high, day, scaled.below, scaled.above))
        if first is None or last is None:
            return found
        fitting = [one for one in found if one.first <= last and one.last >= first] or found[:1]
        return [one.narrowed(first, last) for one in fitting]

    def passes(self, number: int) -> bool:
        """Tell whether a number lies between the first and the last that are held."""
        return any(ladder.numbers[0] <= number <= ladder.numbers[-1] for ladder in self.ladders)

    def outer(self, number: int) -> Estimate | None:
        """Return the days outside which a stated date does not fit this number; None where only one side is known."""
        scaled = self._expected(number)
        inside = [one for one in scaled if one.inside]
        if not inside:
            return None
        width = max(_quantile(self._inside, OUTER), 3.0)
        spans = [one.days(width, self.looseness) for one in inside]
        first, last = min(low for low, _ in spans), max(high for _, high in spans)
        return Estimate(first, last, floor(inside[0].centre), inside[0].below, inside[0].above)

    def width(self, inside: bool) -> float:
        return _quantile(self._inside if inside else self._outside, HELD)


def _presumed(spread: float) -> list[float]:
    """Return the scores of a station that wrote at an even pace."""
    normal = NormalDist(0, spread)
    return [normal.inv_cdf(0.5 + (n + 0.5) / (2 * PRIOR)) for n in range(PRIOR)]


def _quantile(scores: Sequence[float], share: float) -> float:
    """Return the smallest width that holds `share` of the scores, counted as conformal prediction does: one more."""
    return scores[min(len(scores) - 1, ceil(share * (len(scores) + 1)) - 1)] if scores else inf


def _between(ladder: Ladder, number: int, below: int, above: int) -> _Scaled:
    """Expect a number between two rungs: at an even pace the k-th of m in between has a Beta(k, m + 1 − k) day."""
    first, last = ladder.days[below], ladder.days[above]
    low, high = ladder.numbers[below], ladder.numbers[above]
    share, between = (number - low) / (high - low), high - low - 1
    centre = first + 0.5 + (last - first) * share
    scale = (last - first) * sqrt(share * (1 - share) / (between + 2)) + _UNEVEN
    return _Scaled(centre, scale, first, last, True, ladder.keys[below], ladder.keys[above])


def _beyond(ladder: Ladder, number: int, below: int) -> _Scaled:
    """Expect a number after the last rung below it, at the pace of the rungs before."""
    pace, steps = _pace(ladder, max(0, below - NEAR), below), number - ladder.numbers[below]
    day = ladder.days[below]
    return _Scaled(day + 0.5 + steps * pace, _ahead(steps, pace), day, inf, False, ladder.keys[below], None)


def _before(ladder: Ladder, number: int, above: int) -> _Scaled:
    pace = _pace(ladder, above, min(len(ladder.days) - 1, above + NEAR))
    steps, day = ladder.numbers[above] - number, ladder.days[above]
    return _Scaled(day + 0.5 - steps * pace, _ahead(steps, pace), -inf, day, False, None, ladder.keys[above])


def _pace(ladder: Ladder, first: int, last: int) -> float:
    """Return the days from one number to the next."""
    if first == last:
        first, last = 0, len(ladder.days) - 1
    counted = ladder.numbers[last] - ladder.numbers[first]
    return max(ladder.days[last] - ladder.days[first], 0.5) / counted if counted else 1.0


def _ahead(steps: int, pace: float) -> float:
    """Return the scale of what lies `steps` numbers ahead: each step scatters as its pace does, and the pace drifts."""
    return pace * sqrt(steps) + 0.15 * pace * steps + _UNEVEN


@dataclass(frozen=True, slots=True)
class Lacking:
    """Numbers that were given and are not held, in one week: `week` is its Monday, `missing` the share of them that
    falls into it at an even pace."""

    week: int
    held: int
    missing: float


def by_week(strand: Strand, begins: int | None = None) -> list[Lacking]:
    """Return what is held and what is lacking of a strand week by week, from the first to the last.

    `begins` is the day on which it began with number 1, if it is known to have: then what comes before the first
    number held is lacking as well.
    """
    held: dict[int, int] = {}
    missing: dict[int, float] = {}
    besides = _held_besides(strand)
    for chain in strand.chains:
        ladder = Ladder.of(chain)
        steps = list(zip(ladder.numbers, ladder.days, strict=True))
        if begins is not None and steps and chain is strand.chains[0] and begins <= steps[0][1]:
            steps.insert(0, (0, begins))
        for (low, first), (high, last) in zip(steps, steps[1:], strict=False):
            known = bisect_left(besides, high) - bisect_right(besides, low)
            _spread(missing, high - low - 1 - known, first, last)
    for point in (*(point for chain in strand.chains for point in chain), *strand.loose):
        held[_monday(point.day)] = held.get(_monday(point.day), 0) + 1
    weeks = sorted({*held, *missing})
    return [Lacking(week, held.get(week, 0), round(missing.get(week, 0.0), 2)) for week in weeks]


def _held_besides(strand: Strand) -> list[int]:
    """Return the numbers that are held but are no rungs, in order: what bears them is not lacking."""
    rungs = {point.number for chain in strand.chains for point in chain}
    return sorted({point.number for point in (*strand.loose, *strand.strays, *strand.open)} - rungs)


def _spread(missing: dict[int, float], count: int, first: int, last: int) -> None:
    """Spread `count` numbers evenly over the days from `first` to `last`."""
    if count < 1:
        return
    each = count / (last - first + 1)
    day = first
    while day <= last:
        until = min(last, _monday(day) + 6)
        missing[_monday(day)] = missing.get(_monday(day), 0.0) + each * (until - day + 1)
        day = until + 1


def _monday(day: int) -> int:
    """Return the Monday of the week of a day (ordinal 1 was a Monday)."""
    return day - (day - 1) % 7
