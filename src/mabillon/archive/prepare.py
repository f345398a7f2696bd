"""From a source on disk to what the store takes: done in many processes, without a database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mabillon.archive.originals import Staged, stage
from mabillon.archive.sketch import signature
from mabillon.archive.walk import place_of, shown
from mabillon.errors import MabillonError, SourceError
from mabillon.record import Record, encode
from mabillon.store.place import Place
from mabillon.store.rows import Rows, rows_of

ReadPath = Callable[[Path], Iterator[Record]]
"""Reads all documents of one source, in the source's order. Raises `SourceError` where it cannot."""

RECORDS_IN_ONE = 16
"""How many records of one source are handed on at once: memory does not grow with the volume."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record made ready for the store."""

    id: str
    source: str
    part: str | None
    json: bytes
    rows: Rows
    signature: bytes | None


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
        raise SourceError(record.source.filename if record.source else "?", "its reader gave no identifier")
    source = record.source
    return Prepared(record.id, source.sha256, source.part, encode(record), rows_of(record), signature(record))


def take(path: str, incoming: Path, name: str, read: ReadPath) -> Iterator[Taken]:
    """Copy the bytes of `path` to `incoming/name`, read its records, and yield it all in pieces.

    Never raises for what is wrong with the source: the last piece then holds the reason. Raises `ArchiveError` if
    the copy cannot be written.
    """
    place = Place(shown(path), 0, 0, 0)
    try:
        place = place_of(path)
        staged = stage(Path(path), incoming, name)
    except SourceError as failure:
        yield Taken(place, reason=failure.reason)
        return
    reading = _Reading(Path(path), place, staged, read)
    yield from reading.pieces()


class _Reading:
    """One source as it is read. `reason` is set when it cannot be read to its end."""

    def __init__(self, path: Path, place: Place, staged: Staged, read: ReadPath) -> None:
        self.path, self.place, self.staged, self.read = path, place, staged, read
        self.filename: str | None = None
        self.reason: str | None = None
        self.seen: set[str] = set()

    def pieces(self) -> Iterator[Taken]:
        """The copy goes with the first piece; where nothing at all was read, it is thrown away."""
        waiting, copy = list[Prepared](), self.staged
        first = True
        for item in self._prepared():
            waiting.append(item)
            if len(waiting) == RECORDS_IN_ONE:
                yield Taken(self.place, copy.sha256, copy if first else None, self.filename, tuple(waiting))
                first, waiting = False, []
        if first and not waiting:
            os.unlink(copy.path)
            yield Taken(self.place, reason=self.reason or "no document was found in it")
            return
        staged, whole = copy if first else None, self.reason is None
        yield Taken(self.place, copy.sha256, staged, self.filename, tuple(waiting), whole=whole, reason=self.reason)

    def _prepared(self) -> Iterator[Prepared]:
        """Yield what the reader gives. Whatever goes wrong with one source is its own failure, not the run's."""
        try:
            for record in self.read(self.path):
                self._check(record)
                yield prepare(record)
        except SourceError as failure:
            self.reason = failure.reason
        except MabillonError as failure:
            self.reason = str(failure)
        except (MemoryError, RecursionError) as failure:
            self.reason = f"it is too large or nested too deeply ({type(failure).__name__})"
        except Exception as failure:
            self.reason = f"the reader failed on it, please report this: {type(failure).__name__}: {failure}"

    def _check(self, record: Record) -> None:
        if record.source is None or not record.id:
            raise SourceError(self.place.path, "its reader gave a record without source or identifier")
        if record.source.sha256 != self.staged.sha256:
            raise SourceError(self.place.path, "it changed while it was being read; try again")
        if record.id in self.seen:
            raise SourceError(self.place.path, f"two of its documents have the identifier {record.id}")
        self.seen.add(record.id)
        self.filename = self.filename or record.source.filename
