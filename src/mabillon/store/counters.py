"""Numbers that only grow. Taken inside a writing transaction, so that two writers never get the same."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from mabillon.store.schema import counters

NAMES = (
    "key",
    "seq",
    "object",
    "run",
    "linked",
    "register",
    "across",
    "across_edition",
    "found",
    "series",
    "known",
    "claimed",
    "known_edition",
)


def take(connection: Connection, name: str, count: int = 1) -> int:
    """Return the first of `count` new numbers of the counter `name`."""
    rows = connection.execute(
        update(counters).where(counters.c.name == name).values(value=counters.c.value + count)
    ).rowcount
    if rows != 1:
        raise KeyError(name)
    return last(connection, name) - count + 1


def last(connection: Connection, name: str) -> int:
    """Return the newest number that was taken from the counter `name`, 0 if none was."""
    return int(connection.execute(select(counters.c.value).where(counters.c.name == name)).scalar_one())


def put(connection: Connection, name: str, value: int) -> None:
    """Set the counter `name`, for those that say how far something has come."""
    connection.execute(update(counters).where(counters.c.name == name).values(value=value))
