"""When records last changed, and which were taken out: what a harvester follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from mabillon.store.schema import records, revisions, withdrawn

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Stamped:
    """A record and when it last changed: `key` is its place in the order of the store, `level` where it lies."""

    key: int
    id: str
    at: str
    opens: int
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Changes from `since` to `until`, both inclusive (RFC 3339, UTC, to the second); "" is no bound."""

    since: str = ""
    until: str = ""


def _stamped() -> Select[Any]:
    newest = and_(revisions.c.record_key == records.c.key, revisions.c.number == records.c.revision)
    columns = records.c.key, records.c.id, revisions.c.at, records.c.opens, records.c.level_id
    return select(*columns).join_from(records, revisions, newest)


def page_of_stamped(
    connection: Connection, condition: Condition, period: Period, after: int, limit: int
) -> list[Stamped]:
    """Return up to `limit` records that fulfil `condition` in the order of their keys, the first behind `after`.

    A record that an embargo kept back changed for everybody on the day that it opened.
    """
    query = _stamped().where(records.c.key > after, condition)
    if period.since:
        query = query.where(or_(revisions.c.at >= period.since, records.c.opens >= _day(period.since, up=True)))
    if period.until:
        query = query.where(revisions.c.at <= period.until, records.c.opens <= _day(period.until))
    return [Stamped(*tuple(row)) for row in connection.execute(query.order_by(records.c.key).limit(limit))]


def find_stamped(connection: Connection, id: str, condition: Condition) -> Stamped | None:
    row = connection.execute(_stamped().where(records.c.id == id, condition)).one_or_none()
    return None if row is None else Stamped(*tuple(row))


def page_of_withdrawn(connection: Connection, today: int, period: Period, after: int, limit: int) -> list[Stamped]:
    """Return up to `limit` records that were taken out when they were open to everybody, in the order of that."""
    query = select(withdrawn.c.seq, withdrawn.c.id, withdrawn.c.at, withdrawn.c.opens)
    query = query.where(withdrawn.c.seq > after, withdrawn.c.opens <= today)
    if period.since:
        query = query.where(withdrawn.c.at >= period.since)
    if period.until:
        query = query.where(withdrawn.c.at <= period.until)
    return [Stamped(*tuple(row)) for row in connection.execute(query.order_by(withdrawn.c.seq).limit(limit))]


def find_withdrawn(connection: Connection, id: str, today: int) -> Stamped | None:
    columns = withdrawn.c.seq, withdrawn.c.id, withdrawn.c.at, withdrawn.c.opens
    query = select(*columns).where(withdrawn.c.id == id, withdrawn.c.opens <= today)
    row = connection.execute(query).one_or_none()
    return None if row is None else Stamped(*tuple(row))


def earliest_change(connection: Connection) -> str | None:
    """Return when the oldest change of all was made; None in an archive without any."""
    found: Sequence[str | None] = [
        connection.execute(select(func.min(column))).scalar_one() for column in (revisions.c.at, withdrawn.c.at)
    ]
    return min((at for at in found if at), default=None)


def latest_change(connection: Connection) -> str | None:
    """Return when the newest change of all was made; None in an archive without any."""
    found: Sequence[str | None] = [
        connection.execute(select(func.max(column))).scalar_one() for column in (revisions.c.at, withdrawn.c.at)
    ]
    return max((at for at in found if at), default=None)


def names_somebody() -> Condition:
    """Return what a record fulfils that went from somebody or to somebody."""
    return or_(records.c.sender.is_not(None), records.c.recipient.is_not(None))


def _day(stamp: str, up: bool = False) -> int:
    """Return a moment as yyyymmdd; `up` gives the day that begins then or after."""
    day = int(stamp[:10].replace("-", ""))
    return day + (1 if up and not stamp.endswith("T00:00:00Z") else 0)
