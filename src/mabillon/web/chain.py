"""The transmission as a small timeline: links in the order of the chain, with the intervals between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from mabillon.clocks import event_hours, zone_hours
from mabillon.evidence import Word
from mabillon.record import EVENT_TYPES, Event, Record
from mabillon.web.anatomy import Register, Row, ValueView, query
from mabillon.web.moments import Instant, instant_of, interval, show_interval

_SENDING_END = frozenset(EVENT_TYPES[: EVENT_TYPES.index("relayed")]) - {"handed-over"}
_SLIP = timedelta(days=300)
"""A time so far before the link that it follows is a slip of the year: the next link is not measured from it."""


@dataclass(slots=True)
class Link:
    """One link of the chain. `since` is the interval from the link before it, "" where that cannot be said; `zones` a
    key of the locale for how the clocks were compared; `stations` the interval if each clock is its station's."""

    type: ValueView
    time: ValueView | None = None
    details: list[Row] = field(default_factory=list)
    since: str = ""
    backwards: bool = False
    zones: str = ""
    stations: str = ""

    @property
    def findings(self) -> list[int]:
        views = [self.type, self.time, *(row.value for row in self.details)]
        return sorted({number for view in views if view for number in view.findings})


@dataclass(frozen=True, slots=True)
class _Timed:
    """When a link happened; `usual` is how far the clock of its place is ahead of Greenwich, if that is known."""

    instant: Instant
    usual: timedelta | None
    sending: bool


def chain_of(record: Record, register: Register) -> list[Link]:
    """Return the links with the interval of each from the last link before it that states a time."""
    links: list[Link] = []
    before: _Timed | None = None
    for event in record.events:
        link = _link(event, register)
        now = _timed(event, record)
        if now and before:
            gap = _measure(link, before, now, register)
            if gap is not None and gap < -_SLIP:
                now = None
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


def _timed(event: Event, record: Record) -> _Timed | None:
    zone = zone_hours(_said(event.zone))
    offset = timedelta(hours=zone) if zone is not None else None
    instant = instant_of(_said(event.time), offset)
    if instant is None:
        return None
    sending = str(event.type.value) in _SENDING_END
    usual = event_hours(event, record.senders if sending else record.recipients)
    assumed = timedelta(hours=usual) if usual is not None else None
    return _Timed(instant, offset if offset is not None else assumed, sending)


def _said(value: Word | None) -> str | None:
    return str(value.value) if value is not None else None


def _measure(link: Link, before: _Timed, now: _Timed, register: Register) -> timedelta | None:
    """Say how long after `before` the link came, and how the two clocks were compared.

    Where zones are not stated the clocks are compared as they stand and, between the two ends of the wire, also as the
    clocks of their stations, which the findings allow for. Where only one zone is stated only the latter is possible.
    """
    first, second = before.instant, now.instant
    clocks = first.clock and second.clock
    known = (first.offset is not None) + (second.offset is not None)
    stations = _by_stations(before, now) if clocks and known < 2 and before.sending != now.sending else None
    if stations is not None:
        link.stations = show_interval(stations, False, register.language)
    if clocks and known == 1:
        link.zones = "chain.one-zone"
        return None
    gap = interval(first, second)
    link.since = show_interval(gap, not clocks, register.language)
    link.backwards = gap < timedelta(0)
    link.zones = ("chain.by-zone" if known else "chain.by-clock") if clocks else ""
    return gap


def _by_stations(before: _Timed, now: _Timed) -> timedelta | None:
    if before.usual is None or now.usual is None or before.usual == now.usual:
        return None
    return now.instant.at - before.instant.at - (now.usual - before.usual)
