"""Contradictions in the chain of transmission."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from mabillon.checks.registry import finding
from mabillon.clocks import SUMMER, event_hours, hours_ahead, zone_hours
from mabillon.evidence import Value, Word
from mabillon.record import EVENT_TYPES, Event, Record

SENDING_END = frozenset({"drafted", "cleared", "signed", "released", "encrypted", "sent"})
RECEIVING_END = frozenset({"received", "arrived", "decrypted", "typed", "printed", "registered", "distributed", "read"})
EITHER_END = frozenset({"typed", "printed"})
"""A despatch is typed before it is sent, a cable when it has come in."""
_ORDERED = tuple(kind for kind in EVENT_TYPES if kind in SENDING_END | RECEIVING_END)
LONGEST = {"wire": timedelta(days=14), "radio": timedelta(days=14), "telephone": timedelta(days=2)}
"""How long the slowest plausible message of a channel was under way; letters and pouches have no bound here."""
FASTEST_CIPHER = timedelta(minutes=45)
"""Before 1940 a ciphered telegram between two capitals was not handed in, sent and taken off within less."""


def moment(word: Word | None) -> datetime | None:
    """Return the clock time that `word` states; None where it states a day only or no possible time."""
    if word is None or "T" not in str(word.value):
        return None
    try:
        return datetime.fromisoformat(word.value)
    except ValueError:
        return None


def day(word: Word | None) -> datetime | None:
    if word is None:
        return None
    try:
        return datetime.fromisoformat(str(word.value)[:10])
    except ValueError:
        return None


def slipped(record: Record) -> set[int]:
    """Return the identities of the events whose year is a slip of the pen: judged there, not as order."""
    days = {
        id(event): found
        for event in record.events
        if (found := day(event.time)) and event.type.value not in ("declassified", "published")
    }
    if len(days) < 2:
        return set()
    years = sorted(found.year for found in days.values())
    usual = max(set(years), key=lambda year: (years.count(year), year == _own_year(record)))
    return {
        key
        for key, found in days.items()
        if abs(found.year - usual) >= 1 and not _across_new_year(found, usual, days.values())
    }


def _own_year(record: Record) -> int | None:
    found = day(record.date)
    return found.year if found else None


def _across_new_year(found: datetime, usual: int, others: Iterable[datetime]) -> bool:
    return abs(found.year - usual) == 1 and any(
        abs(found - other) < timedelta(days=120) for other in others if other.year != found.year
    )


@finding("chain.out-of-order")
def out_of_order(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield each pair of neighbouring links whose times contradict their order."""
    slips = slipped(record)
    events = [
        event for event in record.events if id(event) not in slips and event.type.value in _ORDERED and event.time
    ]
    for position, earlier in enumerate(events):
        for later in events[position + 1 :]:
            if _contradict(record, earlier, later):
                yield (
                    f"{later.type.value} at {_shown(later)} is before {earlier.type.value} at {_shown(earlier)}",
                    [time for time in (earlier.time, later.time) if time],
                )
                return
    if (early := _before_its_day(record, events)) is not None and early.time and record.date:
        yield (
            f"{early.type.value} at {_shown(early)}, dated {record.date.value}",
            [early.time, record.date],
        )


_TAKEN_IN = frozenset({"received", "arrived", "decrypted", "registered"})
_DATE_LINE = timedelta(days=1)
"""By how many days two places' calendars may differ: the date line, and a night on either side of it, lie between."""


def _before_its_day(record: Record, events: list[Event]) -> Event | None:
    """Return the link of the receiving end that is dated before the document itself, where no sending is dated: a stamp
    of 3 March on a letter of 5 March."""
    own = day(record.date)
    if own is None or record.date is None or not record.date.spans or len(str(record.date.value)) != 10:
        return None
    if any(event.type.value in SENDING_END for event in events):
        return None
    for event in events:
        at = day(event.time)
        if event.type.value in _TAKEN_IN and at and at.year == own.year and own - at > _DATE_LINE:
            return event
    return None


def _shown(event: Event) -> str:
    return str(event.time.value).replace("T", " ") if event.time else ""


def _contradict(record: Record, earlier: Event, later: Event) -> bool:
    if {earlier.type.value, later.type.value} & EITHER_END and {earlier.type.value, later.type.value} & SENDING_END:
        return False
    first, second = moment(earlier.time), moment(later.time)
    if first is None or second is None:
        return _days_contradict(earlier, later)
    if earlier.type.value == later.type.value:
        return False
    zones = zone_hours(_value(earlier.zone)), zone_hours(_value(later.zone))
    if zones[0] is not None and zones[1] is not None:
        return second - timedelta(hours=zones[1]) < first - timedelta(hours=zones[0])
    if second >= first:
        return False
    same_end = {earlier.type.value, later.type.value} <= SENDING_END or {
        earlier.type.value,
        later.type.value,
    } <= RECEIVING_END
    if same_end:
        return zones == (None, None) or zones[0] == zones[1]
    return not _clocks_explain(record, earlier, later, first, second, zones)


def _days_contradict(earlier: Event, later: Event) -> bool:
    first, second = day(earlier.time), day(later.time)
    margin = timedelta(
        days=0
        if {earlier.type.value, later.type.value} <= RECEIVING_END
        or {earlier.type.value, later.type.value} <= SENDING_END
        else 1
    )
    return bool(first and second and second + margin < first)


def _clocks_explain(
    record: Record,
    earlier: Event,
    later: Event,
    first: datetime,
    second: datetime,
    zones: tuple[float | None, float | None],
) -> bool:
    """Whether the two places' clocks, or the order of a form for outgoing cables, explain a receipt too early."""
    if _printed_before(later, earlier):
        return True
    at_sender = zones[0] if zones[0] is not None else event_hours(earlier, record.senders)
    at_recipient = zones[1] if zones[1] is not None else event_hours(later, record.recipients)
    if at_sender is None:
        return first - second <= timedelta(hours=15)
    fastest = FASTEST_CIPHER if first.year < 1940 else timedelta(0)
    if at_recipient is None:
        # some office nearer the sun's setting may explain it, one on the same clock does not
        return (
            first - second + fastest <= timedelta(hours=at_sender + SUMMER)
            if at_sender >= 2
            else first - second + fastest <= timedelta(hours=1)
        )
    return first - second + fastest <= timedelta(hours=at_sender - at_recipient + SUMMER)


def _printed_before(later: Event, earlier: Event) -> bool:
    """Whether the paper itself gives the receipt first: received by the cipher office, then sent."""
    return bool(
        later.time
        and earlier.time
        and later.time.spans
        and earlier.time.spans
        and later.time.spans[0] < earlier.time.spans[0]
    )


def _value(word: Word | None) -> str | None:
    return str(word.value) if word else None


_LEGATION = re.compile(r"\b(?:Legation|Embassy|Consulate(?: General)?) of the United States\b", re.IGNORECASE)
FASTEST_PAPER = ((1900, 0.9), (1935, 0.5))
"""Days that a paper was at the least under way for each hour that the clocks of two places differ, up to a year: by
steamer and rail a fortnight and more round a third of the globe; later there were aeroplanes and nothing follows."""


def _too_fast(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield a paper that came from one side of the globe to the other in fewer days than any ship or train took."""
    sent, event = day(record.date), next((event for event in record.events if event.type.value == "received"), None)
    arrived = day(event.time) if event else None
    if record.type is None or record.type.value not in ("despatch", "letter", "report") or not sent or not arrived:
        return
    pace = next((days for until, days in FASTEST_PAPER if sent.year < until), None)
    here = hours_ahead(next((_value(agent.place) for agent in record.senders if agent.place), None))
    there = next((hours_ahead(_value(agent.place)) for agent in record.recipients if agent.place), None)
    text = record.source.text[:3000] if record.source and record.source.text else ""
    if there is None and _LEGATION.search(text):
        there = hours_ahead("Washington")
    if pace is None or here is None or there is None or record.date is None or event is None or event.time is None:
        return
    apart = abs(here - there) % 24
    least = min(apart, 24 - apart) * pace
    if 0 <= (arrived - sent).days < least - 1:
        yield f"a paper cannot have come so far in {(arrived - sent).days} days", [record.date, event.time]


@finding("chain.implausible-transit")
def implausible_transit(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield a sending and a receipt further apart than a message of the channel can have been under way."""
    slips = slipped(record)
    timed = {event.type.value: event for event in reversed(record.events) if event.time and id(event) not in slips}
    channel = (
        record.channel.value if record.channel else "wire" if record.type and record.type.value == "telegram" else None
    )
    yield from _too_fast(record)
    longest = LONGEST.get(channel or "")
    if longest is None:
        return
    chain = [
        timed[kind] for kind in ("sent", "received", "arrived", "decrypted", "typed", "distributed") if kind in timed
    ]
    for earlier, later in zip(chain, chain[1:], strict=False):
        first, second = day(earlier.time), day(later.time)
        if first and second and second - first > longest:
            yield (
                f"{(second - first).days} days from {earlier.type.value} to {later.type.value}",
                [time for time in (earlier.time, later.time) if time],
            )
