"""From the rows of records to steps of their way, and what of a route is not usual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log

from sqlalchemy import ColumnElement, Connection

from mabillon.archive.series.quoting import quote, read_blackened
from mabillon.archive.series.reading_off import end_key
from mabillon.checks.registry import definitions
from mabillon.connect.steps import LINKS, Step, Timed, steps
from mabillon.connect.zones import Hypothesis, Observed, decided, weigh
from mabillon.record import Record
from mabillon.store import transit as stored
from mabillon.store.across import AcrossFinding, Quoted, put_across
from mabillon.store.transit import Bounds, Ends, Route, Spread, Transit

IMPLAUSIBLE = "transit.implausible"

LEAST = 12
"""Messages that a step must have been measured on before it is said what is usual."""

FAR = 5.0
"""Spreads of the logarithm from the median beyond which a step is not usual: one in a million by chance."""

_NARROWEST = 0.4
_DAY = 1440
_SUMMER = 90
"""Minutes by which a step may seem to go backwards: an hour of summer time, and clocks that differ."""


def transits_in(connection: Connection, low: int, high: int) -> tuple[list[Transit], dict[str, str]]:
    """Return the steps of the records changed in a stretch, and what their stations are called."""
    ends = stored.ends_of(connection, low, high, LINKS)
    timed = stored.events_of(connection, low, high, LINKS) if ends else {}
    labels: dict[str, str] = {}
    found: list[Transit] = []
    for row in ends:
        sender = end_key(row.sender, row.sender_place)
        recipient = end_key(row.recipient, row.recipient_place)
        its = list(_steps(row, timed.get(row.key, ()), sender[0], recipient[0]))
        if its and sender[0] and recipient[0]:
            labels |= {sender[0]: sender[1], recipient[0]: recipient[1]}
            found += its
    return found, labels


def _steps(row: Ends, timed: Sequence[tuple[str | None, ...]], origin: str, goal: str) -> Iterator[Transit]:
    at_sender = (row.sender_place, row.sender_org, row.sender)
    at_recipient = (row.recipient_place, row.recipient_org, row.recipient)
    events = []
    for type, time, zone, place, org in timed:
        ends = at_sender if type in ("drafted", "sent") else at_recipient
        events.append(Timed(type or "", time, zone, (place, org, *ends)))
    month = row.first_day // 100 if row.first_day else 0
    for step in steps(events, row.date, at_sender):
        yield _transit(row, step, origin, goal, month)


def _transit(row: Ends, step: Step, origin: str, goal: str, month: int) -> Transit:
    return Transit(
        row.key, origin, goal, row.type or "other", month, step.first, step.last, step.minutes, int(step.precise),
        step.zones, step.clock, *step.ahead,
    )  # fmt: skip


def weighed(connection: Connection, route: Route, condition: ColumnElement[bool] | None = None) -> list[Hypothesis]:
    """Return by whose clock a route can have gone, the likeliest first, over the records that fulfil `condition`."""
    found = stored.observed(connection, route, condition)
    return weigh([Observed(one.clock, one.minutes, (one.ahead_first, one.ahead_last), one.messages) for one in found])


def judge_route(connection: Connection, route: Route) -> None:
    """Say of each step of a route whether it is usual, and put the findings on those that are not."""
    clock = decided(weighed(connection, route))
    spreads = stored.spreads(connection, route, clock or "sender", "service")
    usual = [_bounds(spread) for spread in spreads if spread.measured >= LEAST]
    stored.judge(connection, route, clock, usual)
    odd = stored.odd_ones(connection, route, clock or "sender")
    scope = "/".join(route)
    put_across(connection, IMPLAUSIBLE, [scope], _findings(connection, odd, spreads, scope))


def _bounds(spread: Spread) -> Bounds:
    """Return between what a step usually lies; days are counted from their middle, so that none is 0."""
    half = 0 if spread.precise else _DAY // 2
    lower, median, upper = (log(max(1, value + half)) for value in (spread.lower, spread.median, spread.upper))
    reach = FAR * max(_NARROWEST, (upper - lower) / 1.349)
    least = round(exp(median - reach)) - half
    if spread.precise or median < log(2 * _DAY):  # only what is long under way can be too quick
        least = min(least, -_SUMMER if spread.precise else -_DAY)
    return Bounds(
        spread.first_type, spread.last_type, spread.by, spread.precise, least, round(exp(median + reach)) - half
    )


def _findings(
    connection: Connection, odd: Sequence[tuple[Transit, int]], spreads: Sequence[Spread], scope: str
) -> Iterator[AcrossFinding]:
    known = read_blackened(connection, sorted({transit.record_key for transit, _ in odd}))
    usual = {(one.first_type, one.last_type, one.by, one.precise): one for one in spreads}
    for transit, took in odd:
        record = known.get(transit.record_key)
        spread = usual.get((transit.first_type, transit.last_type, transit.service, transit.precise))
        if record is None or spread is None:
            continue
        step = f"{transit.first_type} to {transit.last_type}"
        message = (
            f"{in_words(took)} from {step}; half of the others of this route took "
            f"{in_words(spread.lower)} to {in_words(spread.upper)}"
        )
        yield AcrossFinding(
            finding=IMPLAUSIBLE,
            record=record.id,
            scope=scope,
            severity=definitions()[IMPLAUSIBLE]["severity"],
            message=message,
            about=(transit.first_type, transit.last_type),
            evidence=tuple(_times(record, transit)),
        )


def _times(record: Record, transit: Transit) -> Iterator[Quoted]:
    """Yield the two times; the document's own date where nothing else says when it was sent."""
    for type in (transit.first_type, transit.last_type):
        event = next((one for one in record.events if one.type.value == type and one.time is not None), None)
        value = event.time if event is not None else record.date if type == "sent" else None
        if value is not None:
            yield quote(value, record.id)


def in_words(minutes: int) -> str:
    """Return a length of time in its largest units: `47 days`, `3 h 20 min`; with a minus where it goes backwards."""
    sign, size = ("−" if minutes < 0 else ""), abs(minutes)
    if size >= 3 * _DAY:
        return f"{sign}{round(size / _DAY)} days"
    hours, rest = divmod(size, 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{rest} min"] if rest or not hours else []
    return sign + " ".join(parts)
