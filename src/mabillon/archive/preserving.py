"""Preservation: all of an archive as a bag that outlives this program, and an archive made from such a bag alone.

In the bag: the originals (an OCFL storage root), every table of the database as JSON Lines (records, revisions,
corrections, access, judgements of names and all that was derived), the records once more by themselves, the
vocabularies, and which version of the program and of the tables wrote it.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import msgspec
import orjson

from mabillon import __version__
from mabillon.archive import layout
from mabillon.archive.access import ARCHIVIST
from mabillon.archive.archive import Archive
from mabillon.archive.bag import PAYLOAD, BagWriter, check_bag, is_bag
from mabillon.archive.originals import Originals
from mabillon.errors import ArchiveError
from mabillon.record import SCHEMA, Record, encode
from mabillon.store.dump import dump_rows, load_rows, tables_of
from mabillon.store.engine import Store
from mabillon.store.schema import HEAD
from mabillon.store.setup import schema_version
from mabillon.store.upgrade import upgrade_tables

__all__ = ["PreserveReport", "is_bag", "preserve", "restore_bag"]

ABOUT, TABLES, RECORDS, BESIDE = "about.json", "tables", "records.jsonl", "introductions"
README = """\
This is an archive of diplomatic telegrams and letters, with all that is needed to read it without the program that
wrote it (Mabillon).

originals/      the documents as they came, byte for byte; an OCFL storage root (ocfl.io)
records.jsonl   what each document says, one JSON object a line; record.schema.json describes it
tables/         the whole database, a file for each table, a row a line: records with every revision, corrections,
                access, redactions, judgements of names. A value {"utf8": ...} or {"base64": ...} is bytes.
vocabulary/     the terms that the records use, with their definitions (YAML)
about.json      the versions of the program and of the tables

mabillon restore THIS-FOLDER --archive NEW-FOLDER makes the archive anew from it.
"""
Tell = Callable[[int, int], None]
"""Told how many of how many steps are done."""


@dataclass(frozen=True, slots=True)
class PreserveReport:
    """What went into a bag, or came out of one."""

    records: int
    originals: int
    tables: int


def preserve(
    archive: Archive, target: Path | str, name: str = "", tell: Tell = lambda done, total: None
) -> PreserveReport:
    """Write all of `archive` into the folder `target` as a bag, as it stands at one moment.

    It holds what is closed and redacted too: keep it as the archive itself is kept. Raises `ArchiveError` if it cannot
    be written; what was written of it is then no bag.
    """
    folder = Path(target)
    try:
        return _Preservation(archive, BagWriter(folder), tell).go(name or archive.path.resolve().name)
    except OSError as failure:
        raise ArchiveError(f"{folder}: {failure.strerror or failure}; the bag is not whole") from failure


class _Preservation:
    def __init__(self, archive: Archive, bag: BagWriter, tell: Tell) -> None:
        self.archive, self.bag, self.tell = archive, bag, tell

    def go(self, name: str) -> PreserveReport:
        """The database first: every original that it names was kept before, and originals never change."""
        bag = self.bag
        bag.add("README.txt", [README.encode()])
        with self.archive.store.reading() as connection:
            tables = tables_of(connection)
            for table in tables:
                bag.add(f"{TABLES}/{table.name}.jsonl", dump_rows(connection, table))
        count = self._records()
        originals = sorted(self.archive.originals.root.iterdir())
        for done, path in enumerate(originals, 1):
            bag.copy(path, f"{layout.ORIGINALS}/{path.name}")
            self.tell(done, len(originals))
        self._beside()
        bag.close(
            {
                "Source-Organization": name,
                "External-Description": f"An archive of {count} records with their originals",
                "Bagging-Date": dt.date.today().isoformat(),
                "Bag-Software-Agent": f"Mabillon {__version__}",
            }
        )
        return PreserveReport(count, len(originals), len(tables))

    def _records(self) -> int:
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            for record in self.archive.records(ARCHIVIST):
                count += 1
                yield encode(record) + b"\n"

        self.bag.add(RECORDS, lines())
        return count

    def _beside(self) -> None:
        bag = self.bag
        bag.add("record.schema.json", [orjson.dumps(msgspec.json.schema(Record), option=orjson.OPT_INDENT_2)])
        with resources.as_file(resources.files("mabillon.vocabulary")) as vocabulary:
            for path in sorted(vocabulary.rglob("*.yaml")):
                bag.copy(path, f"vocabulary/{path.relative_to(vocabulary).as_posix()}")
        introductions = self.archive.path / BESIDE
        if introductions.is_dir():
            bag.copy(introductions, BESIDE)
        about = {"program": "mabillon", "version": __version__, "tables": HEAD, "record": SCHEMA}
        bag.add(ABOUT, [orjson.dumps(about, option=orjson.OPT_INDENT_2)])


def restore_bag(source: Path | str, target: Path | str, tell: Tell = lambda done, total: None) -> PreserveReport:
    """Make the archive `target`, which must not exist yet, from a bag alone.

    The bag is judged first, file by file. Raises `ArchiveError` where it is not whole or of a newer program, or where
    something is in the way.
    """
    root, folder = Path(source), Path(target)
    if folder.exists() and any(folder.iterdir()):
        raise ArchiveError(f"{folder}: something is there already; move it away, or restore to another place")
    check_bag(root, tell)
    version = _version(root)
    try:
        originals = Originals(folder / layout.ORIGINALS, folder / layout.INCOMING)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(root / PAYLOAD / layout.ORIGINALS, originals.root)
        originals.incoming.mkdir(exist_ok=True)
        (folder / layout.INDEX).mkdir(exist_ok=True)
        if (root / PAYLOAD / BESIDE).is_dir():
            shutil.copytree(root / PAYLOAD / BESIDE, folder / BESIDE)
        tables = _make_tables(root, folder / layout.NEW, version)
        os.replace(folder / layout.NEW, folder / layout.DATABASE)
    except OSError as failure:
        raise ArchiveError(f"{folder}: {failure.strerror or failure}; the archive is not whole") from failure
    with Archive.open(folder) as archive:
        return PreserveReport(archive.count(ARCHIVIST), len(list(originals.root.iterdir())), tables)


def _version(root: Path) -> str:
    try:
        version = str(orjson.loads((root / PAYLOAD / ABOUT).read_bytes())["tables"])
    except (OSError, ValueError, KeyError) as failure:
        raise ArchiveError(f"{root}: this is a bag, but not one of an archive of Mabillon") from failure
    if version > HEAD:
        raise ArchiveError(f"{root}: it was written with tables {version}; this Mabillon knows {HEAD} at most")
    return version


def _make_tables(root: Path, database: Path, version: str) -> int:
    """Make the tables as the bag's version had them, fill them, and bring them up."""
    for left in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    store = Store.at(database)
    try:
        upgrade_tables(store, version)
        with store.writing() as connection:
            tables = tables_of(connection)
            for table in tables:
                path = root / PAYLOAD / TABLES / f"{table.name}.jsonl"
                if path.is_file():
                    with path.open("rb") as lines:
                        load_rows(connection, table, lines)
        if schema_version(store) != HEAD:
            upgrade_tables(store)
        return len(tables)
    finally:
        store.close()
