"""Bringing the tables of an older archive up to this version, with Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from mabillon.store import finding_tables, knowledge_tables, series_tables  # noqa: F401 (parts of the schema)
from mabillon.store.engine import Store
from mabillon.store.schema import HEAD, metadata

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade_tables(store: Store, version: str = HEAD) -> None:
    """Run the migrations up to `version`, all in one transaction: either all hold afterwards or none."""
    with store.writing() as connection:
        _alembic(connection, "upgrade", version)


def differences(store: Store) -> list[Any]:
    """Return in what the tables of a database differ from those that the program states; for the tests."""
    # Alembic takes a third of a second to import, and an archive of this version never needs it.
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with store.reading() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _alembic(connection: Connection, command: str, version: str) -> None:
    import alembic.command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    getattr(alembic.command, command)(config, version)
