"""Which records a reference may mean, and which references may mean a record: by number and by day, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Integer, String, and_, column, select, values

from mabillon.store.bulk import chunks
from mabillon.store.schema import agents, numbers, records, references

_CHUNK = 150
"""Questions in one statement: each has up to four values."""

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
    """Return `of` → keys of the records that bear the number asked for, with a register's letter or without."""
    found: dict[int, set[int]] = {}
    for some in chunks(asked, _CHUNK):
        numbered = [one for one in some if one.form is not None]
        for exact in (True, False):
            _gather(connection, numbered, exact, found)
        _of_days(connection, [one for one in some if one.form is None], found)
    return found


def _gather(connection: Connection, some: Sequence[Asked], exact: bool, found: dict[int, set[int]]) -> None:
    if not some:
        return
    rows = [(one.of, one.form, f"{one.form}/", f"{one.form}0", one.first, one.last) for one in some]
    names = [
        ("of", Integer),
        ("form", String),
        ("low", String),
        ("high", String),
        ("first", Integer),
        ("last", Integer),
    ]
    asked = values(*(column(name, type_) for name, type_ in names), name="rows").data(rows).cte("asked")
    own = numbers.c.value == asked.c.form
    lettered = and_(numbers.c.value > asked.c.low, numbers.c.value < asked.c.high)
    query = select(asked.c.of, records.c.key).select_from(asked)
    query = query.join(numbers, own if exact else lettered).join(records, records.c.key == numbers.c.record_key)
    query = query.where(records.c.sort_day.between(asked.c.first, asked.c.last))
    for of, key in connection.execute(query):
        _add(found, of, key)


def _of_days(connection: Connection, some: Sequence[Asked], found: dict[int, set[int]]) -> None:
    for one in some:
        query = select(records.c.key).where(records.c.sort_day.between(one.first, one.last)).limit(MOST * 10)
        found.setdefault(one.of, set()).update(connection.execute(query).scalars())


def _add(found: dict[int, set[int]], of: int, key: int) -> None:
    there = found.setdefault(of, set())
    if len(there) < MOST:
        there.add(key)


def naming(connection: Connection, asked: Iterable[Asked], dates: Iterable[tuple[str, str]]) -> set[int]:
    """Return the keys of the records that name another by one of the numbers asked for: those that lie in its days, and
    those that give the number with its date, as `dates` has pairs of them."""
    found: set[int] = set()
    for some in chunks((one for one in asked if one.form is not None), _CHUNK):
        windows = values(column("form", String), column("first", Integer), column("last", Integer), name="rows")
        table = windows.data([(one.form, one.first, one.last) for one in some]).cte("asked")
        query = (
            select(records.c.key).distinct().select_from(table).join(references, references.c.number == table.c.form)
        )
        query = query.join(records, records.c.key == references.c.record_key)
        query = query.where(records.c.sort_day.between(table.c.first, table.c.last))
        found.update(connection.execute(query).scalars())
    for pairs in chunks(dates, _CHUNK):
        dated = values(column("form", String), column("date", String), name="rows").data(pairs).cte("asked")
        same = and_(references.c.number == dated.c.form, references.c.date == dated.c.date)
        found.update(
            connection.execute(select(references.c.record_key).distinct().join_from(dated, references, same)).scalars()
        )
    return found


def naming_days(connection: Connection, dates: Iterable[str], first: int, last: int) -> set[int]:
    """Return the keys of the records of some days that name another one by one of these dates alone."""
    found: set[int] = set()
    for some in chunks(sorted(set(dates))):
        query = (
            select(records.c.key).distinct().join_from(references, records, records.c.key == references.c.record_key)
        )
        query = query.where(references.c.number.is_(None), references.c.date.in_(some))
        found.update(connection.execute(query.where(records.c.sort_day.between(first, last))).scalars())
    return found


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
