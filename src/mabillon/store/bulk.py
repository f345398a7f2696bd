"""Many rows at a time. SQLAlchemy composes the statement once, the driver gets bare tuples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.engine import Dialect

Row = tuple[Any, ...]
CHUNK = 500
"""How many values go into one `IN (…)`: well below every database's limit."""


@cache
def _insertion(table: Table, dialect: Dialect, columns: tuple[str, ...]) -> str:
    return str(insert(table).values(dict.fromkeys(columns)).compile(dialect=dialect))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row], columns: Sequence[str] = ()) -> None:
    """Insert `rows`, whose values stand in the order of `columns` (by default all columns of the table)."""
    if not rows:
        return
    names = tuple(columns) or tuple(column.name for column in table.columns)
    ordered = tuple(column.name for column in table.columns if column.name in names)
    if ordered != names:
        raise ValueError(f"columns of {table.name} must be named in the table's order")
    connection.exec_driver_sql(_insertion(table, connection.dialect, names), list(rows))


def chunks(values: Iterable[Any], size: int = CHUNK) -> Iterable[list[Any]]:
    """Yield `values` in lists of at most `size`."""
    batch: list[Any] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
