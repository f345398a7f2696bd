"""Taking a batch into the archive: first the bytes, then, in one transaction, all that is said of them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence

import msgspec

from mabillon.archive.originals import Originals, number_of
from mabillon.archive.prepare import Prepared, Taken, prepare
from mabillon.errors import ArchiveError
from mabillon.record import decode
from mabillon.store.counters import last, take
from mabillon.store.engine import Store
from mabillon.store.records import Change, NewRecord, insert_records, keys_of, removed_ids
from mabillon.store.sources import (
    KEPT,
    READ,
    KeptSource,
    find_sources,
    insert_sources,
    mark_read,
    put_paths,
    quarantine_places,
)


def timestamp() -> str:
    """Return the time now in UTC, to the second, as RFC 3339 writes it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def accession(store: Store, originals: Originals, batch: Sequence[Taken], run: int, change: Change) -> int:
    """Take `batch` in; return how many records are new. Either all of it stands afterwards or nothing."""
    with store.reading() as connection:
        known = find_sources(connection, {piece.sha256 for piece in batch if piece.sha256})
        number = last(connection, "object") + 1
    fresh = _fresh(batch, known)
    name = originals.seal(number, [piece.staged for piece in fresh if piece.staged], change.at) if fresh else ""
    added = [_kept(piece, name) for piece in fresh]
    with store.writing() as connection:
        if fresh and take(connection, "object") != number:
            raise ArchiveError(f"{store.name}: two ingests write to this archive at once")
        insert_sources(connection, added, run, change.at, None)
        known.update((source.sha256, source) for source in added)
        put_paths(connection, [(p.place, p.sha256) for p in _last_of_each(batch) if p.sha256])
        pending = [_settled(item, piece, known) for piece in batch if _unread(piece, known) for item in piece.records]
        there = keys_of(connection, [item.id for item in pending])
        gone = removed_ids(connection, [item.id for item in pending])
        new = {item.id: item for item in pending if item.id not in there and item.id not in gone}
        rows = [NewRecord(item.id, item.source, item.part, item.json, item.rows) for item in new.values()]
        insert_records(connection, rows, change)
        mark_read(connection, [p.sha256 for p in batch if p.whole and p.sha256 and _unread(p, known)], "")
        failed = [(p.place, p.reason) for p in batch if p.reason is not None]
        quarantine_places(connection, failed, run, change.at)
    _drop_copies(batch)
    return len(new)


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


def _last_of_each(batch: Sequence[Taken]) -> list[Taken]:
    return list({piece.place.path: piece for piece in batch}.values())


def _unread(piece: Taken, known: dict[str, KeptSource]) -> bool:
    return piece.sha256 is not None and known[piece.sha256].state != READ


def _settled(item: Prepared, piece: Taken, known: dict[str, KeptSource]) -> Prepared:
    """Name the source as it was named when it first came, whatever a second copy of it is called."""
    filename = known[item.source].filename
    if piece.filename == filename:
        return item
    record = decode(item.json)
    assert record.source is not None
    return prepare(msgspec.structs.replace(record, source=msgspec.structs.replace(record.source, filename=filename)))


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
        for name in originals.names():
            if number_of(name) <= last(connection, "object"):
                continue
            found = [
                KeptSource(content.sha256, content.path.stat().st_size, content.filename, name, KEPT)
                for content in originals.contents(name)
            ]
            known = find_sources(connection, [source.sha256 for source in found])
            lost = [source for source in found if source.sha256 not in known]
            insert_sources(connection, lost, run, timestamp(), None)
            take(connection, "object", number_of(name) - last(connection, "object"))
