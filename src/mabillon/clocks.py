"""Clocks of offices: how far apart two places' times of day are, for judging the order of events.

The table (`vocabulary/clocks.yaml`) gives standard time; SUMMER is the margin for summer time at either end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from mabillon.evidence import Agent, Word
from mabillon.record import Event

SUMMER = 1.0
"""Hours by which a clock may be ahead of its standard time."""


@cache
def _table() -> tuple[dict[str, float], dict[str, float], dict[str, str]]:
    content: dict[str, Any] = yaml.load(
        resources.files("mabillon.vocabulary").joinpath("clocks.yaml").read_bytes(),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    places = {name: float(hours) for hours, names in content["hours"].items() for name in names}
    zones = {name: float(hours) for hours, names in content["zones"].items() for name in names}
    offices = {name: city for city, names in content["offices"].items() for name in names}
    return places, zones, offices


@lru_cache(maxsize=4096)
def hours_ahead(place: str | None) -> float | None:
    """Return by how many hours the clock of `place` (a city, or an office whose city is known) is ahead of Greenwich;
    None where the table does not know it."""
    if not place:
        return None
    places, _, offices = _table()
    folded = re.sub(r"\s+", " ", place.casefold()).strip(" .,")
    folded = offices.get(folded, folded)
    if folded in places:
        return places[folded]
    named = _named_place().search(folded)
    return places[named[0]] if named else None


def event_hours(event: Event, agents: Iterable[Agent]) -> float | None:
    """Return by how many hours the clock that an event's time was read from is usually ahead of Greenwich: that of its
    place or office, else that of the correspondents at its end of the wire, by their place, office or name. None where
    the table knows none of them."""
    said: list[Word | None] = [event.place, event.org]
    for agent in agents:
        said += [agent.place, agent.org, agent]
    known = (hours_ahead(str(one.value)) for one in said if one is not None)
    return next((hours for hours in known if hours is not None), None)


@cache
def _named_place() -> re.Pattern[str]:
    places, _, _ = _table()
    names = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b")


def is_city(name: str) -> bool:
    """Whether `name` as a whole is a city of the table."""
    return re.sub(r"\s+", " ", name.casefold()).strip(" .,") in _table()[0]


def cities() -> tuple[str, ...]:
    """Return the cities of the table, in lower case."""
    return tuple(_table()[0])


def zone_hours(zone: str | None) -> float | None:
    """Return the hours that a stated zone is ahead of Greenwich: `Z`, `+09:00`, `Peking time`, `Moscow`."""
    if not zone:
        return None
    numeric = re.fullmatch(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d\d))?", zone.strip())
    if numeric:
        hours = int(numeric[2]) + int(numeric[3] or 0) / 60
        return hours if numeric[1] == "+" else -hours
    folded = zone.casefold().strip(" ()")
    _, zones, _ = _table()
    if folded in zones:
        return zones[folded]
    return hours_ahead(re.sub(r"\s*(?:local\s+)?time$", "", folded))
