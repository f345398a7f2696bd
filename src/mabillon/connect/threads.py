"""Threads: the exchanges that accepted links make, in order of date, with the documents that nobody holds in them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from mabillon.connect.graph import Graph, Resolution
from mabillon.connect.judging import day
from mabillon.connect.stations import End
from mabillon.connect.traits import Days, Held, Named, year_of


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A document known only by mention: all that the records in `said` say of it."""

    id: str
    sender: End
    recipient: End
    number: str | None
    date: str | None
    days: Days | None
    year: int | None
    said: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """An exchange: what is held of it and what is only mentioned, in order of date, and the links among them.

    A resolution of `links` has the documents it means, or none: then a member of `missing` is what it names.
    """

    held: tuple[Held, ...]
    missing: tuple[Mentioned, ...]
    links: tuple[Resolution, ...]

    def in_order(self) -> list[Held | Mentioned]:
        """Return all documents in order of date; one whose day is unknown stands right before the first naming it."""
        return sorted([*self.held, *self.missing], key=self._place)

    def _place(self, one: Held | Mentioned) -> tuple[int, int, str]:
        if one.days is not None:
            return one.days[0], 1, one.id
        if isinstance(one, Held):
            return 10**7, 1, one.id
        naming = {named.holder for named in one.said}
        days = [held.days[0] for held in self.held if held.id in naming and held.days]
        return (min(days) if days else 10**7), 0, one.id


def mention_key(named: Named, holder: Held) -> tuple[str, str, str, str]:
    """Return what tells documents known only by mention apart: sender, recipient, number and year (or the day)."""
    year = year_of(named.days) or year_of(holder.days)
    when = str(year or "") if named.number else named.date or ""
    return named.sender.key, named.recipient.key, named.number or "", when


def mentioned(resolutions: Iterable[Resolution], graph: Graph) -> list[Mentioned]:
    """Return the documents that references name and nobody holds, each once, in order of id."""
    said: dict[tuple[str, str, str, str], list[Named]] = defaultdict(list)
    for found in resolutions:
        named = found.named
        if not found.links and not found.open and (named.number is not None or named.sender.known):
            said[mention_key(named, graph.held(named.holder))].append(named)
    return sorted((_mentioned(key, its, graph) for key, its in said.items()), key=lambda one: one.id)


def _mentioned(key: tuple[str, str, str, str], said: list[Named], graph: Graph) -> Mentioned:
    said = sorted(said, key=lambda named: (named.holder, named.ordinal))
    days = min((named.days for named in said if named.days), default=None)
    years = [year for named in said if (year := year_of(named.days) or year_of(graph.held(named.holder).days))]
    exact = days is not None and days[0] == days[1]
    date = day(days[0]) if days and exact else next((named.date for named in said if named.date), None)
    digest = hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:12]
    first = said[0]
    return Mentioned(
        f"mentioned-{digest}", first.sender, first.recipient, first.shown, date, days, years[0] if years else None,
        tuple(said),
    )  # fmt: skip


def threads(graph: Graph) -> list[Thread]:
    """Return the exchanges of two documents and more, held or mentioned, in order of their earliest document."""
    resolutions = [found for id in graph.ids() for found in graph.resolutions(id)]
    missing = mentioned(resolutions, graph)
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent.setdefault(id, id) != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    for found in resolutions:
        for link in found.links:
            parent[root(found.named.holder)] = root(link.held.id)
    for one in missing:
        for named in one.said:
            parent[root(named.holder)] = root(one.id)
    groups: dict[str, list[str]] = defaultdict(list)
    for id in parent:
        groups[root(id)].append(id)
    gone = {one.id: one for one in missing}
    made = [_thread(set(ids), gone, graph) for ids in groups.values()]
    return sorted(made, key=lambda thread: (_first_day(thread), thread.in_order()[0].id))


def thread_of(graph: Graph, id: str) -> Thread:
    """Return the exchange that the record or mentioned document `id` belongs to, alone in it if nothing links it."""
    for thread in threads(graph):
        if any(one.id == id for one in thread.in_order()):
            return thread
    return Thread((graph.held(id),), (), ())


def _thread(ids: set[str], gone: dict[str, Mentioned], graph: Graph) -> Thread:
    held = sorted((graph.held(id) for id in ids if id in graph), key=_order)
    missing = tuple(gone[id] for id in sorted(ids) if id in gone)
    links = [found for one in held for found in graph.resolutions(one.id)]
    return Thread(tuple(held), missing, tuple(links))


def _order(held: Held) -> tuple[int, str]:
    return held.days[0] if held.days else 10**7, held.id


def _first_day(thread: Thread) -> int:
    return min((one.days[0] for one in thread.in_order() if one.days), default=10**7)
