"""Which records a reference may mean, and which references may mean a record: by number and by day, many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Integer, String, and_, select

from mabillon.store.bulk import chunks
from mabillon.store.schema import agents, numbers, records, references
from mabillon.store.scratch import scratch

MOST = 40
"""Records that are compared for one question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: `of` tells what asks, `form` is a number as it may be written (None: only the days count), `first`
    and `last` bound the days (yyyymmdd) of the records that answer it."""

    of: int
    form: str | None
    first: int
    last: int


@dataclass(slots=True)
class Card:
    """What of a record is compared: `agents` are (relation, name, place) in order, `numbers` (kind, value)."""

    key: int
    id: str
    title: str | None
    type: str | None
    date: str | None
    agents: list[tuple[str, str, str | None]] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)


def bearing(connection: Connection, asked: Iterable[Asked]) -> dict[int, set[int]]:
    """Return `of` → keys of the records that bear the number asked for, with a register's letter or without; of a
    question without a number, those of its days."""
    found: dict[int, set[int]] = {}
    questions = list(asked)
    rows = [
        (one.of, one.form, f"{one.form}/", f"{one.form}0", one.first, one.last)
        for one in questions
        if one.form is not None
    ]
    columns: list[Column[Any]] = [
        Column("of", Integer), Column("form", String), Column("lettered", String), Column("beyond", String),
        Column("first", Integer), Column("last", Integer),
    ]  # fmt: skip
    if rows:
        with scratch(connection, "asked_numbers", columns, rows) as table:
            own = numbers.c.value == table.c.form
            lettered = and_(numbers.c.value > table.c.lettered, numbers.c.value < table.c.beyond)
            for bears in (own, lettered):
                query = select(table.c.of, records.c.key).select_from(table).join(numbers, bears)
                query = query.join(records, records.c.key == numbers.c.record_key)
                query = query.where(records.c.sort_day.between(table.c.first, table.c.last))
                for of, key in connection.execute(query):
                    _add(found, of, key)
    for one in questions:
        if one.form is None:
            days = select(records.c.key).where(records.c.sort_day.between(one.first, one.last)).limit(MOST * 10)
            found.setdefault(one.of, set()).update(connection.execute(days).scalars())
    return found


def _add(found: dict[int, set[int]], of: int, key: int) -> None:
    there = found.setdefault(of, set())
    if len(there) < MOST:
        there.add(key)


def naming(connection: Connection, asked: Iterable[Asked], dates: Iterable[tuple[str, str]]) -> set[int]:
    """Return the keys of the records that name another by one of the numbers asked for: those that lie in its days, and
    those that give the number with its date, as `dates` has pairs of them."""
    found: set[int] = set()
    rows = [(one.form, one.first, one.last) for one in asked if one.form is not None]
    columns: list[Column[Any]] = [Column("form", String), Column("first", Integer), Column("last", Integer)]
    if rows:
        with scratch(connection, "asked_windows", columns, rows) as table:
            query = select(records.c.key).distinct().select_from(table)
            query = query.join(references, references.c.number == table.c.form)
            query = query.join(records, records.c.key == references.c.record_key)
            query = query.where(records.c.sort_day.between(table.c.first, table.c.last))
            found.update(connection.execute(query).scalars())
    pairs = list(dates)
    if pairs:
        with scratch(connection, "asked_dates", [Column("form", String), Column("date", String)], pairs) as table:
            same = and_(references.c.number == table.c.form, references.c.date == table.c.date)
            named = select(references.c.record_key).distinct().join_from(table, references, same)
            found.update(connection.execute(named).scalars())
    return found


def naming_days(connection: Connection, asked: Iterable[tuple[str, int, int]]) -> set[int]:
    """Return the keys of the records that name another one by a date (EDTF) alone, and lie between the two days
    (yyyymmdd) that stand with it."""
    rows = sorted(set(asked))
    if not rows:
        return set()
    columns: list[Column[Any]] = [Column("date", String), Column("first", Integer), Column("last", Integer)]
    with scratch(connection, "asked_days", columns, rows) as table:
        query = select(records.c.key).distinct().select_from(table)
        query = query.join(references, and_(references.c.date == table.c.date, references.c.number.is_(None)))
        query = query.join(records, records.c.key == references.c.record_key)
        query = query.where(records.c.sort_day.between(table.c.first, table.c.last))
        return set(connection.execute(query).scalars())


def cards(connection: Connection, keys: Iterable[int]) -> dict[int, Card]:
    """Return key → what of the record is compared."""
    found: dict[int, Card] = {}
    for some in chunks(keys):
        query = select(records.c.key, records.c.id, records.c.title, records.c.type, records.c.date)
        found.update((row.key, Card(*row)) for row in connection.execute(query.where(records.c.key.in_(some))))
        named = select(agents.c.record_key, agents.c.relation, agents.c.name, agents.c.place)
        named = named.where(agents.c.record_key.in_(some)).order_by(agents.c.record_key, agents.c.ordinal)
        for key, *row in connection.execute(named):
            found[key].agents.append(tuple(row))
        numbered = select(numbers.c.record_key, numbers.c.kind, numbers.c.value).where(numbers.c.record_key.in_(some))
        for key, *row in connection.execute(numbered.order_by(numbers.c.record_key, numbers.c.ordinal)):
            found[key].numbers.append(tuple(row))
    return found
