"""The references of many records, resolved. What a reference means depends on the set of records alone.

Candidates come from two indexes, by number and by day, never from a comparison of all with all. A document that is
added renews only the references that could mean it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mabillon.connect.judging import ACCEPTED, MARGIN, SLACK, Judgement, is_version, judge
from mabillon.connect.traits import Days, Held, Named, Traits

LONGEST_DATE = 31
"""Days of a date by which alone a document can be named."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a reference was found to mean. `links` holds the document meant, and its other versions; it is empty where
    nothing held fits, or where several fit alike: these are `open`."""

    named: Named
    links: tuple[Judgement, ...] = ()
    open: tuple[Judgement, ...] = ()


class Graph:
    """Records by what they can be named by, and their references resolved among them."""

    def __init__(self, traits: Iterable[Traits] = ()) -> None:
        self._held: dict[str, Held] = {}
        self._named: dict[str, tuple[Named, ...]] = {}
        self._by_number: dict[str, set[str]] = defaultdict(set)
        self._by_day: dict[int, set[str]] = defaultdict(set)
        self._naming_number: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._naming_day: dict[int, set[tuple[str, int]]] = defaultdict(set)
        self._resolved: dict[tuple[str, int], Resolution] = {}
        for one in traits:
            self.add(one)

    def __contains__(self, id: object) -> bool:
        return id in self._held

    def add(self, traits: Traits) -> None:
        """Enter a record. One that is there already is left as it is."""
        held = traits.held
        if held.id in self._held:
            return
        self._held[held.id] = held
        self._named[held.id] = traits.named
        for key in held.keys:
            self._by_number[key].add(held.id)
            self._forget(self._naming_number[key])
        for day in _days(held.days):
            self._by_day[day].add(held.id)
            for near in range(day - SLACK, day + SLACK + 1):
                self._forget(self._naming_day.get(near, ()))
        for named in traits.named:
            self._enter(named)

    def _enter(self, named: Named) -> None:
        place = (named.holder, named.ordinal)
        if named.number is not None:
            self._naming_number[named.number].add(place)
        else:
            for day in _days(named.days):
                self._naming_day[day].add(place)

    def _forget(self, places: Iterable[tuple[str, int]]) -> None:
        for place in places:
            self._resolved.pop(place, None)

    def held(self, id: str) -> Held:
        return self._held[id]

    def ids(self) -> list[str]:
        return sorted(self._held)

    def named_by(self, id: str) -> tuple[Named, ...]:
        """Return the references of the record `id`."""
        return self._named[id]

    def resolutions(self, id: str) -> Iterator[Resolution]:
        """Yield what each reference of the record `id` means."""
        for named in self._named[id]:
            place = (named.holder, named.ordinal)
            if place not in self._resolved:
                self._resolved[place] = self._resolve(named)
            yield self._resolved[place]

    def _resolve(self, named: Named) -> Resolution:
        holder = self._held[named.holder]
        found = (judge(named, holder, self._held[id]) for id in self._candidates(named))
        fitting = sorted((one for one in found if one is not None), key=lambda one: (-one.score, one.held.id))
        return choose(named, fitting)

    def _candidates(self, named: Named) -> set[str]:
        if named.number is not None:
            return self._by_number.get(named.number, set())
        days = _days(named.days)
        if not days:
            return set()
        return {id for day in range(days[0] - SLACK, days[-1] + SLACK + 1) for id in self._by_day.get(day, ())}


def choose(named: Named, fitting: list[Judgement]) -> Resolution:
    """Return what `named` means, of the documents that fit, best first: one and its versions, or none."""
    if not fitting or fitting[0].score < ACCEPTED:
        return Resolution(named)
    best = fitting[0]
    near = [one for one in fitting if one.score > best.score - MARGIN]
    if all(one is best or is_version(one.held, best.held) for one in near):
        return Resolution(named, links=tuple(near))
    return Resolution(named, open=tuple(near))


def _days(days: Days | None) -> range:
    """Return the days of a date, none where it is too wide to name a document by."""
    return range(days[0], days[1] + 1) if days and days[1] - days[0] < LONGEST_DATE else range(0)
