"""The full-text index on disk: made, opened, written, and seen anew after each commit.

A directory of an index holds one or more generations (`g-1`, `g-2`, …) and a file CURRENT that names the one in use, so
that a rebuilt index takes the old one's place in one step while searches go on. Beside Tantivy's files a generation has
`state.json`: the version of the schema, and up to which change of the archive (`seq`) it is complete.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tantivy

from mabillon.errors import ArchiveError
from mabillon.record import Record
from mabillon.search.entry import Entry, document, entry_of
from mabillon.search.schema import VERSION, build_schema, register_analyzers
from mabillon.search.snapshot import Snapshot

CURRENT, STATE, META = "CURRENT", "state.json", "meta.json"
HEAP = 96_000_000
"""Bytes that a writer may fill before it writes a segment. More saves merging only: 512 MB index no faster here."""


class IndexMissing(ArchiveError):
    """There is no index in the directory: `mabillon reindex` makes one."""


class IndexDamaged(ArchiveError):
    """The index cannot be read: `mabillon reindex` makes it anew from the archive, which is not touched by this."""


class IndexBusy(ArchiveError):
    """Another process is writing to the index; it takes up whatever the archive has, so nothing is lost by waiting."""


@dataclass(frozen=True, slots=True)
class State:
    """What `state.json` says."""

    seq: int = 0
    version: int = VERSION


class Index:
    """An open index. Safe to share among threads; one process at a time writes.

    A commit, of this process or another, and a generation put in place are seen by the next `snapshot`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._writer: tantivy.IndexWriter | None = None
        self._schema = build_schema()
        self._stamp: tuple[int, ...] = ()
        self._load()

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False) -> Index:
        """Open the index in `folder`; with `create`, make an empty one where there is none.

        Raises IndexMissing, IndexDamaged, or IndexDamaged with the versions if another Mabillon made it.
        """
        folder = Path(folder)
        if create and not (folder / CURRENT).is_file():
            generation = new_generation(folder)
            put_in_place(folder, generation)
        return cls(folder)

    def _load(self) -> None:
        stamp = self._stat()
        generation = self.folder / current(self.folder)
        state = read_state(generation)
        if state.version != VERSION:
            raise IndexDamaged(f"{self.folder}: index of version {state.version}, not {VERSION}; run: mabillon reindex")
        self._generation = generation
        self._index = open_tantivy(generation, self._schema)
        self._snapshot = self._new_snapshot()
        self._stamp = stamp

    def _new_snapshot(self) -> Snapshot:
        return Snapshot.of(self._index, self._schema, self._generation.name, _identity(self._generation))

    def _stat(self) -> tuple[int, ...]:
        try:
            pointer = os.stat(self.folder / CURRENT)
        except OSError as failure:
            raise IndexMissing(f"{self.folder}: no index here; run: mabillon reindex") from failure
        stamp = (pointer.st_mtime_ns, pointer.st_ino)
        try:
            meta = os.stat(self.folder / current(self.folder) / META) if not self._stamp else os.stat(self._meta)
        except OSError as failure:
            raise IndexDamaged(
                f"{self.folder}: the index is incomplete ({failure.strerror}); run: mabillon reindex"
            ) from failure
        return (*stamp, meta.st_mtime_ns, meta.st_ino)

    @property
    def _meta(self) -> Path:
        return self._generation / META

    def snapshot(self) -> Snapshot:
        """Return the newest committed state. Raises IndexMissing or IndexDamaged if it was deleted or broken."""
        stamp = self._stat()
        if stamp == self._stamp:
            return self._snapshot
        with self._lock:
            if stamp[:2] != self._stamp[:2]:
                self.close()
                self._stamp = ()
                self._load()
            elif stamp != self._stamp:
                try:
                    self._index.reload()
                except (ValueError, OSError) as failure:
                    raise IndexDamaged(f"{self.folder}: {failure}; run: mabillon reindex") from failure
                self._snapshot = self._new_snapshot()
                self._stamp = stamp
        return self._snapshot

    def __len__(self) -> int:
        return int(self.snapshot().searcher.num_docs)

    @property
    def state(self) -> State:
        return read_state(self._generation)

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(HEAP, 1)
            except ValueError as failure:
                if "LockBusy" in str(failure):
                    raise IndexBusy(f"{self.folder}: another process is writing to the index") from failure
                raise IndexDamaged(f"{self.folder}: {failure}; run: mabillon reindex") from failure
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
                raise IndexDamaged(f"{self.folder}: cannot be written: {failure}") from failure
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


def current(folder: Path) -> str:
    """Return the name of the generation in use."""
    try:
        name = (folder / CURRENT).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as failure:
        raise IndexMissing(f"{folder}: no index here; run: mabillon reindex") from failure
    if not name.startswith("g-") or not (folder / name).is_dir():
        raise IndexDamaged(f"{folder}: {CURRENT} names no index ({name[:40]!r}); run: mabillon reindex")
    return name


def new_generation(folder: Path) -> Path:
    """Make a directory with an empty index that nobody uses yet, and return it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = [int(path.name[2:]) for path in folder.glob("g-*") if path.name[2:].isdigit()]
        generation = folder / f"g-{max(taken, default=0) + 1}"
        generation.mkdir()
        tantivy.Index(build_schema(), str(generation))
        write_state(generation, State())
    except OSError as failure:
        raise ArchiveError(f"{folder}: no index can be made here: {failure.strerror or failure}") from failure
    return generation


def put_in_place(folder: Path, generation: Path) -> None:
    """Make `generation` the one in use, in one step, and remove the others. Open searches go on with theirs."""
    _replace(folder / CURRENT, generation.name + "\n")
    for old in folder.glob("g-*"):
        if old != generation:
            shutil.rmtree(old, ignore_errors=True)


def open_tantivy(generation: Path, schema: tantivy.Schema) -> tantivy.Index:
    try:
        index = tantivy.Index(schema, str(generation))
        register_analyzers(index)
        index.config_reader("manual")
        index.reload()
    except (ValueError, OSError) as failure:
        raise IndexDamaged(f"{generation}: {failure}; run: mabillon reindex") from failure
    return index


def read_state(generation: Path) -> State:
    try:
        found = json.loads((generation / STATE).read_text("utf-8"))
        return State(int(found["seq"]), int(found["version"]))
    except (OSError, ValueError, KeyError, TypeError) as failure:
        raise IndexDamaged(f"{generation / STATE}: cannot be read; run: mabillon reindex") from failure


def write_state(generation: Path, state: State) -> None:
    _replace(generation / STATE, json.dumps({"seq": state.seq, "version": state.version}) + "\n")


def _replace(path: Path, content: str) -> None:
    """Write a file so that a crash leaves the old one or the new one."""
    beside = path.with_name(path.name + ".new")
    with open(beside, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _identity(generation: Path) -> str:
    """Return a short name of exactly this state of the index: the same in every process that sees it."""
    meta = (generation / META).read_bytes()
    segments = [segment["segment_id"] for segment in json.loads(meta)["segments"]]
    return f"{generation.name}-{hash_of(','.join(segments) + str(json.loads(meta)['opstamp']))}"


def hash_of(text: str) -> str:
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
