"""The directory of an archive: what lies in it, how it is made, and which versions of it can be opened."""

from __future__ import annotations

import os
from pathlib import Path

from mabillon import __version__
from mabillon.archive.lock import only_one
from mabillon.archive.originals import Originals
from mabillon.errors import ArchiveError
from mabillon.store.copying import copy_database
from mabillon.store.engine import Store
from mabillon.store.schema import HEAD
from mabillon.store.setup import create_tables, schema_version
from mabillon.store.upgrade import upgrade_tables

DATABASE, ORIGINALS, INCOMING, INDEX = "archive.db", "originals", "incoming", "index"
LOCK, INDEX_LOCK = "ingest.lock", "index.lock"
NEW = DATABASE + ".new"
OWN = frozenset({DATABASE, ORIGINALS, INCOMING, INDEX, NEW, NEW + "-wal", NEW + "-shm", LOCK, INDEX_LOCK})


def is_archive(folder: Path) -> bool:
    return (folder / DATABASE).is_file()


def create(folder: Path) -> None:
    """Make an empty archive. Raises `ArchiveError` if the directory holds something else, or cannot be written."""
    if is_archive(folder):
        raise ArchiveError(f"{folder}: there is an archive already")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = [name for name in os.listdir(folder) if name not in OWN]
        if strangers:
            raise ArchiveError(f"{folder}: the directory is not empty ({strangers[0]}); an archive needs its own")
        _lay_out(folder)
    except OSError as failure:
        raise ArchiveError(f"{folder}: no archive can be made here: {failure.strerror or failure}") from failure


def open_store(folder: Path, busy_seconds: float) -> Store:
    """Return the store of the archive in `folder`, which may be on a medium that can only be read.

    Raises `ArchiveError` if there is none that can be read.
    """
    if not is_archive(folder):
        raise ArchiveError(f"{folder}: no archive here; make one with: mabillon ingest --archive {folder} PATH")
    read_only = not (os.access(folder, os.W_OK) and os.access(folder / DATABASE, os.W_OK))
    store = Store.at(folder / DATABASE, read_only=read_only, busy_seconds=busy_seconds)
    try:
        if _version(store, folder) < HEAD:
            _bring_up(store, folder, busy_seconds)
    except ArchiveError:
        store.close()
        raise
    return store


def _lay_out(folder: Path) -> None:
    """Make the parts of an archive. The database comes last, under another name until it is whole, so that a directory
    either holds an archive or can be made one by trying again."""
    for name in (NEW, NEW + "-wal", NEW + "-shm"):
        (folder / name).unlink(missing_ok=True)
    originals = Originals(folder / ORIGINALS, folder / INCOMING)
    if not originals.root.exists():
        originals.create()
    (folder / INDEX).mkdir(exist_ok=True)
    store = Store.at(folder / NEW)
    create_tables(store)
    store.close()
    os.rename(folder / NEW, folder / DATABASE)


def _bring_up(store: Store, folder: Path, busy_seconds: float) -> None:
    """Migrate an older archive, once a copy of its database lies beside it."""
    with only_one(folder / LOCK, busy_seconds, "a migration"):
        version = schema_version(store)
        if version is None or version >= HEAD:
            return
        kept = folder / f"{DATABASE}.{version}.bak"
        copy_database(store, kept)
        upgrade_tables(store)


def _version(store: Store, folder: Path) -> str:
    """Return the version of the tables. Raises `ArchiveError` if they are none of ours, or of a newer program."""
    version = schema_version(store)
    if version is None:
        raise ArchiveError(f"{folder / DATABASE}: this database is not an archive of Mabillon")
    if version > HEAD:
        raise ArchiveError(
            f"{folder}: this archive has schema {version}; this Mabillon ({__version__}) knows schema {HEAD} at most;"
            " install the version that made it, or a newer one"
        )
    return version
