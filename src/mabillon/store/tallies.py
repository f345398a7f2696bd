"""What is counted over many records, and what changed, for a reader who sees some of them only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, union

from mabillon.store.counters import last
from mabillon.store.schema import agents, events, records

Condition = ColumnElement[bool]

NAMES = ("person", "org", "place")
"""What is named: correspondents, the bodies they stand for, the places that messages come from, go to and through."""


def count_names(
    connection: Connection, kind: str, condition: Condition, after: str | None, limit: int
) -> list[tuple[str, int]]:
    """Return up to `limit` names of a kind of NAMES in the order of their letters, the first behind the name `after`,
    each with the number of records that name it so."""
    named = _named(kind).subquery()
    query = select(named.c.name, func.count(named.c.record_key.distinct()))
    query = query.join_from(named, records, records.c.key == named.c.record_key).where(named.c.name != "", condition)
    if after is not None:
        query = query.where(named.c.name > after)
    rows = connection.execute(query.group_by(named.c.name).order_by(named.c.name).limit(limit))
    return [(str(row[0]), int(row[1])) for row in rows]


def _named(kind: str) -> Select[tuple[int, str]]:
    columns = {"person": agents.c.name, "org": agents.c.org, "place": agents.c.place}
    column = columns[kind].label("name")
    if kind == "person":
        return select(agents.c.record_key, column)
    there = select(agents.c.record_key, column).where(column.is_not(None))
    if kind == "org":
        return there
    on_the_way = select(events.c.record_key, events.c.place).where(events.c.place.is_not(None))
    both = union(there, on_the_way).subquery()
    return select(both.c.record_key, both.c.name)


def count_spans(connection: Connection, condition: Condition, first: int, last: int) -> list[tuple[int, int, int]]:
    """Return (first day, last day, number of records) of the dates that can mean a day from `first` to `last`
    (yyyymmdd, inclusive)."""
    days = records.c.first_day, records.c.last_day
    query = select(*days, func.count()).where(days[0] <= last, days[1] >= first, condition)
    return [(int(row[0]), int(row[1]), int(row[2])) for row in connection.execute(query.group_by(*days))]


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a reader has come who follows the archive.

    seq: the change after which the walk goes on; since, day: what was known before it: changes up to `since`, and
    records that opened up to `day` (yyyymmdd)
    """

    seq: int = -1
    since: int = -1
    day: int = 0


def page_of_news(
    connection: Connection, condition: Condition, walk: Walk, today: int, limit: int
) -> tuple[list[tuple[int, str, int]], Walk]:
    """Return up to `limit` (seq, id, revision) of records that changed, or opened, since what `walk` knows, oldest
    change first, and how far that brings the walk: at its end, to where the next one begins."""
    newest = last(connection, "seq")
    changed = or_(records.c.seq > walk.since, and_(records.c.opens > walk.day, records.c.opens <= today))
    query = select(records.c.seq, records.c.id, records.c.revision).where(records.c.seq > walk.seq, changed, condition)
    found = connection.execute(query.order_by(records.c.seq).limit(limit))
    rows = [(int(row[0]), str(row[1]), int(row[2])) for row in found]
    if len(rows) < limit:
        return rows, Walk(-1, newest, today)
    return rows, Walk(rows[-1][0], walk.since, walk.day)
