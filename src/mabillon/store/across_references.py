"""References to other documents held against the numbers that records bear, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Integer, String, and_, func, or_, select

from mabillon.store.bulk import chunks
from mabillon.store.schema import numbers, records, references
from mabillon.store.scratch import scratch

OWN = ("message", "sender")
"""Kinds of numbers that others name a document by."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A record that bears a number which was asked for, or none where it was asked for by its day."""

    question: int
    id: str
    number: str | None
    date: str | None
    first_day: int | None
    last_day: int | None
    station: str | None
    sender: str | None
    recipient: str | None
    opens: int


_BEARER = (
    records.c.id, numbers.c.value, records.c.date, records.c.first_day, records.c.last_day, records.c.station,
    records.c.sender, records.c.recipient, records.c.opens,
)  # fmt: skip


def _bearer(row: Any) -> Bearer:
    return Bearer(*row)


def naming_by_number(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Return those of these records that name another one by a number."""
    found: list[str] = []
    for some in chunks(ids):
        query = select(records.c.id).join_from(records, references, references.c.record_key == records.c.key)
        query = query.where(records.c.id.in_(some), references.c.number.is_not(None)).distinct()
        found += connection.execute(query.order_by(records.c.id)).scalars()
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """A number in one way to write it, of a document dated between two days (yyyymmdd), both included, or undated."""

    number: int
    form: str
    first_day: int
    last_day: int


def bearers(connection: Connection, asked: Sequence[Question]) -> list[Bearer]:
    """Return the records that bear the numbers asked for, a register's letter behind them or not."""
    columns = (Column("question", Integer), Column("form", String), Column("low", Integer), Column("high", Integer))
    rows = [(one.number, one.form, one.first_day, one.last_day) for one in asked]
    found: set[Bearer] = set()
    with scratch(connection, "asked", columns, rows) as table:
        exact = numbers.c.value == table.c.form
        lettered = and_(numbers.c.value > table.c.form + "/", numbers.c.value < table.c.form + "0")
        for same in (exact, lettered):
            joined = table.join(numbers, same).join(records, records.c.key == numbers.c.record_key)
            query = select(table.c.question, *_BEARER).select_from(joined).where(
                numbers.c.kind.in_(OWN),
                or_(records.c.first_day.is_(None), _within(table.c.low, table.c.high)),
            )  # fmt: skip
            found.update(map(_bearer, connection.execute(query)))
    return sorted(found, key=lambda one: (one.question, one.id, one.number or ""))


def _within(low: Column[int], high: Column[int]) -> ColumnElement[bool]:
    return and_(records.c.first_day <= high, func.coalesce(records.c.last_day, records.c.first_day) >= low)


def unnumbered(connection: Connection, asked: Sequence[Question]) -> list[Bearer]:
    """Return the records of the days asked for that bear no number of their own: theirs may have been lost."""
    columns = (Column("question", Integer), Column("form", String), Column("low", Integer), Column("high", Integer))
    rows = [(one.number, one.form, one.first_day, one.last_day) for one in asked]
    own = select(numbers.c.record_key).where(numbers.c.record_key == records.c.key, numbers.c.kind.in_(OWN))
    with scratch(connection, "asked", columns, rows) as table:
        joined = table.join(records, records.c.sort_day.between(table.c.low, table.c.high))
        shown = (table.c.question, records.c.id, records.c.number, *_BEARER[2:])
        query = select(*shown).select_from(joined).where(~own.exists())
        return list(map(_bearer, connection.execute(query)))


def naming_these(connection: Connection, forms: Iterable[tuple[str, int, int]], settled: int) -> set[str]:
    """Return the ids of records that name a document by a number in one of these forms, and are dated between the two
    days that stand with it, or undated. Only records whose newest change is no later than `settled`."""
    columns = (Column("form", String), Column("low", Integer), Column("high", Integer))
    with scratch(connection, "borne", columns, sorted(set(forms))) as table:
        joined = table.join(references, references.c.number == table.c.form)
        joined = joined.join(records, records.c.key == references.c.record_key)
        query = select(records.c.id).select_from(joined).where(
            records.c.seq <= settled,
            or_(records.c.first_day.is_(None), records.c.sort_day.between(table.c.low, table.c.high)),
        )  # fmt: skip
        return set(connection.execute(query.distinct()).scalars())


def borne_by(connection: Connection, keys: Sequence[int]) -> list[tuple[str, str | None, int | None]]:
    """Return number, station and first day of each number that these records bear."""
    found: list[tuple[str, str | None, int | None]] = []
    for some in chunks(keys):
        query = select(numbers.c.value, records.c.station, records.c.first_day)
        query = query.join_from(numbers, records, records.c.key == numbers.c.record_key)
        query = query.where(records.c.key.in_(some), numbers.c.kind.in_(OWN))
        found += [(row[0], row[1], row[2]) for row in connection.execute(query)]
    return found
