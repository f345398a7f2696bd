"""Which records bear a number or a day, and which name one: the lookups that follow an exchange."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from mabillon.store.bulk import chunks
from mabillon.store.schema import numbers, records, references

Condition = ColumnElement[bool]


def bearing_number(connection: Connection, forms: Iterable[str], condition: Condition, limit: int) -> list[str]:
    """Return the ids of up to `limit` records that bear a number in one of these `forms`, or with a letter after it."""
    found: set[str] = set()
    for some in chunks(sorted(set(forms))):
        lettered = [and_(numbers.c.value > form + "/", numbers.c.value < form + "0") for form in some]
        query = select(records.c.id).join_from(numbers, records, records.c.key == numbers.c.record_key)
        query = query.where(or_(numbers.c.value.in_(some), *lettered), condition).order_by(records.c.id).limit(limit)
        found.update(connection.execute(query).scalars())
    return sorted(found)[:limit]


def of_days(connection: Connection, first: int, last: int, condition: Condition, limit: int) -> list[str]:
    """Return the ids of up to `limit` records dated between two days (yyyymmdd), both included."""
    query = select(records.c.id).where(records.c.sort_day.between(first, last), condition)
    return list(connection.execute(query.order_by(records.c.id).limit(limit)).scalars())


def naming_number(connection: Connection, forms: Iterable[str], condition: Condition, limit: int) -> list[str]:
    """Return the ids of up to `limit` records that name another one by a number in one of these `forms`."""
    found: set[str] = set()
    for some in chunks(sorted(set(forms))):
        query = select(records.c.id).join_from(references, records, records.c.key == references.c.record_key)
        query = query.where(references.c.number.in_(some), condition).distinct().order_by(records.c.id).limit(limit)
        found.update(connection.execute(query).scalars())
    return sorted(found)[:limit]


def naming_date(
    connection: Connection, dates: list[str], first: int, last: int, condition: Condition, limit: int
) -> list[str]:
    """Return the ids of up to `limit` records of some days that name another one by one of these `dates` alone."""
    query = select(records.c.id).join_from(references, records, records.c.key == references.c.record_key)
    query = query.where(references.c.number.is_(None), references.c.date.in_(dates), condition)
    query = query.where(records.c.sort_day.between(first, last)).distinct().order_by(records.c.id).limit(limit)
    return list(connection.execute(query).scalars())
