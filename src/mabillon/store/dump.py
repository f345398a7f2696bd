"""All tables as JSON Lines, one row a line: readable without this program, and enough to make the database anew."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import Connection, MetaData, Table, insert, select

from mabillon.store.bulk import chunks

_BATCH = 500


def tables_of(connection: Connection) -> list[Table]:
    """Return all tables of the database as they are, those that others point to first."""
    found = MetaData()
    found.reflect(connection)
    return found.sorted_tables


def dump_rows(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield the rows of a table in the order of its key, each as a line of JSON."""
    order = list(table.primary_key.columns) or list(table.columns)
    rows = connection.execution_options(yield_per=_BATCH).execute(select(table).order_by(*order))
    for row in rows.mappings():
        yield orjson.dumps({f"{name}": _plain(value) for name, value in row.items()}) + b"\n"


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; bytes as their words where they are UTF-8 (a record), else as base 64."""
    if not isinstance(value, bytes | memoryview):
        return value
    content = bytes(value)
    try:
        return {"utf8": content.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}


def load_rows(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Put the rows that `dump_rows` wrote in place of those that the table has, and return how many they are."""
    connection.execute(table.delete())
    count = 0
    for some in chunks(lines, _BATCH):
        rows = [{name: _value(said) for name, said in orjson.loads(line).items()} for line in some]
        connection.execute(insert(table), rows)
        count += len(rows)
    return count


def _value(said: Any) -> Any:
    if not isinstance(said, dict):
        return said
    return said["utf8"].encode("utf-8") if "utf8" in said else base64.b64decode(said["base64"])
