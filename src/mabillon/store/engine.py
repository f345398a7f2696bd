"""Connections to the database of an archive, and what its failures mean to a person."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from mabillon.errors import ArchiveError

BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

_REASONS = {
    "SQLITE_BUSY": "the database is locked by another program; try again when it has finished",
    "SQLITE_LOCKED": "the database is locked by another program; try again when it has finished",
    "SQLITE_FULL": "the disk is full; what was taken in before stands. Make room and run the command again",
    "SQLITE_READONLY": "the database cannot be written; check the permissions of the folder",
    "SQLITE_CANTOPEN": "the database cannot be opened; check that it is there and may be read and written",
    "SQLITE_PERM": "the database cannot be opened; check the permissions of the folder",
    "SQLITE_CORRUPT": "the database is damaged; restore the last backup (mabillon restore)",
    "SQLITE_NOTADB": "archive.db is not a database; restore the last backup (mabillon restore)",
    "SQLITE_IOERR": "the disk reports an error while reading or writing the database",
}


class Store:
    """The database of one archive. SQLite in WAL mode: readers never wait, writers wait for one another.

    `reading()` and `writing()` give a connection in a transaction; both turn the database's failures into
    `ArchiveError`. A writing transaction is rolled back whole when anything fails in it.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self._watching = threading.Lock()
        self._watcher: Any = None

    @classmethod
    def at(cls, path: Path, *, read_only: bool = False, busy_seconds: float = BUSY_SECONDS) -> Store:
        """Return the store in the SQLite file `path`, which need not exist yet unless `read_only`."""
        engine = create_engine(_url(path, read_only), pool_size=8, max_overflow=24)
        event.listen(engine, "connect", _Setup(read_only, busy_seconds))
        event.listen(engine, "begin", _begin)
        return cls(engine, str(path))

    @classmethod
    def connect(cls, url: str | URL) -> Store:
        """Return the store in a database server, such as `postgresql+psycopg:///mabillon`."""
        engine = create_engine(url, paramstyle="format")  # rows are handed over as tuples (`bulk.insert_rows`)
        return cls(engine, engine.url.render_as_string(hide_password=True))

    def edition(self) -> int | None:
        """Return a number that is another after every change that anybody commits; None where the database has none.

        A hundred times as quick as reading a counter: SQLite keeps it for each connection (PRAGMA data_version), so
        one is set apart that never writes.
        """
        if self.engine.dialect.name != "sqlite":
            return None
        with self._explained(), self._watching:
            if self._watcher is None:
                self._watcher = self.engine.raw_connection()
            cursor = self._watcher.cursor()
            try:
                return int(cursor.execute("PRAGMA data_version").fetchone()[0])
            finally:
                cursor.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._explained(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._explained(), self.engine.connect() as connection:
            connection = connection.execution_options(mabillon_begin="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as failure:
            raise ArchiveError(f"{self.name}: {reason_of(failure)}") from failure

    def close(self) -> None:
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self.engine.dispose()


def reason_of(failure: BaseException) -> str:
    """Return what a failure of the database means and what to do about it."""
    original = failure.orig if isinstance(failure, DBAPIError) else failure
    name = str(getattr(original, "sqlite_errorname", ""))
    for prefix, reason in _REASONS.items():
        if name.startswith(prefix):
            return reason
    return f"the database failed: {original}"


def _url(path: Path, read_only: bool) -> URL:
    """A database in WAL mode writes beside itself even to be read, unless it is said that nobody changes it: true of a
    folder that cannot be written and in which no log of a writer lies."""
    if not read_only:
        return URL.create("sqlite", database=str(path))
    log = path.with_name(path.name + "-wal")
    query = {"uri": "true", "mode": "ro"} | ({} if log.exists() else {"immutable": "1"})
    return URL.create("sqlite", database=f"file:{_quoted(path)}", query=query)


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


class _Setup:
    """Makes a new SQLite connection ready: transactions are begun by hand, WAL, and foreign keys are kept."""

    def __init__(self, read_only: bool, busy_seconds: float) -> None:
        self.read_only = read_only
        self.busy = int(busy_seconds * 1000)

    def __call__(self, connection: Any, _: Any) -> None:
        connection.isolation_level = None
        pragmas = [f"busy_timeout={self.busy}", "foreign_keys=ON", "cache_size=-32768", "temp_store=MEMORY"]
        if not self.read_only:
            # FULL: what was reported as kept survives a power cut, not only a killed process
            pragmas += ["journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=4000"]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(connection.get_execution_options().get("mabillon_begin", "BEGIN"))
