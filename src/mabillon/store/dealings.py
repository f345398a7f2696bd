"""What an authority had to do with others, counted over the records that name it for sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select

from mabillon.store.bulk import chunks
from mabillon.store.entries import ANY
from mabillon.store.names import SURE, of_authority, sure_of
from mabillon.store.schema import named, records

Condition = ColumnElement[bool]
UNDATED = 0
"""The year under which undated records are counted."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody in the same records: `authority` is None where only the name is known."""

    authority: str | None
    name: str
    records: int


def count_years(connection: Connection, authority: str, condition: Condition) -> dict[str, dict[int, int]]:
    """Return relation → year of the earliest day that a date can mean → records that name `authority` so; under ANY
    those that name it at all."""
    year = func.coalesce(records.c.first_day, UNDATED) // 10_000
    found: dict[str, dict[int, int]] = {}
    for relation in (literal(ANY), named.c.relation):
        query = select(relation, year, func.count(named.c.record_key.distinct())).join_from(named, records)
        rows = connection.execute(query.where(sure_of(authority), condition).group_by(relation, year))
        for name, at, count in rows:
            found.setdefault(str(name), {})[int(at)] = int(count)
    return found


def count_partners(
    connection: Connection, authority: str, relation: str, theirs: Sequence[str], condition: Condition, limit: int
) -> list[Partner]:
    """Return who stands in the relations `theirs` in the records that name `authority` in `relation`, the most
    frequent first: under their authority where it is sure, else under the name."""
    own = select(named.c.record_key).where(sure_of(authority), named.c.relation == relation)
    known = func.coalesce(named.c.state, "").in_(("stated", "decided", "linked"))
    number = func.count(named.c.record_key.distinct())
    base = (named.c.record_key.in_(own), named.c.relation.in_(theirs), condition)
    sure = select(named.c.authority, func.min(named.c.name), number).join_from(named, records)
    sure = sure.where(*base, SURE, ~of_authority(authority)).group_by(named.c.authority)
    open_ = select(named.c.name, number).join_from(named, records).where(*base, ~known).group_by(named.c.name)
    found = [Partner(*row) for row in connection.execute(sure.order_by(number.desc()).limit(limit))]
    found += [Partner(None, *row) for row in connection.execute(open_.order_by(number.desc()).limit(limit))]
    return sorted(found, key=lambda partner: (-partner.records, partner.name))[:limit]


def linked_names(connection: Connection, names: Iterable[str], condition: Condition) -> dict[str, str]:
    """Return those of `names` that surely mean an authority in every record that has them → that authority."""
    found: dict[str, set[str | None]] = {}
    for some in chunks(names):
        query = select(named.c.name, named.c.authority, named.c.state).distinct().join_from(named, records)
        for name, authority, state in connection.execute(query.where(and_(named.c.name.in_(some), condition))):
            sure = state in ("stated", "decided", "linked")
            found.setdefault(str(name), set()).add(str(authority) if sure else None)
    return {name: str(only) for name, (only, *others) in found.items() if only is not None and not others}
