"""Rows of access: groups, opening days and redactions. What they mean is decided in `mabillon.archive.access` alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from mabillon.store.bulk import chunks, insert_rows
from mabillon.store.schema import access_groups, records, redactions


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """A redacted passage, `[start, end)` of the record's text, with who blackened it, when and why."""

    id: int
    start: int
    end: int
    groups: frozenset[str]
    at: str
    who: str
    why: str


def groups_of(connection: Connection, keys: Iterable[int]) -> dict[int, set[str]]:
    """Return key → groups, for the records that have any."""
    found: dict[int, set[str]] = {}
    for some in chunks(keys):
        query = select(access_groups.c.record_key, access_groups.c.name).where(access_groups.c.record_key.in_(some))
        for key, name in connection.execute(query):
            found.setdefault(key, set()).add(name)
    return found


def put_access(connection: Connection, keys: Sequence[int], opens: int, groups: Iterable[str]) -> None:
    """Give these records this opening day and these groups, in place of what they had."""
    names = sorted(set(groups))
    for some in chunks(keys):
        connection.execute(update(records).where(records.c.key.in_(some)).values(opens=opens))
        connection.execute(delete(access_groups).where(access_groups.c.record_key.in_(some)))
    insert_rows(connection, access_groups, [(key, name) for key in keys for name in names])


def redactions_of(connection: Connection, keys: Iterable[int]) -> dict[int, list[RedactionRow]]:
    """Return key → redactions that hold, for the records that have any."""
    found: dict[int, list[RedactionRow]] = {}
    for some in chunks(keys):
        query = select(redactions).where(redactions.c.record_key.in_(some), redactions.c.withdrawn.is_(None))
        for row in connection.execute(query.order_by(redactions.c.id)):
            groups = frozenset(json.loads(row.groups))
            passage = RedactionRow(row.id, row.start, row.end, groups, row.at, row.who, row.why)
            found.setdefault(row.record_key, []).append(passage)
    return found


def insert_redaction(
    connection: Connection, key: int, span: tuple[int, int], groups: Iterable[str], at: str, who: str, why: str
) -> None:
    row = (key, *span, json.dumps(sorted(set(groups))), at, who, why)
    names = ("record_key", "start", "end", "groups", "at", "who", "why")
    insert_rows(connection, redactions, [row], names)


def withdraw_redaction(connection: Connection, key: int, id: int, at: str) -> bool:
    """Lift one redaction; return whether it was there."""
    held = (redactions.c.id == id) & (redactions.c.record_key == key) & redactions.c.withdrawn.is_(None)
    return connection.execute(update(redactions).where(held).values(withdrawn=at)).rowcount == 1
