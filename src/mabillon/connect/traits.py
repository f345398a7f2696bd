"""What of a record is compared: as a document that can be named, and as one that names others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mabillon.connect.stations import UNKNOWN, End, end_of, station
from mabillon.connect.wording import number_key, owner, station_in
from mabillon.dates.edtf import bounds
from mabillon.record import Record, Reference

Days = tuple[int, int]
"""First and last day of a date, as proleptic ordinals (`datetime.date.toordinal`)."""

OWN_KINDS = ("message", "sender")
"""Numbers of the series in which a station counts what it sends."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document as one that others can name."""

    id: str
    title: str
    type: str | None
    date: str | None
    days: Days | None
    numbers: tuple[tuple[str, str], ...]
    sender: End
    recipient: End

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.numbers)


@dataclass(frozen=True, slots=True)
class Named:
    """A document as another one names it: `wording` are the words, `sender` and `recipient` what they make likely.

    `number` is the key by which numbers are compared, `shown` the number as read; `ordinal` counts the references of
    the record `holder`; `whose` is mine, yours, theirs, station or "".
    """

    holder: str
    ordinal: int
    direction: str
    kind: str | None
    number: str | None
    shown: str | None
    date: str | None
    days: Days | None
    whose: str
    sender: End
    recipient: End
    wording: str


@dataclass(frozen=True, slots=True)
class Traits:
    held: Held
    named: tuple[Named, ...]


def days_of(edtf: str | None) -> Days | None:
    """Return the days that a date bounds; None where it is missing, impossible or open."""
    if not edtf:
        return None
    try:
        first, last = bounds(edtf)
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


def year_of(days: Days | None) -> int | None:
    return None if days is None else dt.date.fromordinal(days[1]).year


def traits_of(record: Record) -> Traits:
    """Return what is compared of `record`; enclosures are records of their own and not looked into."""
    date = record.date.value if record.date else None
    numbers = {number_key(n.value): n.value for n in record.numbers if n.kind in OWN_KINDS}
    held = Held(
        id=record.id,
        title=record.title.value if record.title else "",
        type=record.type.value if record.type else None,
        date=date,
        days=days_of(date),
        numbers=tuple(numbers.items()),
        sender=end_of(record.senders or record.signatories),
        recipient=end_of(record.recipients),
    )
    named = (_named(record, held, n, reference) for n, reference in enumerate(record.references))
    return Traits(held, tuple(found for found in named if found is not None))


def _named(record: Record, holder: Held, ordinal: int, reference: Reference) -> Named | None:
    date = reference.date.value if reference.date else None
    days = days_of(date)
    if reference.number is None and days is None:
        return None
    whose, wording = owner(record, reference)
    whose, sender, recipient = _ends(holder, reference, whose)
    return Named(
        holder=holder.id,
        ordinal=ordinal,
        direction=reference.direction,
        kind=reference.kind,
        number=number_key(reference.number.value) if reference.number else None,
        shown=reference.number.value if reference.number else None,
        date=date,
        days=days,
        whose=whose,
        sender=sender,
        recipient=recipient,
        wording=wording,
    )


def _ends(holder: Held, reference: Reference, whose: str) -> tuple[str, End, End]:
    """Return whose document is named, and its two ends, from the words and from who writes to whom."""
    own = station_in(reference.number.value) if reference.number else None
    stated = reference.from_.value if reference.from_ else own
    if stated is None and whose.startswith("station:"):
        stated = whose.removeprefix("station:")
    if stated is None and whose not in ("", "mine", "yours", "theirs", "post"):
        stated = whose
    if stated is not None:
        return _of_station(holder, station(stated))
    if whose == "post":  # the embassy's own word for its telegrams; in the mouth of its ministry it means yours
        whose = "yours" if "washington" in holder.sender.stations else "mine"
    if not whose:
        whose = {"replies-to": "yours", "continues": "mine"}.get(reference.direction, "")
    if whose == "mine":
        return whose, holder.sender, holder.recipient
    if whose == "yours":
        return whose, holder.recipient, holder.sender
    return whose, UNKNOWN, UNKNOWN


def _of_station(holder: Held, sender: End) -> tuple[str, End, End]:
    if sender.key in holder.sender.stations:
        return "mine", holder.sender, holder.recipient
    if sender.key in holder.recipient.stations:
        return "yours", sender, holder.sender
    return "station", sender, UNKNOWN
