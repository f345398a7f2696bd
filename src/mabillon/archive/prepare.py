"""From a source on disk to what the store takes: done in many processes, without a database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mabillon.archive.originals import Staged, stage
from mabillon.errors import MabillonError, SourceError
from mabillon.record import Record, encode
from mabillon.store.rows import Rows, rows_of
from mabillon.store.sources import Place

ReadPath = Callable[[Path], Iterator[Record]]
"""Reads all documents of one source, in the source's order. Raises `SourceError` where it cannot."""

RECORDS_IN_ONE = 64
"""How many records of one source are handed on at once: memory does not grow with the volume."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record made ready for the store."""

    id: str
    source: str
    part: str | None
    json: bytes
    rows: Rows


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from one path, or the next piece of it where it holds many records.

    `staged` comes with the first piece, None later or where nothing could be read. `whole` marks the last piece of a
    source that was read to its end; `reason` says why it could not be.
    """

    place: Place
    sha256: str | None = None
    staged: Staged | None = None
    filename: str | None = None
    records: tuple[Prepared, ...] = ()
    whole: bool = False
    reason: str | None = None

    @property
    def last(self) -> bool:
        return self.whole or self.reason is not None


def prepare(record: Record) -> Prepared:
    """Return `record` as JSON and rows. Raises `SourceError` if it has no source or no id."""
    if record.source is None or not record.id:
        raise SourceError(record.source.filename if record.source else "?", "the reader gave a record without an id")
    return Prepared(record.id, record.source.sha256, record.source.part, encode(record), rows_of(record))


def place_of(path: Path) -> Place:
    """Return where a source lies and what tells whether it changes. Raises `SourceError` if there is no such file."""
    try:
        status = os.stat(path)
    except OSError as failure:
        raise SourceError(str(path), failure.strerror or str(failure)) from failure
    return Place(str(path), status.st_size, status.st_mtime_ns, status.st_ino)


def take(path: Path, incoming: Path, name: str, read: ReadPath) -> Iterator[Taken]:
    """Copy the bytes of `path` to `incoming/name`, read its records, and yield it all in pieces.

    Never raises for what is wrong with the source: the last piece then holds the reason.
    """
    try:
        place = place_of(path)
    except SourceError as failure:
        yield Taken(Place(str(path), 0, 0, 0), reason=failure.reason)
        return
    try:
        staged = stage(path, incoming, name)
    except SourceError as failure:
        yield Taken(place, reason=failure.reason)
        return
    yield from _pieces(place, staged, read)


def _pieces(place: Place, staged: Staged, read: ReadPath) -> Iterator[Taken]:
    """The copy goes with the first piece; where nothing at all was read, it is thrown away."""
    filename, first, waiting, seen = staged.filename, True, list[Prepared](), set[str]()
    reason: str | None = None
    records = _records(place, staged, read)
    while True:
        try:
            record = next(records)
        except StopIteration:
            break
        except SourceError as failure:
            reason = failure.reason
            break
        if record.id in seen:
            reason = f"two of its documents have the identifier {record.id}"
            break
        seen.add(record.id)
        waiting.append(prepare(record))
        if first and len(waiting) == 1 and record.source is not None:
            filename = record.source.filename
        if len(waiting) == RECORDS_IN_ONE:
            yield Taken(place, staged.sha256, staged if first else None, filename, tuple(waiting))
            first, waiting = False, []
    nothing = first and not waiting
    if nothing:
        os.unlink(staged.path)
        yield Taken(place, reason=reason or "no document was found in it")
        return
    whole = reason is None
    sha256, copy = staged.sha256, staged if first else None
    yield Taken(place, sha256, copy, filename, tuple(waiting), whole=whole, reason=reason)


def _records(place: Place, staged: Staged, read: ReadPath) -> Iterator[Record]:
    """Yield what `read` gives. Whatever goes wrong with one source is this source's failure, not the run's."""
    try:
        for record in read(Path(place.path)):
            if record.source is not None and record.source.sha256 != staged.sha256:
                raise SourceError(place.path, "it changed while it was being read; try again")
            if record.source is None or not record.id:
                raise SourceError(place.path, "its reader gave a record without source or identifier")
            yield record
    except (SourceError, GeneratorExit, KeyboardInterrupt):
        raise
    except MabillonError as failure:
        raise SourceError(place.path, str(failure)) from failure
    except Exception as failure:
        raise SourceError(place.path, f"the reader failed on it: {type(failure).__name__}: {failure}") from failure
