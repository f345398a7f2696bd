"""Pairs of records that are versions of one document, out of the links among records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from mabillon.store.bulk import chunks
from mabillon.store.schema import links, records

SAME_MESSAGE = ("version", "translation")


@dataclass(frozen=True, slots=True)
class VersionPair:
    """Two records that are versions of one document; `first` came in earlier."""

    first: str
    second: str
    kind: str


def firsts_of(connection: Connection, keys: Sequence[int]) -> set[str]:
    """Return the ids of the earlier records in all pairs that these records are in."""
    found: set[str] = set()
    for some in chunks(keys):
        query = select(records.c.id).join_from(links, records, records.c.key == links.c.a_key)
        query = query.where(or_(links.c.a_key.in_(some), links.c.b_key.in_(some)))
        found.update(connection.execute(query.distinct()).scalars())
    return found


def version_pairs(connection: Connection, firsts: Sequence[str]) -> list[VersionPair]:
    """Return the versions that came in after these records, each pair once.

    Near duplicates are versions only where day, sender and recipient are the same and no number contradicts: a
    circular goes out to many, and a form letter is used for years.
    """
    one, other = records.alias("one"), records.alias("other")
    alike = and_(
        one.c.first_day == other.c.first_day, one.c.last_day == other.c.last_day,
        one.c.sender == other.c.sender, one.c.recipient == other.c.recipient,
        or_(one.c.number.is_(None), other.c.number.is_(None), one.c.number == other.c.number),
    )  # fmt: skip
    joined = links.join(one, one.c.key == links.c.a_key).join(other, other.c.key == links.c.b_key)
    found: list[VersionPair] = []
    for some in chunks(firsts):
        query: Select[Any] = select(one.c.id, other.c.id, links.c.kind).select_from(joined)
        query = query.where(one.c.id.in_(some), or_(links.c.kind.in_(SAME_MESSAGE), alike))
        found += [VersionPair(*row) for row in connection.execute(query.order_by(one.c.id, other.c.id))]
    return found
