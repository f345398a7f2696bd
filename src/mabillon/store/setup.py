"""Making the tables of a new archive, and telling which version of them an archive has."""

from __future__ import annotations

from sqlalchemy import inspect, select

from mabillon.store import finding_tables, knowledge_tables, series_tables  # noqa: F401 (parts of the schema)
from mabillon.store.bulk import insert_rows
from mabillon.store.counters import NAMES
from mabillon.store.engine import Store
from mabillon.store.schema import HEAD, counters, metadata, versions


def create_tables(store: Store) -> None:
    """Make all tables of this version in an empty database, as the migrations would."""
    with store.writing() as connection:
        metadata.create_all(connection)
        versions.create(connection)
        insert_rows(connection, versions, [(HEAD,)])
        insert_rows(connection, counters, [(name, 0) for name in NAMES])


def schema_version(store: Store) -> str | None:
    """Return the version of the tables, None if the database holds no archive."""
    with store.reading() as connection:
        if not inspect(connection).has_table(versions.name):
            return None
        return connection.execute(select(versions.c.version_num)).scalar_one_or_none()
