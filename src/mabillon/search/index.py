"""The full-text index on disk: made, opened, written, and seen anew after each commit."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from mabillon.record import Record
from mabillon.search.entry import Entry, document, entry_of
from mabillon.search.generation import (
    CURRENT,
    META,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    State,
    current,
    damaged_files,
    identity,
    new_generation,
    open_generation,
    put_in_place,
    raise_if_panic,
    read_state,
    write_state,
)
from mabillon.search.schema import build_schema
from mabillon.search.snapshot import Snapshot

__all__ = [
    "Index", "IndexBusy", "IndexDamaged", "IndexMissing", "State", "current", "damaged_files", "new_generation",
    "put_in_place", "rebuilding",
]  # fmt: skip

HEAP = 96_000_000
"""Bytes that a writer may fill before it writes a segment. More saves merging only."""

_Stamp = tuple[int, ...]


class Index:
    """An open index. Safe to share among threads; one process at a time writes.

    A commit, of this process or another, and a generation put in place are seen by the next `snapshot`.
    """

    def __init__(self, folder: Path, generation: Path | None = None) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._writer: tantivy.IndexWriter | None = None
        self._schema = build_schema()
        self._pinned = generation is not None
        self._load(generation)

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False) -> Index:
        """Open the index in `folder`; with `create`, make an empty one where there is none.

        Raises IndexMissing, or IndexDamaged if it cannot be read or another version of Mabillon made it.
        """
        folder = Path(folder)
        if create and not (folder / CURRENT).is_file():
            put_in_place(folder, new_generation(folder))
        return cls(folder)

    def _load(self, generation: Path | None = None) -> None:
        """Open the generation in use; anew whenever another takes its place in this very moment."""
        while True:
            pointer = self._pointer()
            try:
                self._open(generation or self.folder / current(self.folder))
                break
            except (IndexDamaged, IndexMissing):
                if generation is not None or self._pointer() == pointer:
                    raise
        self._seen = pointer

    def _open(self, generation: Path) -> None:
        stamp = self._committed(generation)
        self._index = open_generation(generation, self._schema)
        self._snapshot = self._looked_at(generation)
        self._generation, self._stamp = generation, stamp

    def _looked_at(self, generation: Path) -> Snapshot:
        try:
            return Snapshot.of(self._index, self._schema, identity(generation))
        except BaseException as failure:
            raise_if_panic(failure, generation)
            raise

    def _pointer(self) -> _Stamp:
        """Return what changes when another generation is put in place."""
        if self._pinned:
            return ()
        try:
            found = os.stat(self.folder / CURRENT)
        except OSError as failure:
            raise IndexMissing(f"{self.folder}: no index here; run: mabillon reindex") from failure
        return found.st_mtime_ns, found.st_ino

    def _committed(self, generation: Path) -> _Stamp:
        """Return what changes with each commit."""
        try:
            found = os.stat(generation / META)
        except OSError as failure:
            raise IndexDamaged(f"{generation}: {failure.strerror}; run: mabillon reindex") from failure
        return found.st_mtime_ns, found.st_ino

    def snapshot(self) -> Snapshot:
        """Return the newest committed state. Raises IndexMissing or IndexDamaged if it was deleted or broken."""
        if self._pointer() != self._seen:
            with self._lock:
                if self._pointer() != self._seen:
                    self.close()
                    self._load()
            return self._snapshot
        try:
            stamp = self._committed(self._generation)
        except IndexDamaged:
            if self._pointer() == self._seen:
                raise
            # another generation took its place between the two looks
            return self.snapshot()
        if stamp != self._stamp:
            with self._lock:
                if stamp != self._stamp:
                    self._reload(stamp)
        return self._snapshot

    def dated_snapshot(self) -> tuple[Snapshot, int]:
        """Return the newest committed state, and a change of the archive up to which it is complete at least."""
        while True:
            self.snapshot()
            generation = self._generation
            try:
                seq = read_state(generation).seq
            except IndexDamaged:
                if self._pointer() == self._seen:
                    raise
                continue  # another generation took its place between the two looks
            snapshot = self.snapshot()  # it is no older than what was read of it
            if self._generation == generation:
                return snapshot, seq

    def _reload(self, stamp: _Stamp) -> None:
        try:
            self._index.reload()
        except (ValueError, OSError) as failure:
            raise IndexDamaged(f"{self._generation}: {failure}; run: mabillon reindex") from failure
        except BaseException as failure:
            raise_if_panic(failure, self._generation)
            raise
        self._snapshot = self._looked_at(self._generation)
        self._stamp = stamp

    def __len__(self) -> int:
        return int(self.snapshot().searcher.num_docs)

    def ids(self) -> list[str]:
        """Return the ids of all records in the index."""
        everything = tantivy.Query.all_query()
        try:
            found = self.snapshot().searcher.terms_with_prefix("id", "", everything)
        except BaseException as failure:
            raise_if_panic(failure, self._generation)
            raise
        return sorted(id for id, count in found if count)

    @property
    def state(self) -> State:
        """Up to which change of the archive the index is complete."""
        return read_state(self._generation)

    def _open_writer(self) -> tantivy.IndexWriter:
        self.snapshot()
        if self._writer is None:
            try:
                self._writer = self._index.writer(HEAP, 1)
            except ValueError as failure:
                if "LockBusy" in str(failure):
                    raise IndexBusy(f"{self.folder}: another process is writing to the index") from failure
                raise IndexDamaged(f"{self._generation}: {failure}; run: mabillon reindex") from failure
            self._writer.garbage_collect_files()
        return self._writer

    def add(self, items: Iterable[Record | Entry], *, new: bool = False) -> int:
        """Put records in, each in place of the one with its id. Returns how many. Seen after `commit`.

        new: none of the records is in the index yet, which saves looking for them.
        """
        count = 0
        with self._lock:
            writer = self._open_writer()
            for item in items:
                entry = entry_of(item)
                if not new:
                    writer.delete_documents_by_term("id", entry.record.id)
                writer.add_document(tantivy.Document.from_dict(document(entry), self._schema))
                count += 1
        return count

    def delete(self, ids: Iterable[str]) -> None:
        """Take out the records with these ids; absent ones are no error. Seen after `commit`."""
        with self._lock:
            writer = self._open_writer()
            for id in ids:
                writer.delete_documents_by_term("id", id)

    def commit(self, seq: int | None = None) -> None:
        """Make what was added and deleted lasting and visible, and only then note `seq` as done.

        A crash between the two replays changes that are already in, which leaves the same index.
        """
        with self._lock:
            try:
                self._open_writer().commit()
            except (ValueError, OSError) as failure:
                self._writer = None
                raise IndexDamaged(f"{self._generation}: cannot be written: {failure}") from failure
            if seq is not None:
                write_state(self._generation, State(seq))

    def rollback(self) -> None:
        """Forget what was added and deleted since the last commit."""
        with self._lock:
            if self._writer is not None:
                self._writer.rollback()

    def close(self) -> None:
        """Let other processes write. Uncommitted changes are lost; searching goes on working."""
        with self._lock:
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.rollback()
                writer.wait_merging_threads()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


@contextmanager
def rebuilding(folder: Path | str) -> Iterator[Index]:
    """Give an empty index to be filled; at the end it takes the place of the one in use, in one step.

    Searches go on with the old one until then, or with none. If filling fails the old one stays and the new is removed.
    """
    folder = Path(folder)
    generation = new_generation(folder)
    try:
        with Index(folder, generation) as index:
            yield index
            index.commit()
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    put_in_place(folder, generation)
