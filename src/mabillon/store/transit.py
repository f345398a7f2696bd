"""Times of transit: read off the events of records in sets, kept step by step, measured by the database itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, exists, func, not_, select, tuple_, update

from mabillon.store.bulk import chunks, insert_rows
from mabillon.store.schema import agents, events, records
from mabillon.store.series_tables import transits

Condition = ColumnElement[bool]
CLOCKS = ("sender", "recipient", "universal")
"""By whose clock a sending office can have given its times (`connect.zones.HYPOTHESES`)."""

SENDING = ("drafted", "sent")
"""Links at the originating end; the others are at the other."""

GRAIN = 5
"""Minutes to which transits are counted alike."""

UNJUDGED, USUAL, ODD = -1, 0, 1
"""What `transits.odd` can be."""


class Route(NamedTuple):
    """From one station to another, by their keys."""

    origin: str
    goal: str


class Ends(NamedTuple):
    """A record with events, and its two ends."""

    key: int
    date: str | None
    first_day: int | None
    type: str | None
    sender: str | None
    sender_place: str | None
    sender_org: str | None
    recipient: str | None
    recipient_place: str | None
    recipient_org: str | None


class Transit(NamedTuple):
    """A row of `transits`, in the order of its columns."""

    record_key: int
    origin: str
    goal: str
    service: str
    month: int
    first_type: str
    last_type: str
    minutes: int
    precise: int
    zones: int
    clock: int | None
    ahead_first: int | None
    ahead_last: int | None
    odd: int = UNJUDGED


class Spread(NamedTuple):
    """How long a step took, by `by` (service, month …): how often it was measured, and the quartiles in minutes."""

    first_type: str
    last_type: str
    by: str
    precise: int
    measured: int
    lower: int
    median: int
    upper: int


def ends_of(connection: Connection, low: int, high: int, types: Sequence[str]) -> list[Ends]:
    """Return the records changed after `low` and up to `high` that have an event of these types."""
    sender, recipient = (agents.alias(name) for name in ("sender", "recipient"))
    joined: Any = records
    for alias in (sender, recipient):
        first = and_(alias.c.record_key == records.c.key, alias.c.relation == alias.name, alias.c.ordinal == 0)
        joined = joined.outerjoin(alias, first)
    query = select(
        records.c.key, records.c.date, records.c.first_day, records.c.type, sender.c.name, sender.c.place,
        sender.c.org, recipient.c.name, recipient.c.place, recipient.c.org,
    ).select_from(joined)  # fmt: skip
    its = exists().where(events.c.record_key == records.c.key, events.c.type.in_(types))
    return [Ends._make(row) for row in connection.execute(query.where(records.c.seq > low, records.c.seq <= high, its))]


def events_of(connection: Connection, low: int, high: int, types: Sequence[str]) -> dict[int, list[Any]]:
    """Return key → (type, time, zone, place, org) of the events of these types, in the order of the chain."""
    columns = (events.c.record_key, events.c.type, events.c.time, events.c.zone, events.c.place, events.c.org)
    query = select(*columns).join_from(records, events, events.c.record_key == records.c.key)
    query = query.where(records.c.seq > low, records.c.seq <= high, events.c.type.in_(types))
    found: dict[int, list[Any]] = {}
    for row in connection.execute(query.order_by(events.c.record_key, events.c.ordinal)):
        found.setdefault(row[0], []).append(row[1:])
    return found


def forget_transits(connection: Connection, low: int, high: int) -> set[Route]:
    """Delete the steps of the records changed in that stretch, and return their routes."""
    changed = select(records.c.key).where(records.c.seq > low, records.c.seq <= high)
    of_route = select(transits.c.origin, transits.c.goal).where(transits.c.record_key.in_(changed)).distinct()
    stirred = {Route(*row) for row in connection.execute(of_route)}
    if stirred:
        connection.execute(delete(transits).where(transits.c.record_key.in_(changed)))
    return stirred


def forget_record(connection: Connection, key: int) -> None:
    """Take a record that changes, or goes, off its route at once."""
    of_route = select(transits.c.origin, transits.c.goal).where(transits.c.record_key == key).distinct()
    its = [Route(*row) for row in connection.execute(of_route)]
    if its:
        connection.execute(delete(transits).where(transits.c.record_key == key))
        unsettle(connection, its)


def put_transits(connection: Connection, rows: Sequence[Transit]) -> None:
    insert_rows(connection, transits, rows)


def unsettle(connection: Connection, routes: Iterable[Route]) -> None:
    """Have all steps of these routes judged anew: what is usual on them may have changed."""
    for some in chunks(sorted(set(routes)), 200):
        of_route = tuple_(transits.c.origin, transits.c.goal).in_(some)
        connection.execute(update(transits).where(of_route, transits.c.odd != UNJUDGED).values(odd=UNJUDGED))


def unjudged(connection: Connection, limit: int) -> list[Route]:
    query = select(transits.c.origin, transits.c.goal).where(transits.c.odd == UNJUDGED).distinct().limit(limit)
    return [Route(*row) for row in connection.execute(query)]


def _of(route: Route) -> tuple[Condition, ...]:
    return transits.c.origin == route.origin, transits.c.goal == route.goal


_CROSSES = and_(transits.c.first_type.in_(SENDING), not_(transits.c.last_type.in_(SENDING)))
_KNOWN = and_(transits.c.ahead_first.is_not(None), transits.c.ahead_last.is_not(None))


class Alike(NamedTuple):
    """`count` messages that went in the hour that begins at this `clock` (minutes of the day) and took `minutes`, as
    the clocks stand, between places whose clocks are this many minutes ahead of Greenwich."""

    clock: int
    minutes: int
    ahead_first: int
    ahead_last: int
    messages: int


def observed(connection: Connection, route: Route, condition: Condition | None = None) -> list[Alike]:
    """Return what a route shows of the clock that it went by: messages timed to the minute without any zone, gathered
    by the hour in which they went and by GRAIN minutes of what they took."""
    columns = (
        (transits.c.clock // 60).label("hour"), (transits.c.minutes // GRAIN).label("took"),
        transits.c.ahead_first.label("ahead"), transits.c.ahead_last.label("behind"),
    )  # fmt: skip
    query = select(*columns).where(*_of(route), _CROSSES, _KNOWN, transits.c.precise == 1, transits.c.zones == 0)
    rows = _seen(query, condition).subquery()
    found = connection.execute(select(*rows.c, func.count()).group_by(*rows.c).order_by(*rows.c))
    return [Alike(60 * row[0], GRAIN * row[1] + GRAIN // 2, row[2], row[3], row[4]) for row in found]


def _seen(query: Select[Any], condition: Condition | None) -> Select[Any]:
    if condition is None:
        return query
    return query.join(records, records.c.key == transits.c.record_key).where(condition)


def lasting(clock: str) -> ColumnElement[int]:
    """Return the minutes that a step took if the sending office went by this clock (one of CLOCKS)."""
    shifts: dict[str, ColumnElement[int]] = {
        "sender": transits.c.ahead_first - transits.c.ahead_last,
        "recipient": transits.c.minutes * 0,
        "universal": transits.c.minutes * 0 - transits.c.ahead_last,
    }
    across = and_(transits.c.precise == 1, _CROSSES, _KNOWN)
    return case(
        (and_(across, transits.c.zones == 0), transits.c.minutes + shifts[clock]),
        (and_(across, transits.c.zones == 1), transits.c.minutes + shifts["sender"]),
        else_=transits.c.minutes,
    )


def spreads(
    connection: Connection, route: Route, clock: str, by: str | None = None, condition: Condition | None = None
) -> list[Spread]:
    """Return the quartiles of each step of a route, by a column of `transits` if one is named."""
    groups = [transits.c.first_type, transits.c.last_type, transits.c.precise]
    if by is not None:
        groups.append(transits.c[by])
    took = lasting(clock)
    query = select(
        *groups, took.label("took"),
        func.row_number().over(partition_by=groups, order_by=took).label("place"),
        func.count().over(partition_by=groups).label("whole"),
    ).where(*_of(route))  # fmt: skip
    ranked = _seen(query, condition).subquery()
    at = [(ranked.c.whole + 3) // 4, (ranked.c.whole + 1) // 2, (3 * ranked.c.whole + 3) // 4]
    names = [ranked.c[column.name] for column in groups]
    quartiles = [func.max(case((ranked.c.place <= place, ranked.c.took))) for place in at]
    rows = connection.execute(select(*names, func.max(ranked.c.whole), *quartiles).group_by(*names).order_by(*names))
    width = len(groups)
    return [
        Spread(row[0], row[1], str(row[3]) if by else "", row[2], row[width], *map(int, row[width + 1 :]))
        for row in rows
    ]


def binned(
    connection: Connection, route: Route, clock: str, bounds: Sequence[int], condition: Condition | None = None
) -> dict[tuple[str, str], list[int]]:
    """Return step → how many took less than each of `bounds` (minutes) and no less than the one before; the last count
    is of those that took longer than all. Backward ones are below the first bound, 0."""
    took = lasting(clock)
    place = case(*((took < bound, n) for n, bound in enumerate(bounds)), else_=len(bounds)).label("place")
    columns = (transits.c.first_type, transits.c.last_type)
    query = _seen(select(*columns, place, transits.c.record_key).where(*_of(route)), condition).subquery()
    counted = select(query.c.first_type, query.c.last_type, query.c.place, func.count())
    found: dict[tuple[str, str], list[int]] = {}
    for row in connection.execute(counted.group_by(query.c.first_type, query.c.last_type, query.c.place)):
        found.setdefault((row[0], row[1]), [0] * (len(bounds) + 1))[int(row[2])] = int(row[3])
    return found


class Bounds(NamedTuple):
    """What is usual of one step: no less than `least` and no more than `most` minutes."""

    first_type: str
    last_type: str
    service: str
    precise: int
    least: int
    most: int


def judge(connection: Connection, route: Route, clock: str | None, usual: Sequence[Bounds]) -> None:
    """Mark the steps of a route that lie outside what is usual. Where it is open by which `clock` it went, those only
    that do so by every one."""
    connection.execute(update(transits).where(*_of(route)).values(odd=USUAL))
    clocks = CLOCKS if clock is None else (clock,)
    for one in usual:
        long = and_(*(lasting(name) > one.most for name in clocks))
        short = and_(*(lasting(name) < one.least for name in clocks))
        its = and_(
            transits.c.first_type == one.first_type, transits.c.last_type == one.last_type,
            transits.c.service == one.service, transits.c.precise == one.precise,
        )  # fmt: skip
        connection.execute(update(transits).where(*_of(route), its, long | short).values(odd=ODD))


def odd_ones(
    connection: Connection, route: Route, clock: str, condition: Condition | None = None
) -> list[tuple[Transit, int]]:
    """Return the steps of a route that are not usual, each with the minutes that it took."""
    query = _seen(select(transits, lasting(clock)).where(*_of(route), transits.c.odd == ODD), condition)
    rows = connection.execute(query.order_by(transits.c.month, transits.c.record_key, transits.c.first_type))
    return [(Transit(*row[:-1]), int(row[-1])) for row in rows]


def routes(connection: Connection, condition: Condition) -> list[tuple[Route, int, int, int, int]]:
    """Return each route with its messages, the first and last month (yyyymm, 0 where none is known), and how many of
    its steps are odd; the busiest first."""
    messages = func.count(transits.c.record_key.distinct())
    dated = func.min(case((transits.c.month > 0, transits.c.month))), func.max(transits.c.month)
    odd = func.sum(case((transits.c.odd == ODD, 1), else_=0))
    query = select(transits.c.origin, transits.c.goal, messages, func.coalesce(dated[0], 0), dated[1], odd)
    query = query.join(records, records.c.key == transits.c.record_key).where(condition)
    query = query.group_by(transits.c.origin, transits.c.goal)
    rows = connection.execute(query.order_by(messages.desc(), transits.c.origin, transits.c.goal))
    return [(Route(row[0], row[1]), int(row[2]), int(row[3]), int(row[4]), int(row[5])) for row in rows]
