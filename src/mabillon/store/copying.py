"""A consistent copy of the database while others read and write it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from mabillon.errors import ArchiveError
from mabillon.store.engine import Store, reason_of


def copy_database(store: Store, target: Path) -> None:
    """Copy the database to the file `target`, as it stands at one moment; nobody waits for it.

    The copy appears under its name when it is whole. Raises `ArchiveError` if it cannot be made.
    """
    if store.engine.dialect.name != "sqlite":
        raise ArchiveError(f"{store.name}: only an SQLite database is copied so; use the database's own backup")
    building = target.with_name(target.name + ".new")
    building.unlink(missing_ok=True)
    try:
        _copy(store.name, building)
        with open(building, "rb") as file:
            os.fsync(file.fileno())
        os.replace(building, target)
    except (sqlite3.Error, OSError) as failure:
        building.unlink(missing_ok=True)
        reason = reason_of(failure) if isinstance(failure, sqlite3.Error) else failure.strerror
        raise ArchiveError(f"{target}: the database cannot be copied: {reason}") from failure


def _copy(source: str, target: Path) -> None:
    """All pages in one step: in WAL mode that keeps no writer waiting, and no writer makes it start over."""
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.execute("PRAGMA query_only=ON").close()
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode=DELETE").close()  # one file, nothing beside it
    finally:
        writing.close()
        reading.close()
