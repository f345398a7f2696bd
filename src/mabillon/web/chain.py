"""The transmission as a small timeline: links in the order of the chain, with the intervals between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mabillon.record import Event
from mabillon.web.anatomy import Register, Row, ValueView, query
from mabillon.web.moments import Instant, instant_of, interval, show_interval


@dataclass(slots=True)
class Link:
    """One link of the chain. `since` is the interval from the link before it, "" where that cannot be said."""

    type: ValueView
    time: ValueView | None = None
    details: list[Row] = field(default_factory=list)
    since: str = ""
    backwards: bool = False
    zones: str = ""

    @property
    def findings(self) -> list[int]:
        views = [self.type, self.time, *(row.value for row in self.details)]
        return sorted({number for view in views if view for number in view.findings})


def chain_of(events: Sequence[Event], register: Register) -> list[Link]:
    """Return the links with the interval of each from the last link before it that states a time."""
    links: list[Link] = []
    before: Instant | None = None
    for event in events:
        link = _link(event, register)
        zone = str(event.zone.value) if event.zone else None
        now = instant_of(str(event.time.value) if event.time else None, zone)
        if now and before:
            gap = interval(before, now)
            link.since = show_interval(gap, not (now.clock and before.clock), register.language)
            link.backwards = gap.total_seconds() < 0
            link.zones = _zone_note(before, now)
        links.append(link)
        before = now or before
    return links


def _link(event: Event, register: Register) -> Link:
    link = Link(register.term("event", event.type))
    if event.time:
        link.time = register.moment(event.time)
    for name in ("zone", "place", "agent", "org"):
        value = getattr(event, name)
        if value:
            find = {"place": "place", "agent": "about"}.get(name)
            view = register.view(value, find=query(find, value.value) if find else None)
            link.details.append(Row(f"label.{name}", view))
    return link


def _zone_note(before: Instant, now: Instant) -> str:
    """Say how the two clocks were compared: which is what the findings do too."""
    if not (before.clock and now.clock):
        return ""
    known = (before.offset is not None) + (now.offset is not None)
    return ("chain.by-clock", "chain.one-zone", "chain.by-zone")[known]
