"""How long a message was on its way from one link of its chain to the next, as far as its times say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from mabillon.clocks import hours_ahead, zone_hours

LINKS = ("drafted", "sent", "received", "arrived", "read")
"""Links between which times are measured, in their order."""

SENDING = frozenset({"drafted", "sent"})
"""Links at the originating end; the others are at the other."""

LONGEST = 300 * 1440
"""Minutes from which on a difference is a slip of the year and no transit (`date.year-slip` says so)."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An event as far as it is timed: `time` is EDTF, `where` the names by which its clock is looked up, the nearest
    first."""

    type: str
    time: str | None
    zone: str | None = None
    where: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """From one link to the next. `minutes` are as the clocks stand, or in universal time where both zones are stated
    (`zones` 2); whole days where not `precise`. `clock` is the minute of the day of the first; `ahead` by how many
    minutes the two places' clocks are ahead of Greenwich, None where that is not known."""

    first: str
    last: str
    minutes: int
    precise: bool
    zones: int
    clock: int | None
    ahead: tuple[int | None, int | None]

    @property
    def crosses(self) -> bool:
        """Whether it leads from one end of the wire to the other."""
        return self.first in SENDING and self.last not in SENDING


@lru_cache(maxsize=200_000)
def moment(time: str | None) -> tuple[datetime, bool] | None:
    """Return a time and whether it is known to the minute; None where it is less precise than a day, or impossible."""
    if time is None or len(time) not in (10, 16):
        return None
    try:
        return datetime.fromisoformat(time), len(time) == 16
    except ValueError:
        return None


def steps(events: Iterable[Timed], dated: str | None, sender: Sequence[str | None] = ()) -> list[Step]:
    """Return the steps of a chain. A document that says when it came and not when it went, went on the day that it is
    `dated`; `sender` are the names of its place."""
    first: dict[str, Timed] = {}
    for event in events:
        if event.type in LINKS and moment(event.time) is not None:
            first.setdefault(event.type, event)
    if "sent" not in first and dated is not None and moment(dated[:10]) is not None:
        first["sent"] = Timed("sent", dated[:10], None, tuple(sender))
    chain = [first[link] for link in LINKS if link in first]
    found = (_step(one, other) for one, other in zip(chain, chain[1:], strict=False))
    return [step for step in found if step is not None]


def _step(one: Timed, other: Timed) -> Step | None:
    first, last = moment(one.time), moment(other.time)
    assert first is not None and last is not None
    if not (first[1] and last[1]):
        days = (last[0].date() - first[0].date()).days
        return Step(one.type, other.type, 1440 * days, False, 0, None, (None, None)) if _is_near(1440 * days) else None
    zones = _minutes(zone_hours(one.zone)), _minutes(zone_hours(other.zone))
    stated = sum(zone is not None for zone in zones)
    ahead = _ahead(one, zones[0]), _ahead(other, zones[1])
    minutes = round((last[0] - first[0]).total_seconds() / 60)
    if zones[0] is not None and zones[1] is not None:
        minutes -= zones[1] - zones[0]
    clock = first[0].hour * 60 + first[0].minute
    return Step(one.type, other.type, minutes, True, stated, clock, ahead) if _is_near(minutes) else None


def _is_near(minutes: int) -> bool:
    return abs(minutes) < LONGEST


def _ahead(event: Timed, zone: int | None) -> int | None:
    if zone is not None:
        return zone
    known = (hours_ahead(name) for name in event.where)
    return _minutes(next((hours for hours in known if hours is not None), None))


def _minutes(hours: float | None) -> int | None:
    return None if hours is None else round(hours * 60)
