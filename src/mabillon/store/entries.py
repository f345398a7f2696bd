"""Records in lists: short rows by date or as they lie in their file, their neighbours, findings, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, null, or_, select, union_all

from mabillon.store.bulk import chunks
from mabillon.store.schema import documents, links, named, records, revisions, withdrawn

Condition = ColumnElement[bool]
ANY = "any"
"""Stands for every relation in which a record names somebody."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a list. `date` is EDTF; `findings` counts them."""

    id: str
    title: str | None
    type: str | None
    date: str | None
    number: str | None
    sender: str | None
    recipient: str | None
    findings: int


ENTRY = (
    records.c.id, records.c.title, records.c.type, records.c.date, records.c.number, records.c.sender,
    records.c.recipient, records.c.findings,
)  # fmt: skip
_BY_DATE = (records.c.sort_day, records.c.id)
_BY_PLACE = (records.c.position, records.c.sort_day, records.c.id)


def entries_by_date(
    connection: Connection, condition: Condition, after: tuple[Any, ...] | None, limit: int
) -> list[tuple[tuple[Any, ...], Entry]]:
    """Return up to `limit` entries in order of date, each with the key to go on after it."""
    return _page(connection, select(*_BY_DATE, *ENTRY).where(condition), _BY_DATE, after, limit)


def entries_of_level(
    connection: Connection, level: int, condition: Condition, after: tuple[Any, ...] | None, limit: int
) -> list[tuple[tuple[Any, ...], Entry]]:
    """Return up to `limit` entries that lie in `level` itself, in the order of their leaves."""
    query = select(*_BY_PLACE, *ENTRY).where(records.c.level_id == level, condition)
    return _page(connection, query, _BY_PLACE, after, limit)


def entries_naming(
    connection: Connection,
    authority: str,
    relation: str,
    condition: Condition,
    after: tuple[Any, ...] | None,
    limit: int,
) -> list[tuple[tuple[Any, ...], Entry]]:
    """Return up to `limit` entries, in order of date, of records that name an authority for sure in this relation, or
    in ANY."""
    naming = select(named.c.record_key).where(named.c.authority == authority, named.c.state != "suggested")
    if relation != ANY:
        naming = naming.where(named.c.relation == relation)
    query = select(*_BY_DATE, *ENTRY).where(records.c.key.in_(naming), condition)
    return _page(connection, query, _BY_DATE, after, limit)


def entries_of(connection: Connection, keys: Iterable[int], condition: Condition | None = None) -> dict[int, Entry]:
    """Return key → entry of those that fulfil `condition`; without one, whoever may see them."""
    found: dict[int, Entry] = {}
    for some in chunks(sorted(set(keys))):
        query = select(records.c.key, *ENTRY).where(records.c.key.in_(some))
        rows = connection.execute(query if condition is None else query.where(condition))
        found.update((row[0], entry_of(row[1:])) for row in rows)
    return found


def _page(
    connection: Connection, query: Select[Any], order: tuple[Any, ...], after: tuple[Any, ...] | None, limit: int
) -> list[tuple[tuple[Any, ...], Entry]]:
    if after is not None:
        query = query.where(_beyond(order, after))
    width = len(order)
    rows = connection.execute(query.order_by(*order).limit(limit))
    return [(tuple(row[:width]), entry_of(row[width:])) for row in rows]


def _beyond(order: tuple[Any, ...], key: tuple[Any, ...], *, backwards: bool = False) -> Condition:
    """Return that a row stands after `key` in this order (before it, if `backwards`).

    Spelt out with a bound on the first column, so that every planner walks the index from there.
    """
    steps = []
    for n, (column, value) in enumerate(zip(order, key, strict=True)):
        same = [earlier == known for earlier, known in zip(order[:n], key[:n], strict=True)]
        steps.append(and_(*same, column < value if backwards else column > value))
    bound = order[0] <= key[0] if backwards else order[0] >= key[0]
    return and_(bound, or_(*steps))


def neighbours_by_date(connection: Connection, id: str, condition: Condition) -> tuple[Entry | None, Entry | None]:
    """Return the entries right before and after the record `id` in order of date."""
    row = connection.execute(select(*_BY_DATE).where(records.c.id == id)).one_or_none()
    return (None, None) if row is None else _beside(connection, _BY_DATE, tuple(row), condition)


def neighbours_in_file(connection: Connection, id: str, condition: Condition) -> tuple[Entry | None, Entry | None]:
    """Return the entries right before and after the record `id` as they lie in its file."""
    row = connection.execute(select(records.c.level_id, *_BY_PLACE).where(records.c.id == id)).one_or_none()
    if row is None or row.level_id is None:
        return None, None
    return _beside(connection, _BY_PLACE, tuple(row[1:]), and_(records.c.level_id == row.level_id, condition))


def _beside(
    connection: Connection, order: tuple[Any, ...], key: tuple[Any, ...], condition: Condition
) -> tuple[Entry | None, Entry | None]:
    backwards = [column.desc() for column in order]
    query = select(*ENTRY).where(condition).limit(1)
    before = connection.execute(query.where(_beyond(order, key, backwards=True)).order_by(*backwards)).one_or_none()
    after = connection.execute(query.where(_beyond(order, key)).order_by(*order)).one_or_none()
    return _entry(before), _entry(after)


def _entry(row: Any) -> Entry | None:
    return None if row is None else entry_of(row)


def entry_of(row: Sequence[Any]) -> Entry:
    return Entry(*row)


@dataclass(frozen=True, slots=True)
class Link:
    """Another record that belongs with this one: `kind` is version, translation or near-duplicate; `score` 0 to 1."""

    kind: str
    score: float
    entry: Entry


def links_of(connection: Connection, id: str, condition: Condition) -> list[Link]:
    """Return the records linked with the record `id`, best first."""
    key = select(records.c.key).where(records.c.id == id).scalar_subquery()
    pairs = union_all(
        select(links.c.kind, links.c.score, links.c.b_key.label("other")).where(links.c.a_key == key),
        select(links.c.kind, links.c.score, links.c.a_key.label("other")).where(links.c.b_key == key),
    ).subquery()
    query = select(pairs.c.kind, pairs.c.score, *ENTRY).join_from(pairs, records, records.c.key == pairs.c.other)
    rows = connection.execute(query.where(condition).order_by(pairs.c.score.desc(), records.c.id))
    return [Link(row[0], row[1], entry_of(row[2:])) for row in rows]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: the record's newest state, or that it is gone (`json` is None)."""

    seq: int
    key: int
    id: str
    opens: int
    json: bytes | None


def page_of_changes(
    connection: Connection, since: int, limit: int, *, whole: bool, kinds: Sequence[str] = ()
) -> list[ChangeRow]:
    """Return up to `limit` changes after `since` in order, each record once; with its JSON if `whole`.

    kinds: only of records to which one of these was done at any time, and of those that are gone
    """
    shown = documents.c.json if whole else null()
    there = select(records.c.seq, records.c.key, records.c.id, records.c.opens, shown.label("json"))
    there = there.join_from(records, documents) if whole else there
    if kinds:
        done = select(revisions.c.id).where(revisions.c.record_key == records.c.key, revisions.c.kind.in_(kinds))
        there = there.where(records.c.revision > 1, done.exists())
    gone = select(withdrawn.c.seq, literal(0), withdrawn.c.id, literal(-1), null())
    pages = [
        connection.execute(query.where(column > since).order_by(column).limit(limit)).all()
        for query, column in ((there, records.c.seq), (gone, withdrawn.c.seq))
    ]
    merged = sorted((ChangeRow(*row) for page in pages for row in page), key=lambda change: change.seq)
    return merged[:limit]
