"""Records: written in batches, read by id, in order of id, or by what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update

from mabillon.store.bulk import Row, chunks, insert_rows
from mabillon.store.counters import take
from mabillon.store.rows import Rows
from mabillon.store.schema import DERIVED, documents, enclosures, metadata, records, revisions

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed a record, when and why. `kind` is one of KINDS."""

    kind: str
    who: str
    why: str
    at: str


KINDS = ("read", "reread", "correct", "withdraw-correction", "access", "redact", "arrange", "withdraw")


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that the store does not hold yet, made ready for its tables."""

    id: str
    source: str
    part: str | None
    level: int | None
    json: bytes
    rows: Rows
    opens: int = 0


def insert_records(connection: Connection, new: Sequence[NewRecord], change: Change) -> list[int]:
    """Insert `new`, each with its first revision, and return their keys in the same order."""
    if not new:
        return []
    key, seq = take(connection, "key", len(new)), take(connection, "seq", len(new))
    keys = list(range(key, key + len(new)))
    insert_rows(
        connection,
        records,
        [
            (key + n, item.id, item.source, item.part, seq + n, 1, item.opens, item.level, *item.rows.described.row())
            for n, item in enumerate(new)
        ],
    )
    insert_rows(connection, documents, [(key + n, item.json, None) for n, item in enumerate(new)])
    insert_rows(
        connection,
        revisions,
        [(key, 1, change.kind, change.at, change.who, change.why, None) for key in keys],
        ("record_key", "number", "kind", "at", "who", "why", "json"),
    )
    _insert_derived(connection, list(zip(keys, (item.rows for item in new), strict=True)))
    return keys


def _insert_derived(connection: Connection, keyed: Sequence[tuple[int, Rows]]) -> None:
    for table in DERIVED:
        found = [(key, *row) for key, rows in keyed for row in rows.derived.get(table.name, ())]
        insert_rows(connection, table, found)


def replace_record(
    connection: Connection, key: int, json: bytes, as_read: bytes | None, rows: Rows, change: Change
) -> None:
    """Put `json` in place of the record `key` as a new revision, and renew the rows derived from it."""
    old = connection.execute(
        select(records.c.revision, documents.c.json).join_from(records, documents).where(records.c.key == key)
    ).one()
    newest = (revisions.c.record_key == key) & (revisions.c.number == old.revision)
    connection.execute(update(revisions).where(newest).values(json=old.json))
    add_revision(connection, key, change)
    connection.execute(
        update(documents).where(documents.c.record_key == key).values(json=json, as_read=as_read)
    )
    renew_rows(connection, key, rows)


def add_revision(connection: Connection, key: int, change: Change) -> int:
    """Count one more revision of the record `key`, mark it as changed, and return the revision's number."""
    seq = take(connection, "seq")
    connection.execute(
        update(records).where(records.c.key == key).values(seq=seq, revision=records.c.revision + 1)
    )
    number = int(connection.execute(select(records.c.revision).where(records.c.key == key)).scalar_one())
    row = (key, number, change.kind, change.at, change.who, change.why, None)
    insert_rows(connection, revisions, [row], ("record_key", "number", "kind", "at", "who", "why", "json"))
    return number


def renew_rows(connection: Connection, key: int, rows: Rows) -> None:
    """Make the rows derived from the record `key` anew."""
    columns = [column.name for column in records.columns]
    described = columns[columns.index("type") :]
    values = dict(zip(described, rows.described.row(), strict=True))
    connection.execute(update(records).where(records.c.key == key).values(values))
    for table in DERIVED:
        connection.execute(delete(table).where(table.c.record_key == key))
    _insert_derived(connection, [(key, rows)])


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as the store holds it."""

    key: int
    id: str
    source: str
    opens: int
    revision: int
    json: bytes


_STORED = (records.c.key, records.c.id, records.c.source, records.c.opens, records.c.revision, documents.c.json)


def find_record(connection: Connection, id: str, condition: Condition) -> Stored | None:
    """Return the record of this id if it fulfils `condition`."""
    query = select(*_STORED).join_from(records, documents).where(records.c.id == id, condition)
    row = connection.execute(query).one_or_none()
    return None if row is None else Stored(*row)


def page_of_records(connection: Connection, condition: Condition, after: str | None, limit: int) -> list[Stored]:
    """Return up to `limit` records that fulfil `condition` in order of id, from the first after the id `after`."""
    query = select(*_STORED).join_from(records, documents).where(condition).order_by(records.c.id).limit(limit)
    if after is not None:
        query = query.where(records.c.id > after)
    return [Stored(*row) for row in connection.execute(query)]


def find_enclosure(connection: Connection, id: str) -> tuple[str, list[int]] | None:
    """Return the id of the record that holds the enclosure `id`, and the way to it: indexes from the cover inwards."""
    query = (
        select(records.c.id, enclosures.c.position)
        .join_from(enclosures, records)
        .where(enclosures.c.id == id)
        .order_by(records.c.id, enclosures.c.position)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.id, [int(step) for step in row.position.split("/")])


def keys_of(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return id → key of those `ids` that the store holds."""
    found: dict[str, int] = {}
    for some in chunks(ids):
        query = select(records.c.id, records.c.key).where(records.c.id.in_(some))
        found.update((row.id, row.key) for row in connection.execute(query))
    return found


def count_records(connection: Connection, condition: Condition) -> int:
    return int(connection.execute(select(func.count()).select_from(records).where(condition)).scalar_one())


def rows_of_table(connection: Connection, table: str, key: int) -> Iterator[Row]:
    """Yield the rows of a derived table that belong to the record `key`, in their order."""
    found: Table = metadata.tables[table]
    for row in connection.execute(select(found).where(found.c.record_key == key)):
        yield tuple(row)


def as_read(connection: Connection, key: int) -> bytes:
    """Return the record as the machine read it, without an editor's corrections."""
    row: Any = connection.execute(
        select(documents.c.json, documents.c.as_read).where(documents.c.record_key == key)
    ).one()
    return bytes(row.as_read if row.as_read is not None else row.json)
