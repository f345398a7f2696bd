"""Series of numbers: read off the records in sets, kept as members, fitted set by set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, or_, select, tuple_, update

from mabillon.store.bulk import chunks, insert_rows
from mabillon.store.schema import agents, events, numbers, records, withdrawn
from mabillon.store.series_tables import serials, series, stations

Condition = ColumnElement[bool]
_UNIT = (serials.c.kind, serials.c.station, serials.c.form, serials.c.year)
_SOME = 200
"""Sets of four values that go into one condition."""


class Unit(NamedTuple):
    """The set of members that is fitted as a whole: kind of number, station, form of the number, year (0: unknown)."""

    kind: str
    station: str
    form: str
    year: int


class Numbered(NamedTuple):
    """A number of a record with what tells its series. Days are yyyymmdd."""

    key: int
    first_day: int | None
    last_day: int | None
    kind: str
    value: str
    sender: str | None
    sender_place: str | None
    signatory: str | None
    signatory_place: str | None
    recipient: str | None
    recipient_place: str | None


class Member(NamedTuple):
    """A row of `serials`, in the order of its columns."""

    record_key: int
    kind: str
    station: str
    form: str
    year: int
    partner: str
    number: int
    first: int | None
    last: int | None
    strand: int | None = None
    state: str | None = None
    low: int | None = None
    high: int | None = None
    likely: int | None = None
    below: int | None = None
    above: int | None = None
    others: str | None = None


class Counted(NamedTuple):
    """A row of `series`, in the order of its columns."""

    kind: str
    station: str
    form: str
    year: int
    strand: int
    partners: str
    members: int
    first_number: int | None
    last_number: int | None
    missing: float
    weeks: str


def numbered(connection: Connection, low: int, high: int, kinds: Sequence[str]) -> list[Numbered]:
    """Return the numbers of these kinds of the records changed after `low` and up to `high`."""
    sender, signatory, recipient = (agents.alias(name) for name in ("sender", "signatory", "recipient"))
    joined = records.join(numbers, numbers.c.record_key == records.c.key)
    for alias in (sender, signatory, recipient):
        first = and_(alias.c.record_key == records.c.key, alias.c.relation == alias.name, alias.c.ordinal == 0)
        joined = joined.outerjoin(alias, first)
    query = select(
        records.c.key, records.c.first_day, records.c.last_day, numbers.c.kind, numbers.c.value, sender.c.name,
        sender.c.place, signatory.c.name, signatory.c.place, recipient.c.name, recipient.c.place,
    ).select_from(joined)  # fmt: skip
    query = query.where(records.c.seq > low, records.c.seq <= high, numbers.c.kind.in_(kinds))
    return [Numbered(*row) for row in connection.execute(query)]


def arrivals(
    connection: Connection, low: int, high: int, types: Sequence[str]
) -> dict[int, list[tuple[str | None, ...]]]:
    """Return key → (type, time, place, org) of the events of these types, of records changed in that stretch."""
    query = select(events.c.record_key, events.c.type, events.c.time, events.c.place, events.c.org)
    query = query.join_from(records, events, events.c.record_key == records.c.key)
    query = query.where(records.c.seq > low, records.c.seq <= high, events.c.type.in_(types))
    found: dict[int, list[tuple[str | None, ...]]] = {}
    for row in connection.execute(query.order_by(events.c.record_key, events.c.ordinal)):
        found.setdefault(row[0], []).append(tuple(row)[1:])
    return found


def next_stretch(connection: Connection, since: int, size: int) -> int:
    """Return the number of the change with which a stretch of `size` changed records after `since` ends; `since`
    itself where nothing changed."""
    ahead = select(records.c.seq).where(records.c.seq > since).order_by(records.c.seq).limit(size).subquery()
    return int(connection.execute(select(func.coalesce(func.max(ahead.c.seq), since))).scalar_one())


def any_gone(connection: Connection, since: int) -> bool:
    """Tell whether a record was taken out after the change `since`."""
    return connection.execute(select(withdrawn.c.id).where(withdrawn.c.seq > since).limit(1)).first() is not None


def forget_members(connection: Connection, low: int, high: int) -> set[Unit]:
    """Delete the members that the records changed in that stretch were, and return the sets that they were in."""
    changed = select(records.c.key).where(records.c.seq > low, records.c.seq <= high)
    stirred = {Unit(*row) for row in connection.execute(select(*_UNIT).where(serials.c.record_key.in_(changed)))}
    if stirred:
        connection.execute(delete(serials).where(serials.c.record_key.in_(changed)))
    return stirred


def forget_record(connection: Connection, key: int) -> None:
    """Take a record that changes, or goes, out of its sets at once: what was fitted with it stands no longer."""
    its = {Unit(*row) for row in connection.execute(select(*_UNIT).where(serials.c.record_key == key))}
    if its:
        connection.execute(delete(serials).where(serials.c.record_key == key))
        loosen(connection, {*its, *kindred(connection, its)})


def put_members(connection: Connection, rows: Sequence[Member]) -> None:
    insert_rows(connection, serials, rows)


def put_stations(connection: Connection, labels: dict[str, str]) -> None:
    """Keep what the stations of these keys are called; what is known already stays."""
    known = set[str]()
    for some in chunks(sorted(labels)):
        known.update(connection.execute(select(stations.c.key).where(stations.c.key.in_(some))).scalars())
    insert_rows(connection, stations, [(key, label) for key, label in labels.items() if key not in known])


def loosen(connection: Connection, units: Iterable[Unit]) -> None:
    """Have these sets fitted anew, as far as anything is left in them."""
    for some in chunks(sorted(set(units)), _SOME):
        fitted = serials.c.state.is_not(None)
        connection.execute(update(serials).where(tuple_(*_UNIT).in_(some), fitted).values(state=None))
        of_unit = tuple_(series.c.kind, series.c.station, series.c.form, series.c.year)
        connection.execute(delete(series).where(of_unit.in_(some)))


def shrunk(connection: Connection) -> list[Unit]:
    """Return the sets that have lost members since they were fitted."""
    of_unit = (series.c.kind, series.c.station, series.c.form, series.c.year)
    fitted = select(*of_unit, func.sum(series.c.members).label("members")).group_by(*of_unit).subquery()
    counted = select(*_UNIT, func.count().label("members")).group_by(*_UNIT).subquery()
    same = and_(*(fitted.c[name] == counted.c[name] for name in Unit._fields))
    query = select(*(fitted.c[name] for name in Unit._fields)).select_from(fitted.outerjoin(counted, same))
    query = query.where(or_(counted.c.members.is_(None), counted.c.members != fitted.c.members))
    return [Unit(*row) for row in connection.execute(query)]


def unfitted(connection: Connection, limit: int) -> list[Unit]:
    """Return up to `limit` sets with a member that is not fitted, those of known years first."""
    query = select(*_UNIT).where(serials.c.state.is_(None)).group_by(*_UNIT)
    query = query.order_by((serials.c.year == 0).asc(), *_UNIT).limit(limit)
    return [Unit(*row) for row in connection.execute(query)]


def members_of(connection: Connection, unit: Unit, condition: Condition | None = None) -> list[Member]:
    """Return the members of a set, those only whose records fulfil `condition` if one is given."""
    query = select(serials).where(*_is(unit)).order_by(serials.c.record_key, serials.c.number)
    if condition is not None:
        query = query.join(records, records.c.key == serials.c.record_key).where(condition)
    return [Member(*row) for row in connection.execute(query)]


def members_of_station(connection: Connection, station: str, states: Sequence[str]) -> list[Member]:
    """Return the members in these states of all sets of a station, in order of number."""
    query = select(serials).where(serials.c.station == station, serials.c.state.in_(states))
    return [Member(*row) for row in connection.execute(query.order_by(*_UNIT, serials.c.number))]


def members_of_record(connection: Connection, id: str) -> list[Member]:
    """Return what the numbers of a record are members of."""
    query = select(serials).join(records, records.c.key == serials.c.record_key).where(records.c.id == id)
    return [Member(*row) for row in connection.execute(query.order_by(serials.c.kind, serials.c.number))]


def tallies(connection: Connection) -> list[tuple[str, int, int, int, float]]:
    """Return (station, first year, last year, members, missing) of every station, the years 0 where none is known. What
    is held without a year, and has the number of one year only, is not missing there."""
    known = case((series.c.year > 0, series.c.year))
    query = select(
        series.c.station, func.coalesce(func.min(known), 0), func.coalesce(func.max(known), 0),
        func.sum(series.c.members), func.sum(series.c.missing),
    ).group_by(series.c.station).order_by(series.c.station)  # fmt: skip
    placed = select(serials.c.station, func.count()).where(
        serials.c.state == "open", serials.c.year == 0, serials.c.low.is_not(None), serials.c.others.is_(None)
    )
    there: dict[str, int] = {row[0]: row[1] for row in connection.execute(placed.group_by(serials.c.station))}
    return [
        (row[0], int(row[1]), int(row[2]), int(row[3]), max(0.0, float(row[4]) - there.get(row[0], 0)))
        for row in connection.execute(query)
    ]


def _is(unit: Unit) -> tuple[ColumnElement[bool], ...]:
    return tuple(column == value for column, value in zip(_UNIT, unit, strict=True))


def put_fitted(connection: Connection, unit: Unit, members: Sequence[Member], counted: Sequence[Counted]) -> None:
    """Put the fitted members of a set, and the counters found in it, in place of those there."""
    connection.execute(delete(serials).where(*_is(unit)))
    insert_rows(connection, serials, members)
    of_unit = (series.c.kind, series.c.station, series.c.form, series.c.year)
    connection.execute(delete(series).where(*(column == value for column, value in zip(of_unit, unit, strict=True))))
    insert_rows(connection, series, counted)


def edge(
    connection: Connection, unit: Unit, *, end: bool, slack: int, limit: int, condition: Condition | None = None
) -> list[Member]:
    """Return up to `limit` dated members of a set, the last of its year if `end`, else the first."""
    query = select(serials).where(*_is(unit), serials.c.last - serials.c.first <= slack)
    if condition is not None:
        query = query.join(records, records.c.key == serials.c.record_key).where(condition)
    day = serials.c.first.desc() if end else serials.c.first.asc()
    return [Member(*row) for row in connection.execute(query.order_by(day, serials.c.record_key).limit(limit))]


def reaches(connection: Connection, unit: Unit, condition: Condition | None = None) -> list[tuple[int, int, int]]:
    """Return (year, first number, last number) of what is held of this kind, station and form and fits its year."""
    query = select(serials.c.year, func.min(serials.c.number), func.max(serials.c.number)).where(
        *_is(unit)[:3], serials.c.year > 0, serials.c.state.in_(("chain", "loose"))
    )
    if condition is not None:
        query = query.join(records, records.c.key == serials.c.record_key).where(condition)
    query = query.group_by(serials.c.year, serials.c.strand).order_by(serials.c.year, serials.c.strand)
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def kindred(connection: Connection, units: Iterable[Unit]) -> set[Unit]:
    """Return the sets of the years right before and after these, and those of unknown year, that have members."""
    wanted = {unit._replace(year=year) for unit in units if unit.year for year in (unit.year - 1, unit.year + 1, 0)}
    found = set[Unit]()
    for some in chunks(sorted(wanted), _SOME):
        found.update(
            Unit(*row) for row in connection.execute(select(*_UNIT).where(tuple_(*_UNIT).in_(some)).distinct())
        )
    return found


def group_of(connection: Connection, units: Iterable[Unit]) -> set[Unit]:
    """Return the sets of all years of the kinds, stations and forms of these."""
    found = set[Unit]()
    for some in chunks(sorted({unit[:3] for unit in units}), _SOME):
        query = select(*_UNIT).where(tuple_(*_UNIT[:3]).in_(some)).distinct()
        found.update(Unit(*row) for row in connection.execute(query))
    return found


def hidden_units(connection: Connection, condition: Condition, station: str | None) -> set[Unit]:
    """Return the sets with a member whose record does not fulfil `condition`: what was fitted tells of it."""
    if connection.execute(select(records.c.key).where(~condition).limit(1)).first() is None:
        return set()
    query = select(*_UNIT).join(records, records.c.key == serials.c.record_key).where(~condition).distinct()
    if station is not None:
        query = query.where(serials.c.station == station)
    return {Unit(*row) for row in connection.execute(query)}


def counted(connection: Connection, station: str | None) -> list[Counted]:
    """Return the counters of a station, or of all, in order."""
    query = select(series).order_by(series.c.station, series.c.kind, series.c.form, series.c.year, series.c.strand)
    if station is not None:
        query = query.where(series.c.station == station)
    return [Counted(*row) for row in connection.execute(query)]


def labels_of(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return key → what the station is called."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(keys))):
        query = select(stations.c.key, stations.c.label).where(stations.c.key.in_(some))
        found.update((row.key, row.label) for row in connection.execute(query))
    return found
