"""Does the database hold together? Asked of the database itself, and of the numbers that must agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from mabillon.store.schema import documents, findings, records, revisions, sources, withdrawn
from mabillon.store.sources import KEPT, READ, KeptSource


def damages(connection: Connection) -> Iterator[str]:
    """Yield what the database says of its own damage."""
    if connection.dialect.name != "sqlite":
        return
    for row in connection.exec_driver_sql("PRAGMA quick_check(20)"):
        if row[0] != "ok":
            yield f"the database is damaged: {row[0]}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} belongs to no row of {row[2]}"


def disagreements(connection: Connection) -> Iterator[str]:
    """Yield where the tables do not agree with one another."""
    held = _number(connection, select(func.count()).select_from(records))
    written = _number(connection, select(func.count()).select_from(documents))
    if held != written:
        yield f"{held} records, but {written} of them in full"
    counted = _number(connection, select(func.coalesce(func.sum(records.c.revision), 0)))
    noted = _number(connection, select(func.count()).select_from(revisions))
    if counted != noted:
        yield f"the records count {counted} revisions, {noted} are there"
    claimed = _number(connection, select(func.coalesce(func.sum(records.c.findings), 0)))
    listed = _number(connection, select(func.count()).select_from(findings))
    if claimed != listed:
        yield f"the records count {claimed} findings, {listed} are there"
    for sha256 in connection.execute(_sources_without_records()).scalars():
        yield f"source {sha256}: it was read, but no record of it is there"


def _number(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())


def _sources_without_records() -> Select[Any]:
    there = select(records.c.source).where(records.c.source == sources.c.sha256).exists()
    gone = select(withdrawn.c.source).where(withdrawn.c.source == sources.c.sha256).exists()
    return select(sources.c.sha256).where(sources.c.state == READ, ~there, ~gone)


def unread_sources(connection: Connection) -> int:
    """Return how many sources are kept whose records do not all stand yet."""
    return _number(connection, select(func.count()).select_from(sources).where(sources.c.state == KEPT))


def sources_of_object(connection: Connection, name: str) -> dict[str, KeptSource]:
    """Return SHA-256 → source for those whose bytes the OCFL object `name` holds."""
    columns = (sources.c.sha256, sources.c.size, sources.c.filename, sources.c.object, sources.c.state)
    rows = connection.execute(select(*columns).where(sources.c.object == name))
    return {row.sha256: KeptSource(*row) for row in rows}


def objects_named(connection: Connection) -> set[str]:
    """Return the names of all OCFL objects that sources are said to lie in."""
    return set(connection.execute(select(sources.c.object).distinct()).scalars())
