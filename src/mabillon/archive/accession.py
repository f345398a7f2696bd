"""Taking batches into the archive: first the bytes, then, in one transaction, all that is said of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection

from mabillon import __version__
from mabillon.archive.access import ARCHIVIST, Access
from mabillon.archive.editing import put_reading
from mabillon.archive.originals import Originals, number_of
from mabillon.archive.prepare import Prepared, Taken, prepare
from mabillon.archive.times import timestamp
from mabillon.errors import ArchiveError
from mabillon.record import decode
from mabillon.store import permissions
from mabillon.store import records as stored
from mabillon.store.counters import last, take
from mabillon.store.engine import Store
from mabillon.store.records import Change, NewRecord
from mabillon.store.sources import (
    KEPT,
    READ,
    KeptSource,
    find_sources,
    insert_sources,
    mark_killed,
    mark_read,
    put_paths,
    quarantine_places,
)


@dataclass(slots=True)
class Outcome:
    """What came of one batch: new records, records that a new reading changed, sources that were held already."""

    records: int = 0
    changed: int = 0
    duplicates: int = 0


@dataclass(slots=True)
class Accession:
    """One run's way of taking batches in. With `again`, sources that are held already are read anew."""

    store: Store
    originals: Originals
    run: int
    who: str
    why: str
    access: Access = field(default_factory=Access)
    again: bool = False
    anew: set[str] = field(default_factory=set)

    def take_in(self, batch: Sequence[Taken]) -> Outcome:
        """Take `batch` in. Either all of it stands afterwards or nothing. Raises `ArchiveError`."""
        at, outcome = timestamp(), Outcome()
        with self.store.reading() as connection:
            known = find_sources(connection, {piece.sha256 for piece in batch if piece.sha256})
            number = last(connection, "object") + 1
        fresh = _fresh(batch, known)
        name = self.originals.seal(number, [piece.staged for piece in fresh if piece.staged], at) if fresh else ""
        added = [_kept(piece, name) for piece in fresh]
        with self.store.writing() as connection:
            if fresh and take(connection, "object") != number:
                raise ArchiveError(f"{self.store.name}: two ingests write to this archive at once")
            insert_sources(connection, added, self.run, at, __version__)
            known.update((source.sha256, source) for source in added)
            self._settle_paths(connection, batch, at)
            self._settle_records(connection, batch, known, at, outcome)
        _drop_copies(batch)
        return outcome

    def _settle_paths(self, connection: Connection, batch: Sequence[Taken], at: str) -> None:
        newest = {piece.place.path: piece for piece in batch}.values()
        put_paths(connection, [(piece.place, piece.sha256) for piece in newest if piece.sha256])
        failed = [(piece.place, piece.reason) for piece in newest if piece.reason is not None]
        quarantine_places(connection, failed, self.run, at)

    def _settle_records(
        self, connection: Connection, batch: Sequence[Taken], known: dict[str, KeptSource], at: str, outcome: Outcome
    ) -> None:
        pending: dict[str, Prepared] = {}
        done: dict[str, None] = {}
        for piece in batch:
            if piece.sha256 is None:
                continue
            if not self._wanted(piece, known, done):
                outcome.duplicates += piece.whole
                continue
            pending.update((item.id, _settled(item, piece, known)) for item in piece.records)
            if piece.whole:
                done[piece.sha256] = None
        there = stored.keys_of(connection, list(pending))
        gone = stored.removed_ids(connection, list(pending))
        new = [item for id, item in pending.items() if id not in there and id not in gone]
        self._insert(connection, new, at)
        outcome.records += len(new)
        outcome.changed += sum(self._renew(connection, pending[id], at) for id in there)
        mark_read(connection, done, __version__)
        self.anew.update(done)

    def _wanted(self, piece: Taken, known: dict[str, KeptSource], done: dict[str, None]) -> bool:
        """Tell whether the records of this piece are to be taken: a second copy of a source says nothing new."""
        assert piece.sha256 is not None
        if piece.sha256 in done or piece.sha256 in self.anew:
            return False
        return self.again or known[piece.sha256].state != READ

    def _insert(self, connection: Connection, new: Sequence[Prepared], at: str) -> None:
        opens = self.access.opens
        rows = [NewRecord(item.id, item.source, item.part, item.json, item.rows, opens, item.signature) for item in new]
        keys = stored.insert_records(connection, rows, Change("read", self.who, self.why, at))
        if self.access.groups:
            permissions.put_access(connection, keys, opens, self.access.groups)

    def _renew(self, connection: Connection, item: Prepared, at: str) -> bool:
        """Lay a new reading of a record that stands already under its corrections; tell whether that changed it."""
        found = stored.find_record(connection, item.id, ARCHIVIST.condition())
        assert found is not None
        return put_reading(connection, found, decode(item.json), Change("reread", self.who, self.why, at))


def _fresh(batch: Sequence[Taken], known: dict[str, KeptSource]) -> list[Taken]:
    """Return the pieces that bring bytes which the archive does not hold, each content once."""
    found: dict[str, Taken] = {}
    for piece in batch:
        if piece.staged and piece.sha256 and piece.sha256 not in known:
            found.setdefault(piece.sha256, piece)
    return list(found.values())


def _kept(piece: Taken, name: str) -> KeptSource:
    assert piece.staged is not None
    return KeptSource(piece.staged.sha256, piece.staged.size, piece.filename or piece.staged.filename, name, KEPT)


def _settled(item: Prepared, piece: Taken, known: dict[str, KeptSource]) -> Prepared:
    """Name the source as it was named when it first came, whatever a second copy of it is called."""
    filename = known[item.source].filename
    if piece.filename == filename:
        return item
    record = decode(item.json)
    assert record.source is not None
    record.source = msgspec.structs.replace(record.source, filename=filename)
    return prepare(record)


def _drop_copies(batch: Sequence[Taken]) -> None:
    for piece in batch:
        if piece.staged and os.path.exists(piece.staged.path):
            os.unlink(piece.staged.path)


def recover(store: Store, originals: Originals, run: int) -> None:
    """Mend what a killed ingest left: half copies are thrown away, originals that no row names are taken up.

    Their records are read when their path is ingested again.
    """
    originals.clear_incoming()
    with store.writing() as connection:
        mark_killed(connection, run)
        for name in originals.names():
            if number_of(name) <= last(connection, "object"):
                continue
            found = [
                KeptSource(content.sha256, content.path.stat().st_size, content.filename, name, KEPT)
                for content in originals.contents(name)
            ]
            known = find_sources(connection, [source.sha256 for source in found])
            lost = [source for source in found if source.sha256 not in known]
            insert_sources(connection, lost, run, timestamp(), __version__)
            take(connection, "object", number_of(name) - last(connection, "object"))
