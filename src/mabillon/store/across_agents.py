"""Correspondents in records held against what is known of persons: who lived until when, who held which office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Integer, String, and_, or_, select

from mabillon.store.bulk import chunks
from mabillon.store.schema import agents, named, records
from mabillon.store.scratch import scratch

CORRESPONDENTS = ("sender", "recipient", "signatory")
CERTAIN = ("stated", "decided")
"""States of a link that do not depend on when somebody lived: an edition says so, or a person."""

SURE = (*CERTAIN, "linked")


@dataclass(frozen=True, slots=True)
class Dead:
    """A way to name somebody who was dead from the day after `day` (yyyymmdd) on. `plain` as names are compared."""

    plain: str
    authority: str
    day: int


@dataclass(frozen=True, slots=True)
class Outlived:
    """A correspondent of a record whom the record's date outlives."""

    record: str
    relation: str
    name: str
    authority: str
    first_day: int


_OUTLIVED = (records.c.id, named.c.relation, named.c.name)
_NAMED = records.join(named, named.c.record_key == records.c.key)


def outlived(connection: Connection, ids: Sequence[str], forms: Sequence[Dead]) -> list[Outlived]:
    """Return the correspondents of these records who bear one of these forms of name, or are linked with one of these
    persons by an edition or an editor, and were dead on the first day of the record's date."""
    columns = (
        Column("plain", String, primary_key=True),
        Column("authority", String, primary_key=True),
        Column("day", Integer),
    )
    rows = sorted({(form.plain, form.authority, form.day) for form in forms})
    found: set[Outlived] = set()
    with scratch(connection, "dead", columns, rows) as dead:
        same, linked = named.c.plain == dead.c.plain, named.c.authority == dead.c.authority
        by_name = select(*_OUTLIVED, dead.c.authority, records.c.first_day).select_from(_NAMED.join(dead, same))
        by_name = by_name.where(or_(named.c.authority.is_(None), linked))
        by_link = select(*_OUTLIVED, dead.c.authority, records.c.first_day).select_from(_NAMED.join(dead, linked))
        by_link = by_link.where(named.c.state.in_(CERTAIN))
        for some in chunks(ids):
            those = and_(records.c.id.in_(some), named.c.relation.in_(CORRESPONDENTS), records.c.first_day > dead.c.day)
            for query in (by_name, by_link):
                found.update(Outlived(*row) for row in connection.execute(query.where(those)))
    return sorted(found, key=lambda one: (one.record, one.relation, one.name, one.authority))


@dataclass(frozen=True, slots=True)
class Entitled:
    """A correspondent with the office that a dated record gives him, linked with an authority for sure."""

    record: str
    relation: str
    name: str
    role: str
    place: str | None
    authority: str
    date: str


def entitled(connection: Connection, ids: Sequence[str], persons: Sequence[str]) -> list[Entitled]:
    """Return the correspondents of these records who are one of these persons (authority ids) and bear an office."""
    found: list[Entitled] = []
    same = and_(
        named.c.record_key == agents.c.record_key, named.c.relation == agents.c.relation, named.c.name == agents.c.name
    )
    for some in chunks(ids):
        query = select(
            records.c.id, agents.c.relation, agents.c.name, agents.c.role, agents.c.place, named.c.authority,
            records.c.date,
        )  # fmt: skip
        query = query.select_from(records.join(agents, agents.c.record_key == records.c.key).join(named, same))
        query = query.where(
            records.c.id.in_(some), agents.c.role.is_not(None), records.c.date.is_not(None),
            named.c.authority.in_(persons), named.c.state.in_(SURE),
        )  # fmt: skip
        found += [Entitled(*row) for row in connection.execute(query.order_by(records.c.id, agents.c.ordinal))]
    return found
