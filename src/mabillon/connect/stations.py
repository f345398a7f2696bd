"""The two ends of a message: the stations and the names under which a record says who sent it and who got it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mabillon.authority.index import plain
from mabillon.authority.register import standard
from mabillon.authority.score import SAME
from mabillon.evidence import Agent
from mabillon.vocabulary import canon, fold_space


@dataclass(frozen=True, slots=True)
class End:
    """One end of a message. `stations` are places as keys, `names` whoever is named, as keys; `label` is for people."""

    stations: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    label: str = ""

    @property
    def known(self) -> bool:
        return bool(self.stations or self.names)

    @property
    def key(self) -> str:
        """What tells this end from others, with its station before any name; "" if nothing is known."""
        return next(iter(self.stations or self.names), "")


UNKNOWN = End()


def station_key(name: str) -> str:
    """Return the key of a station by its name, or of the one that stands for it: `Secretary of State` is Washington."""
    return canon("station").get(fold_space(name), plain(name))


def end_of(agents: Iterable[Agent]) -> End:
    """Return the end that these correspondents make, the first of them first."""
    return end_of_names((str(agent.value), agent.place.value if agent.place else None) for agent in agents)


def end_of_names(agents: Iterable[tuple[str, str | None]]) -> End:
    """Return the end that correspondents make of whom a name and perhaps a place is known."""
    stations: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, place in agents:
        office = fold_space(name) in canon("station")
        if place or office:
            stations.setdefault(station_key(name if office else str(place)), name if office else str(place))
        if name and not office:
            names.setdefault(plain(name), name)
    labels = list((stations or names).values())
    return End(tuple(filter(None, stations)), tuple(filter(None, names)), labels[0] if labels else "")


def station(name: str) -> End:
    """Return the end that a reference names by its station alone."""
    return End((station_key(name),), (), name)


def with_station(number: str, stations: Iterable[str]) -> set[str]:
    """Return `number` as other services write it: after the name of the station, in capitals or as a word."""
    offices = {word for word, station in canon("station").items() if station in stations}
    return {f"{form} {number}" for name in (*stations, *offices) for form in (name.upper(), name.title())}


def agree(a: End, b: End) -> bool | None:
    """Say whether two ends can be one; None where what is known of them cannot be compared."""
    if set(a.stations) & set(b.stations) or set(a.names) & set(b.names):
        return True
    if a.stations and b.stations:
        return any(_same(x, y, "place") for x in a.stations for y in b.stations)
    if a.names and b.names and not a.stations and not b.stations:
        return any(_same(x, y, "person") for x in a.names for y in b.names)
    return None


@lru_cache(maxsize=50_000)
def _same(a: str, b: str, kind: str) -> bool:
    return standard().match(a, b, kind).score >= SAME
