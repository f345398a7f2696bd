"""The points of one station, year and form of number, sorted into the counters that gave them.

A station may count to each correspondent apart, or to all together; two services may sit in one building. Nothing says
so: what rises together is one counter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mabillon.connect.chains import SLACK, Ladder, Point, is_series, rising, runs

TOGETHER = 0.9
"""Share of the points that must rise together if a station counts to all its correspondents in one."""

FEW = 5
"""A correspondent with fewer letters proves no counter of his own: they join one that they fit."""

MOST_SERVICES = 4


@dataclass(frozen=True, slots=True)
class Strand:
    """One counter. `chains` rise each by itself (more than one where it began anew); `loose` fits within SLACK days;
    `strays` do not fit; `open` have no day of their own."""

    chains: tuple[tuple[Point, ...], ...]
    loose: tuple[Point, ...] = ()
    strays: tuple[Point, ...] = ()
    open: tuple[Point, ...] = ()

    @property
    def fitted(self) -> int:
        return sum(map(len, self.chains))

    @property
    def partners(self) -> tuple[str, ...]:
        counted: defaultdict[str, int] = defaultdict(int)
        for chain in (*self.chains, self.loose, self.strays, self.open):
            for point in chain:
                counted[point.partner] += 1
        return tuple(sorted(counted, key=lambda partner: (-counted[partner], partner)))


def strands_of(points: Iterable[Point]) -> list[Strand]:
    """Return the counters of these points, the largest first. Each point is in just one of them."""
    dated, undated = list[Point](), list[Point]()
    for point in points:
        (dated if point.dated else undated).append(point)
    groups = _groups(dated)
    found = [strand for group in groups for strand in _services(group)]
    found.sort(key=lambda strand: (-strand.fitted, min(point.key for chain in strand.chains for point in chain)))
    return _with_open(found, undated)


def _groups(dated: Sequence[Point]) -> list[list[Point]]:
    """Return the points by the counter that their correspondents share."""
    ordered = sorted(dated, key=lambda point: (point.day, point.number))
    by_partner: defaultdict[str, list[Point]] = defaultdict(list)
    for point in ordered:
        by_partner[point.partner].append(point)
    if len(by_partner) < 2:
        return list(by_partner.values())
    chains = runs(ordered)
    if sum(map(len, chains)) >= TOGETHER * len(ordered):
        return _without_strangers(by_partner, [Ladder.of(chain) for chain in chains])
    groups = [points for points in by_partner.values() if len(points) >= FEW]
    groups.sort(key=len, reverse=True)
    ladders = [Ladder.of(rising(points)) for points in groups]
    for points in (points for points in by_partner.values() if len(points) < FEW):
        home = next((n for n, ladder in enumerate(ladders) if all(_belongs(ladder, point) for point in points)), None)
        if home is None:
            groups.append(points)
        else:
            groups[home].extend(points)
    return groups


def _without_strangers(by_partner: dict[str, list[Point]], ladders: Sequence[Ladder]) -> list[list[Point]]:
    """Return all together but the correspondents most of whose letters do not rise with the others."""
    together, apart = list[Point](), list[list[Point]]()
    most = max(map(len, by_partner.values()))
    for points in by_partner.values():
        fits = sum(_off(ladders, point) <= SLACK for point in points)
        if fits * 2 > len(points) or len(points) == most:
            together += points
        else:
            apart.append(points)
    return [together, *apart]


def _off(ladders: Sequence[Ladder], point: Point) -> int:
    return min(ladder.off(point) for ladder in ladders)


def _belongs(ladder: Ladder, point: Point) -> bool:
    """Tell whether a point lies between two rungs, by number and by day."""
    below, above = ladder.around(point.number)
    return below >= 0 and above < len(ladder.days) and ladder.off(point) <= SLACK


def _services(points: Sequence[Point]) -> list[Strand]:
    """Return the counter of these points, and apart from it those of other services that number alike."""
    found: list[Strand] = []
    left = list(points)
    for _ in range(MOST_SERVICES):
        chains = runs(left)
        strand = _strand(chains, left)
        others = rising(sorted(strand.strays, key=lambda point: (point.day, point.number)))
        if not is_series(len(others), len(strand.strays)):
            return [*found, strand]
        found.append(Strand(strand.chains, strand.loose))
        left = list(strand.strays)
    return [*found, _strand(runs(left), left)]


def _strand(chains: Sequence[Sequence[Point]], points: Sequence[Point]) -> Strand:
    ladders = [Ladder.of(chain) for chain in chains]
    fitted = {id(point) for chain in chains for point in chain}
    loose, strays = list[Point](), list[Point]()
    for point in points:
        if id(point) not in fitted:
            near = _off(ladders, point) <= SLACK
            (loose if near else strays).append(point)
    return Strand(tuple(map(tuple, chains)), tuple(loose), tuple(strays))


def _with_open(found: list[Strand], undated: Sequence[Point]) -> list[Strand]:
    """Return the strands with the undated points, each at the counter of its correspondent, else at the largest."""
    homes = {partner: n for n, strand in reversed(list(enumerate(found))) for partner in strand.partners}
    taken: defaultdict[int, list[Point]] = defaultdict(list)
    for point in undated:
        taken[homes.get(point.partner, 0)].append(point)
    if undated and not found:
        return [Strand((), open=tuple(undated))]
    return [
        Strand(strand.chains, strand.loose, strand.strays, tuple(taken[n])) if n in taken else strand
        for n, strand in enumerate(found)
    ]
