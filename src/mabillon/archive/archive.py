"""The archive as its users see it: open it, read records in it, walk it, change it with a name and a reason."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.originals import Originals
from mabillon.errors import ArchiveError
from mabillon.record import Record, decode
from mabillon.store import records as stored
from mabillon.store.engine import BUSY_SECONDS, Store
from mabillon.store.schema import HEAD
from mabillon.store.setup import create_tables, schema_version
from mabillon.store.sources import find_sources

DATABASE, ORIGINALS, INCOMING, INDEX = "archive.db", "originals", "incoming", "index"
PAGE = 500


class Archive:
    """One directory: `archive.db`, `originals/` (an OCFL storage root) and `index/` (derived, may be thrown away).

    Every method that reads takes a `Reader` and shows what he may see; the default is anybody. All raise
    `ArchiveError` if the database or the disk fails.
    """

    def __init__(self, path: Path, store: Store) -> None:
        self.path = path
        self.store = store
        self.originals = Originals(path / ORIGINALS, path / INCOMING)

    @classmethod
    def create(cls, path: Path | str) -> Archive:
        """Make a new archive in the directory `path`, which must be absent or empty."""
        folder = Path(path)
        if (folder / DATABASE).exists():
            raise ArchiveError(f"{folder}: there is an archive already")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            strangers = [name for name in os.listdir(folder) if name not in _OWN]
            if strangers:
                raise ArchiveError(f"{folder}: the directory is not empty ({strangers[0]}); an archive needs its own")
            _lay_out(folder)
        except OSError as failure:
            raise ArchiveError(f"{folder}: no archive can be made here: {failure.strerror or failure}") from failure
        return cls.open(folder)

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> Archive:
        """Open the archive in the directory `path`; with `create`, make it where there is none."""
        folder = Path(path)
        if not (folder / DATABASE).is_file():
            if create:
                return cls.create(folder)
            raise ArchiveError(f"{folder}: no archive here; make one with: mabillon ingest --archive {folder} PATH")
        store = Store.at(folder / DATABASE, busy_seconds=busy_seconds)
        try:
            _check_version(store, folder)
        except ArchiveError:
            store.close()
            raise
        return cls(folder, store)

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def index(self) -> Path:
        """Where the full-text index lies. It is derived and belongs to the search."""
        return self.path / INDEX

    def record(self, id: str, reader: Reader = PUBLIC) -> Record | None:
        """Return the record `id`, or the enclosure `id` out of its cover; None if there is none for this reader."""
        with self.store.reading() as connection:
            found = stored.find_record(connection, id, reader.condition())
            if found is not None:
                return decode(found.json)
            way = stored.find_enclosure(connection, id)
        if way is None:
            return None
        cover, steps = way
        record = self.record(cover, reader)
        for step in steps:
            record = record.enclosures[step] if record is not None and step < len(record.enclosures) else None
        return record if record is not None and record.id == id else None

    def records(self, reader: Reader = PUBLIC, after: str | None = None, limit: int | None = None) -> Iterator[Record]:
        """Yield the records that `reader` may see in order of id, from the first after the id `after`, at most `limit`.

        The order is stable: it depends on the sources alone, not on how or when they came in. Pages are read one at
        a time, so a million records need no more memory than a page, and no reader holds up a writer.
        """
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            with self.store.reading() as connection:
                page = stored.page_of_records(connection, reader.condition(), after, size)
            for found in page:
                yield decode(found.json)
            if len(page) < size:
                return
            after, left = page[-1].id, None if left is None else left - len(page)

    def count(self, reader: Reader = PUBLIC) -> int:
        """Return how many records this reader may see."""
        with self.store.reading() as connection:
            return stored.count_records(connection, reader.condition())

    def original(self, id: str, reader: Reader = PUBLIC) -> bytes | None:
        """Return the bytes of the source that the record `id` was read from; None if there is none for this reader."""
        with self.store.reading() as connection:
            found = stored.find_record(connection, id, reader.condition())
            if found is None:
                return None
            source = find_sources(connection, [found.source])[found.source]
        path = self.originals.path(source.object, source.sha256)
        try:
            return path.read_bytes()
        except OSError as failure:
            raise ArchiveError(f"{path}: the original cannot be read: {failure.strerror or failure}") from failure


_NEW = DATABASE + ".new"
_OWN = frozenset({DATABASE, ORIGINALS, INCOMING, INDEX, _NEW, _NEW + "-wal", _NEW + "-shm", "ingest.lock"})


def _lay_out(folder: Path) -> None:
    """Make the parts of an archive. The database comes last, under another name until it is whole, so that a directory
    either holds an archive or can be made one by trying again."""
    for name in (_NEW, _NEW + "-wal", _NEW + "-shm"):
        (folder / name).unlink(missing_ok=True)
    originals = Originals(folder / ORIGINALS, folder / INCOMING)
    if not originals.root.exists():
        originals.create()
    (folder / INDEX).mkdir(exist_ok=True)
    store = Store.at(folder / _NEW)
    create_tables(store)
    store.close()
    os.rename(folder / _NEW, folder / DATABASE)


def _check_version(store: Store, folder: Path) -> None:
    version = schema_version(store)
    if version is None:
        raise ArchiveError(f"{folder / DATABASE}: this database is not an archive of Mabillon")
    if version > HEAD:
        raise ArchiveError(f"{folder}: made by a newer Mabillon (schema {version}, this one knows {HEAD}); update it")
