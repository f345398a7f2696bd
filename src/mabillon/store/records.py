"""Records: written in batches, read by id, in order of id, or by what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, update

from mabillon.store import series, transit
from mabillon.store.bulk import chunks, insert_rows
from mabillon.store.counters import take
from mabillon.store.knowledge import forget_claims
from mabillon.store.levels import Arrangement
from mabillon.store.rows import Rows
from mabillon.store.schema import (
    DERIVED,
    documents,
    enclosures,
    named,
    records,
    revisions,
    sketches,
    unlinked,
    withdrawn,
)

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed a record, when and why. `kind` is one of KINDS."""

    kind: str
    who: str
    why: str
    at: str


KINDS = ("read", "reread", "correct", "withdraw-correction", "access", "redact", "remove")


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that the store does not hold yet, made ready for its tables."""

    id: str
    source: str
    part: str | None
    json: bytes
    rows: Rows
    opens: int = 0
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as the store holds it."""

    key: int
    id: str
    source: str
    opens: int
    revision: int
    json: bytes


def insert_records(connection: Connection, new: Sequence[NewRecord], change: Change) -> list[int]:
    """Insert `new`, each with its first revision, and return their keys in the same order."""
    if not new:
        return []
    key, seq = take(connection, "key", len(new)), take(connection, "seq", len(new))
    keys = list(range(key, key + len(new)))
    arrangement = Arrangement(connection)
    insert_rows(
        connection,
        records,
        [
            (
                key + n,
                item.id,
                item.source,
                item.part,
                seq + n,
                1,
                item.opens,
                arrangement.level(item.rows.levels),
                item.rows.position,
            )
            + item.rows.described.row()
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
    signed = [(key, item.signature) for key, item in zip(keys, new, strict=True) if item.signature]
    insert_rows(connection, sketches, signed)
    insert_rows(connection, unlinked, [(key,) for key in keys])
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
    connection.execute(update(documents).where(documents.c.record_key == key).values(json=json, as_read=as_read))
    renew_rows(connection, key, rows)


def add_revision(connection: Connection, key: int, change: Change) -> int:
    """Count one more revision of the record `key`, mark it as changed, and return the revision's number."""
    seq = take(connection, "seq")
    connection.execute(update(records).where(records.c.key == key).values(seq=seq, revision=records.c.revision + 1))
    number = int(connection.execute(select(records.c.revision).where(records.c.key == key)).scalar_one())
    row = (key, number, change.kind, change.at, change.who, change.why, None)
    insert_rows(connection, revisions, [row], ("record_key", "number", "kind", "at", "who", "why", "json"))
    return number


def remove_record(connection: Connection, found: Stored, change: Change) -> None:
    """Take a record out, and note what it said last, who took it out and why."""
    row = (found.id, take(connection, "seq"), found.source, change.at, change.who, change.why, found.json, found.opens)
    insert_rows(connection, withdrawn, [row])
    _forget_together(connection, found.key)
    connection.execute(delete(records).where(records.c.key == found.key))


def removed_ids(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return those `ids` whose records were taken out."""
    found: set[str] = set()
    for some in chunks(ids):
        found.update(row.id for row in connection.execute(select(withdrawn.c.id).where(withdrawn.c.id.in_(some))))
    return found


def renew_rows(connection: Connection, key: int, rows: Rows) -> None:
    """Make the rows derived from the record `key` anew. Those of its names go, and who knew it: they are
    made anew afterwards."""
    columns = [column.name for column in records.columns]
    described = columns[columns.index("position") :]
    values = dict(zip(described, (rows.position, *rows.described.row()), strict=True))
    values["level_id"] = Arrangement(connection).level(rows.levels)
    connection.execute(update(records).where(records.c.key == key).values(values))
    for table in (*DERIVED, named):
        connection.execute(delete(table).where(table.c.record_key == key))
    forget_claims(connection, key)
    _forget_together(connection, key)
    _insert_derived(connection, [(key, rows)])


def _forget_together(connection: Connection, key: int) -> None:
    """Forget what a record told together with others: they are fitted anew without it, or with what it says now."""
    series.forget_record(connection, key)
    transit.forget_record(connection, key)


_STORED = (records.c.key, records.c.id, records.c.source, records.c.opens, records.c.revision, documents.c.json)


def find_record(connection: Connection, id: str, condition: Condition) -> Stored | None:
    """Return the record of this id if it fulfils `condition`."""
    query = select(*_STORED).join_from(records, documents).where(records.c.id == id, condition)
    row = connection.execute(query).one_or_none()
    return None if row is None else Stored(*row)


def find_records(connection: Connection, ids: Sequence[str], condition: Condition) -> list[Stored]:
    """Return those records of these ids that fulfil `condition`, in the order of `ids`."""
    found: dict[str, Stored] = {}
    for some in chunks(ids):
        query = select(*_STORED).join_from(records, documents).where(records.c.id.in_(some), condition)
        found.update((row.id, Stored(*row)) for row in connection.execute(query))
    return [found[id] for id in ids if id in found]


def stored_of(connection: Connection, keys: Sequence[int]) -> list[Stored]:
    """Return the records of these keys, in the order of the keys, whoever may see them."""
    found: dict[int, Stored] = {}
    for some in chunks(keys):
        query = select(*_STORED).join_from(records, documents).where(records.c.key.in_(some))
        found.update((row.key, Stored(*row)) for row in connection.execute(query))
    return [found[key] for key in keys if key in found]


def page_of_records(connection: Connection, condition: Condition, after: str | None, limit: int) -> list[Stored]:
    """Return up to `limit` records that fulfil `condition` in order of id, from the first after the id `after`."""
    query = select(*_STORED).join_from(records, documents).where(condition).order_by(records.c.id).limit(limit)
    if after is not None:
        query = query.where(records.c.id > after)
    return [Stored(*row) for row in connection.execute(query)]


def page_of_ids(connection: Connection, condition: Condition, after: str, limit: int) -> list[str]:
    """Return up to `limit` ids of records that fulfil `condition`, in order, from the first after `after`."""
    query = select(records.c.id).where(condition, records.c.id > after).order_by(records.c.id).limit(limit)
    return list(connection.execute(query).scalars())


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


def seqs_of(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return id → number of the newest change, of those `ids` that the store holds."""
    found: dict[str, int] = {}
    for some in chunks(ids):
        query = select(records.c.id, records.c.seq).where(records.c.id.in_(some))
        found.update((row.id, row.seq) for row in connection.execute(query))
    return found


def count_records(connection: Connection, condition: Condition) -> int:
    return int(connection.execute(select(func.count()).select_from(records).where(condition)).scalar_one())


def as_read(connection: Connection, key: int) -> bytes:
    """Return the record as the machine read it, without an editor's corrections."""
    row: Any = connection.execute(
        select(documents.c.json, documents.c.as_read).where(documents.c.record_key == key)
    ).one()
    return bytes(row.as_read if row.as_read is not None else row.json)


def of_source(sha256: str) -> Condition:
    return records.c.source == sha256


def in_levels(levels: Select[tuple[int]]) -> Condition:
    return records.c.level_id.in_(levels)


def keys_of_source(connection: Connection, sha256: str) -> list[int]:
    """Return the keys of all records that were read from a source."""
    return [row.key for row in connection.execute(select(records.c.key).where(of_source(sha256)))]


def level_of(connection: Connection, id: str, condition: Condition) -> int | None:
    """Return the level in which the record `id` lies, if it fulfils `condition` and its citation names one."""
    query = select(records.c.level_id).where(records.c.id == id, condition)
    return connection.execute(query).scalar_one_or_none()


def ids_of(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """Return key → id of those `keys` that the store holds."""
    found: dict[int, str] = {}
    for some in chunks(keys):
        query = select(records.c.key, records.c.id).where(records.c.key.in_(some))
        found.update((row.key, row.id) for row in connection.execute(query))
    return found


def changed_keys(connection: Connection, since: int, limit: int) -> list[tuple[int, int]]:
    """Return up to `limit` pairs of the number of a change after `since` and the key of the record, in order."""
    query = select(records.c.seq, records.c.key).where(records.c.seq > since).order_by(records.c.seq).limit(limit)
    return [(row.seq, row.key) for row in connection.execute(query)]
