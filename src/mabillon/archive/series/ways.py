"""Transit as a reader sees it: the routes, and of one route how long each step took, by whose clock, what is odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.series.transits import weighed
from mabillon.connect.steps import LINKS
from mabillon.connect.zones import Hypothesis, decided
from mabillon.store import transit as stored
from mabillon.store.counters import last
from mabillon.store.entries import Entry, entries_of
from mabillon.store.series import labels_of
from mabillon.store.transit import Route, Spread

_HOUR, _DAY = 60, 1440
BOUNDS = (
    0, 15, 30, _HOUR, 2 * _HOUR, 4 * _HOUR, 8 * _HOUR, 16 * _HOUR, _DAY, 2 * _DAY, 4 * _DAY, 7 * _DAY, 14 * _DAY,
    30 * _DAY, 60 * _DAY, 120 * _DAY,
)  # fmt: skip
"""Minutes between which steps are counted; before the first are those that go backwards."""


@dataclass(frozen=True, slots=True)
class RouteListed:
    """A route in the list: its messages with two times, and how many of their steps are not usual. Months are EDTF."""

    origin: str
    goal: str
    from_: str
    to: str
    messages: int
    first: str | None
    last: str | None
    odd: int


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a step took in a month, by a service, or in all (then `by` is ""): quartiles in minutes; in whole days
    where not `precise`."""

    by: str
    precise: bool
    messages: int
    lower: int
    median: int
    upper: int


@dataclass(frozen=True, slots=True)
class StepShown:
    """From one link to the next: `bins` counts what took less than each of BOUNDS, the last what took longer."""

    first: str
    last: str
    whole: tuple[Measured, ...]
    by_service: tuple[Measured, ...]
    by_month: tuple[Measured, ...]
    bins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OddOne:
    """A message of which a step is not usual: how many minutes it took."""

    entry: Entry
    first: str
    last: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Way:
    """A route. `clock` is that by which it went (one of `connect.zones.HYPOTHESES`), None while it is open: then each
    office is taken to have given its own clock's time."""

    origin: str
    goal: str
    from_: str
    to: str
    clock: str | None
    hypotheses: tuple[Hypothesis, ...]
    steps: tuple[StepShown, ...]
    odd: tuple[OddOne, ...]


def routes(archive: Archive, reader: Reader = PUBLIC) -> list[RouteListed]:
    """Return the routes on which messages were timed, the busiest first."""

    def count(connection: Connection) -> list[RouteListed]:
        found = stored.routes(connection, reader.condition())
        labels = labels_of(connection, (end for route, *_ in found for end in route))
        return [
            RouteListed(
                route.origin, route.goal, labels.get(route.origin, route.origin), labels.get(route.goal, route.goal),
                messages, _month(first), _month(last), odd,
            )
            for route, messages, first, last, odd in found
        ]  # fmt: skip

    with archive.store.reading() as connection:
        stamp = last(connection, "series"), last(connection, "found")
    return list(archive.remembered(("routes", stamp, reader, reader.day), count))


def _month(month: int) -> str | None:
    return f"{month // 100:04}-{month % 100:02}" if month else None


def way(archive: Archive, origin: str, goal: str, reader: Reader = PUBLIC) -> Way | None:
    """Return what is measured on the route between two stations (their keys), None where this reader sees nothing."""
    route, condition = Route(origin, goal), reader.condition()
    with archive.store.reading() as connection:
        hypotheses = weighed(connection, route, condition)
        clock = decided(hypotheses)
        by = {
            name: stored.spreads(connection, route, clock or "sender", name, condition)
            for name in (None, "service", "month")
        }
        if not by[None]:
            return None
        bins = stored.binned(connection, route, clock or "sender", BOUNDS, condition)
        odd = stored.odd_ones(connection, route, clock or "sender", condition)
        entries = entries_of(connection, (transit.record_key for transit, _ in odd), condition)
        labels = labels_of(connection, route)
    steps = sorted(bins, key=lambda step: (LINKS.index(step[0]), LINKS.index(step[1])))
    return Way(
        origin, goal, labels.get(origin, origin), labels.get(goal, goal), clock, tuple(hypotheses),
        tuple(_step(step, by, bins[step]) for step in steps),
        tuple(
            OddOne(entries[one.record_key], one.first_type, one.last_type, took)
            for one, took in odd if one.record_key in entries
        ),
    )  # fmt: skip


def _step(step: tuple[str, str], by: dict[str | None, list[Spread]], bins: Sequence[int]) -> StepShown:
    whole, services, months = (
        tuple(_measured(one, name) for one in by[name] if (one.first_type, one.last_type) == step)
        for name in (None, "service", "month")
    )
    return StepShown(*step, whole, services, tuple(sorted(months, key=lambda one: one.by)), tuple(bins))


def _measured(one: Spread, name: str | None) -> Measured:
    by = (_month(int(one.by)) or "") if name == "month" else one.by
    return Measured(by, bool(one.precise), one.measured, one.lower, one.median, one.upper)
