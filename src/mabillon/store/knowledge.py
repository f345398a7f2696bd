"""Claims of who knew what: put in place of those before, and the persons whom their names mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, delete, func, literal, select, update

from mabillon.store.bulk import chunks, insert_rows
from mabillon.store.counters import take
from mabillon.store.knowledge_tables import claims
from mabillon.store.schema import named

NAMED_ONLY = "name:"
"""Before a name, where no authority is known for it."""

OFFICE = "office"
"""Relation of a claim whose person is not named by name: who that is stands in the row from the beginning."""

_COLUMNS = tuple(column.name for column in claims.columns if column.name != "id")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as it is put in: `record_key` is what was known, `by_key` what says so (see the table `claims`)."""

    record_key: int
    by_key: int
    way: str
    relation: str
    name: str
    plain: str
    proved: bool
    low: int | None
    high: int | None
    time: str | None
    zone: str | None
    words: tuple[Spans, ...]
    doubts: tuple[str, ...]
    person: str | None = None


def write_words(words: Iterable[Spans]) -> str:
    return " ".join(",".join(f"{start}-{end}" for start, end in spans) for spans in words)


def read_words(written: str) -> tuple[Spans, ...]:
    """Return what `write_words` wrote."""
    return tuple(tuple(_span(one) for one in value.split(",")) for value in written.split())


def _span(written: str) -> tuple[int, int]:
    start, _, end = written.partition("-")
    return int(start), int(end)


def put_claims(connection: Connection, keys: Sequence[int], rows: Sequence[ClaimRow]) -> None:
    """Put all that the records of these keys say in place of what they said before."""
    for some in chunks(keys):
        connection.execute(delete(claims).where(claims.c.by_key.in_(some)))
    insert_rows(connection, claims, [_row(row) for row in rows], _COLUMNS)
    name_persons(connection, keys)


def _row(row: ClaimRow) -> tuple[object, ...]:
    """Return a row before its person is known: then it counts as the name that is written. Who held an office is
    known already, and only likely meant."""
    person, likely = (row.person, 1) if row.person else (NAMED_ONLY + row.plain, 0)
    relation = OFFICE if row.person else row.relation
    return (
        row.record_key, row.by_key, row.way, relation, row.name, row.plain, person, likely,
        int(row.proved), int(row.proved), row.low, row.high, (row.high if row.proved else row.low) or 0, row.time,
        row.zone, write_words(row.words), " ".join(row.doubts),
    )  # fmt: skip


def forget_claims(connection: Connection, key: int) -> None:
    """Delete what a record says of who knew what, and what others say of who knew it: it changes, and so may they."""
    connection.execute(delete(claims).where(claims.c.by_key == key))
    connection.execute(delete(claims).where(claims.c.record_key == key))


def name_persons(connection: Connection, keys: Sequence[int]) -> None:
    """Say of the claims that the records of these keys make whom their names mean, as the names are linked now.

    A name that stands in several relations is looked up in that of the claim first, and surely linked ones come first.
    Whoever keeps an answer can tell by the counter `claimed` that it may be another now.
    """
    take(connection, "claimed")
    rank = case((named.c.state == "suggested", "1"), else_="0") + case(
        (named.c.relation == claims.c.relation, "0"), else_="1"
    )
    meant = and_(
        named.c.record_key == claims.c.by_key,
        named.c.plain == claims.c.plain,
        named.c.kind != "place",
        named.c.authority.is_not(None),
    )
    best = select(func.min(rank + named.c.authority)).where(meant).scalar_subquery()
    for some in chunks(keys):
        mine = and_(claims.c.by_key.in_(some), claims.c.relation != OFFICE)
        ranked = func.coalesce(best, literal("00" + NAMED_ONLY) + claims.c.plain)
        connection.execute(update(claims).where(mine).values(person=ranked))
        likely = func.substr(claims.c.person, 1, 1) == "1"
        sure = and_(claims.c.proved == 1, ~likely)
        connection.execute(
            update(claims).where(mine).values(
                person=func.substr(claims.c.person, 3),
                likely=case((likely, 1), else_=0),
                sure=case((sure, 1), else_=0),
                at=case((sure, claims.c.high), else_=func.coalesce(claims.c.low, 0)),
            )
        )  # fmt: skip
