"""Tables that live as long as a question: rows that come from outside are joined with those in the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table

from mabillon.store.bulk import Row, insert_rows


@contextmanager
def scratch(connection: Connection, name: str, columns: Sequence[Column[Any]], rows: Sequence[Row]) -> Iterator[Table]:
    """Give a temporary table of these columns and rows; it is gone afterwards."""
    table = Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])
    table.create(connection, checkfirst=False)
    try:
        insert_rows(connection, table, list(rows))
        connection.exec_driver_sql(f"ANALYZE {name}")  # a planner that takes it for large begins with the other table
        yield table
    finally:
        table.drop(connection, checkfirst=False)
