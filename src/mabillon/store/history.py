"""What happened to a record: its revisions and the corrections that hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from mabillon.store.bulk import insert_rows
from mabillon.store.schema import corrections, documents, revisions


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a record: its number from 1, what was done (`kind`), when (UTC), by whom and why."""

    number: int
    kind: str
    at: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's correction that holds: a JSON pointer into the record, the new value, and who, when, why."""

    id: int
    path: str
    anchors: list[Any]
    value: Any
    at: str
    who: str
    why: str


def revisions_of(connection: Connection, key: int) -> list[Revision]:
    columns = (revisions.c.number, revisions.c.kind, revisions.c.at, revisions.c.who, revisions.c.why)
    query = select(*columns).where(revisions.c.record_key == key).order_by(revisions.c.number)
    return [Revision(*row) for row in connection.execute(query)]


def revision_json(connection: Connection, key: int, number: int) -> bytes | None:
    """Return the record as the revision left it; None if there is no such revision.

    A change that left the words as they were (of access, say) stores none: the next stored state is its own.
    """
    there = (revisions.c.record_key == key) & (revisions.c.number == number)
    if connection.execute(select(revisions.c.number).where(there)).one_or_none() is None:
        return None
    later = (revisions.c.record_key == key) & (revisions.c.number >= number) & revisions.c.json.is_not(None)
    row = connection.execute(select(revisions.c.json).where(later).order_by(revisions.c.number).limit(1)).one_or_none()
    if row is None:
        row = connection.execute(select(documents.c.json).where(documents.c.record_key == key)).one()
    return bytes(row.json)


def corrections_of(connection: Connection, key: int) -> list[Correction]:
    """Return the corrections that hold, oldest first."""
    held = (corrections.c.record_key == key) & corrections.c.withdrawn.is_(None)
    return [
        Correction(r.id, r.path, json.loads(r.anchors), json.loads(r.value), r.at, r.who, r.why)
        for r in connection.execute(select(corrections).where(held).order_by(corrections.c.id))
    ]


def insert_correction(
    connection: Connection, key: int, path: str, anchors: list[Any], value: Any, at: str, who: str, why: str
) -> None:
    row = (key, path, json.dumps(anchors), json.dumps(value), at, who, why)
    insert_rows(connection, corrections, [row], ("record_key", "path", "anchors", "value", "at", "who", "why"))


def withdraw_correction(connection: Connection, key: int, id: int, at: str) -> bool:
    """Take one correction back; return whether it was there."""
    held = (corrections.c.id == id) & (corrections.c.record_key == key) & corrections.c.withdrawn.is_(None)
    return connection.execute(update(corrections).where(held).values(withdrawn=at)).rowcount == 1
