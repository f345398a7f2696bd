"""Who knew a document, by what it says itself: each claim with the words that make it, and whether they prove it.

A claim is proved by words that name a person and words that say when; it holds from the *last* instant that these can
mean. All else is presumed, with the doubt: a copy without a time of delivery, a time that contradicts the others, a
value that was inferred and not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mabillon.authority.index import plain
from mabillon.connect.instants import Clock, Stretch, clock_of_place, clock_of_zone, either, stretch_of
from mabillon.connect.posts import held_by
from mabillon.connect.present import present
from mabillon.evidence import Agent, Value
from mabillon.record import EVENT_TYPES, Event, Record
from mabillon.text import Span

WAYS = (
    "signed", "sent", "drafted", "enclosed", "handled", "present", "received", "read", "copied", "answered", "cited",
    "told",
)  # fmt: skip
"""How a document is known to somebody. Who is `enclosed` wrote what it encloses, and who was `present` was in the room
that it tells of: they knew that, and not the paper itself."""

DOUBTS = (
    "no-delivery", "no-time", "conflict", "inferred", "unsure", "other-place", "through", "office", "name", "reference",
)  # fmt: skip
"""Why a claim is presumed and not proved; `name` and `reference` are doubts about who, and which document, is meant."""

SURE_READING = 0.7
"""Confidence below which a reading proves nothing."""

SLIP = 60 * 1440
"""Minutes between two times of one document beyond which one of them is a slip of the pen: the later one counts."""

_AT_SENDER = frozenset(EVENT_TYPES[: EVENT_TYPES.index("relayed")]) - {"handed-over"}
_MADE = frozenset({"drafted", "cleared", "signed", "translated", "released"})
_LATE = frozenset({"declassified", "published"})
_TAKEN_IN = ("received", "arrived", "decrypted", "typed", "printed", "registered")
_SHARED = ("copy", "info")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a document that say something, and where they stand in its text."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody knew a document.

    way: one of WAYS; relation: as a name is linked (sender, recipient, signatory, copy, mention); name: as it is read
    person: the authority of who held the office that is named, None where the name itself says who is meant
    proved: whether the words prove it; then it is certain from the instant `high` on, and possible from `low` on
    low, high: minutes of universal time since the year 1; `low` is None where nothing says how early it may have been
    time, zone: as stated, EDTF; words: name first, then the time, then what else says so; doubts: of DOUBTS
    """

    way: str
    relation: str
    name: str
    proved: bool
    low: int | None
    high: int | None
    time: str | None = None
    zone: str | None = None
    words: tuple[Words, ...] = ()
    doubts: tuple[str, ...] = ()
    person: str | None = None

    @property
    def plain(self) -> str:
        return plain(self.name)


@dataclass(frozen=True, slots=True)
class _Time:
    """A time of the document: what it can mean, its words, and what keeps it from proving anything."""

    stretch: Stretch
    value: str
    zone: str | None
    words: tuple[Value, ...]
    doubts: tuple[str, ...] = ()


def claims_of(record: Record) -> list[Claim]:
    """Return all that `record` says of who knew it. Enclosures went with their cover and are not looked into."""
    return _once(_Known(record).claims())


def _once(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims, of two that differ in nothing but their words only the first."""
    found: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        if claim.name.strip() and claim.plain:
            found.setdefault((claim.way, claim.person or claim.plain, claim.proved, claim.low, claim.high), claim)
    return list(found.values())


class _Known:
    """One record, asked who knew it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        ends = (record.senders or record.signatories, record.recipients)
        self.date = str(record.date.value) if record.date else ""
        self.clocks = [_clock(agents, self.date) for agents in ends]
        self.dated = self._dated()
        self.events = [(event, self._timed(event)) for event in record.events]
        self.made = self._made()
        self.taken_in = self._last(_TAKEN_IN)

    def claims(self) -> Iterator[Claim]:
        record = self.record
        yield from (self._claim("signed", "signatory", agent, self.made) for agent in record.signatories)
        for agent in record.senders:
            yield from self._and_office(self._claim("sent", "sender", agent, self.made), agent)
        for agent in record.recipients:
            if agent.capacity in _SHARED:
                yield from self._and_office(self._copied(agent), agent)
            elif agent.capacity != "exempt":
                yield from self._and_office(self._received(agent), agent)
        for copy in record.copies.entries if record.copies else ():
            if copy.recipient is not None:
                yield self._copied(copy.recipient)
        yield from (self._claim("present", "mention", name, self.dated) for name in present(record))
        for enclosure in record.enclosures:
            yield from self._enclosed(enclosure)
        for event, time in self.events:
            if event.agent is not None and str(event.type.value) not in _LATE:
                yield self._handled(event, time)

    def _enclosed(self, enclosure: Record) -> Iterator[Claim]:
        """Yield that whoever wrote an enclosure knew it when he did. Its words are counted in the cover's text."""
        value = enclosure.date
        date = str(value.value) if value else ""
        agents = enclosure.signatories or enclosure.senders
        stretch = stretch_of(date, _clock(agents, date) or either(*self.clocks))
        time = _Time(stretch, date, None, (value,), _doubts(value)) if value and stretch else None
        yield from (self._claim("enclosed", "enclosed", agent, time) for agent in agents)
        for inner in enclosure.enclosures:
            yield from self._enclosed(inner)

    def _and_office(self, claim: Claim, agent: Agent) -> Iterator[Claim]:
        """Yield a claim and, where a mission is named, that whoever headed it on that day presumably knew."""
        yield claim
        person = held_by(agent, self.date)
        if person is not None:
            yield replace(self._presumed(claim, "office"), person=person)

    def _dated(self) -> _Time | None:
        """Return the date of the document, by the clock of either end of the wire where the sender's is known."""
        value = self.record.date
        stretch = stretch_of(self.date, either(*self.clocks) if self.clocks[0] else None)
        return _Time(stretch, self.date, None, (value,), _doubts(value)) if value and stretch else None

    def _timed(self, event: Event) -> _Time | None:
        """Return the time of an event. Where no zone is stated it may be by the clock of either end of the wire."""
        if event.time is None:
            return None
        stated = str(event.time.value)
        zone = str(event.zone.value) if event.zone is not None else None
        stretch = stretch_of(stated, clock_of_zone(zone) or self._clock_of(event, stated))
        if stretch is None:
            return None
        doubts = _doubts(event.time)
        if self.dated is not None and stretch.high < self.dated.stretch.low:
            doubts = (*doubts, "conflict")
        return _Time(stretch, stated, zone, (event.time, event.type), doubts)

    def _clock_of(self, event: Event, stated: str) -> Clock | None:
        own = self.clocks[0 if str(event.type.value) in _AT_SENDER else 1]
        for value in (event.org, event.place):
            own = (clock_of_place(str(value.value), stated) if value is not None else None) or own
        return either(own, *self.clocks) if own is not None else None

    def _made(self) -> _Time | None:
        """Return the time by which whoever wrote the document knew it: that which ends first of its date, its signing
        and its sending, unless they lie so far apart that one is a slip."""
        found = [time for event, time in self.events if time and str(event.type.value) in ("signed", "sent")]
        found = [time for time in (self.dated, *found) if time is not None]
        sound = [time for time in found if not time.doubts]
        if not sound:
            return min(found, key=lambda time: time.stretch.high, default=None)
        first, last = (pick(sound, key=lambda time: time.stretch.high) for pick in (min, max))
        return last if last.stretch.low - first.stretch.high > SLIP else first

    def _last(self, types: Sequence[str]) -> _Time | None:
        """Return when all events of these types that state a time were over; with a doubt if one contradicts."""
        found = [time for event, time in self.events if time is not None and str(event.type.value) in types]
        if not found:
            return None
        last = max(found, key=lambda time: time.stretch.high)
        low = min(time.stretch.low for time in found)
        doubts = tuple(dict.fromkeys(doubt for time in found for doubt in time.doubts))
        return replace(last, stretch=Stretch(low, last.stretch.high), doubts=doubts)

    def _earliest(self) -> int | None:
        """Return the instant before which nobody can have got the document."""
        for time in (self.taken_in, self.made, self.dated):
            if time is not None and not time.doubts:
                return time.stretch.low
        return None

    def _received(self, agent: Agent) -> Claim:
        time = self.taken_in or self._last(("distributed",))
        claim = self._claim("received", "recipient", agent, time)
        doubts = (("through",) if agent.via else ()) + (("other-place",) if not self._reached(agent) else ())
        if time is None or "conflict" in claim.doubts:
            claim = self._presumed(claim, "no-time" if time is None else "conflict")
        return self._presumed(claim, *doubts) if doubts else claim

    def _reached(self, agent: Agent) -> bool:
        """Say whether the events of the receiving end are this recipient's: where recipients are in several places,
        only those of his own place are."""
        asked = [one for one in self.record.recipients if one.capacity not in (*_SHARED, "exempt")]
        if len({plain(str(one.place.value)) for one in asked if one.place}) < 2:
            return True
        stated = [event.place for event, _ in self.events if str(event.type.value) in _TAKEN_IN and event.place]
        at = plain(str(agent.place.value)) if agent.place else None
        return at is not None and at in {plain(str(one.value)) for one in stated}

    def _copied(self, value: Value) -> Claim:
        delivered = self._last(("distributed",))
        relation = "copy"
        if delivered is None or delivered.doubts:
            claim = self._claim("copied", relation, value, delivered)
            return self._presumed(claim, "no-delivery" if delivered is None else "conflict")
        return self._claim("copied", relation, value, delivered)

    def _handled(self, event: Event, time: _Time | None) -> Claim:
        assert event.agent is not None
        type = str(event.type.value)
        way = {"signed": "signed", "read": "read", "drafted": "drafted"}.get(type, "handled")
        if time is None and type in _MADE:
            time = self.made and replace(self.made, words=(*self.made.words, event.type))
        claim = self._claim(way, "mention", event.agent, time)
        return self._presumed(claim, "no-time") if time is None else claim

    def _claim(self, way: str, relation: str, value: Value, time: _Time | None) -> Claim:
        doubts = tuple(dict.fromkeys((*_doubts(value), *(time.doubts if time else ("no-time",)))))
        words = tuple(_words(one) for one in (value, *(time.words if time else ())) if one.spans)
        proved = not doubts and time is not None
        low = time.stretch.low if time and "conflict" not in time.doubts else self._earliest()
        high = time.stretch.high if time and proved else None
        return Claim(
            way, relation, str(value.value), proved, low, high, time.value if time else None,
            time.zone if time else None, words, doubts,
        )  # fmt: skip

    def _presumed(self, claim: Claim, *doubts: str) -> Claim:
        """Return the claim as one that is possible from the receipt on, and not proved."""
        earliest = self._earliest()
        low = earliest if claim.low is None or (earliest is not None and not claim.proved) else claim.low
        kept = tuple(dict.fromkeys((*(doubt for doubt in claim.doubts if doubt != "no-time"), *doubts)))
        return replace(claim, proved=False, low=low, high=None, doubts=kept)


def _clock(agents: Sequence[Agent], date: str) -> Clock | None:
    """Return the clock at one end of the wire: that of the first place, office or name there that a table knows."""
    for agent in agents:
        for value in (agent.place, agent.org, agent):
            if value is not None and (clock := clock_of_place(str(value.value), date)):
                return clock
    return None


def _doubts(value: Value | None) -> tuple[str, ...]:
    """Return why a value proves nothing: no words state it, or they were hard to read."""
    if value is None or not value.spans or value.reason not in (None, "editor"):
        return ("inferred",)
    return () if value.confidence >= SURE_READING else ("unsure",)


def _words(value: Value) -> Words:
    return Words(value.text, tuple((start, end) for start, end in value.spans))
