"""The index of an archive kept up from a thread, while a site is open or an ingest runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from mabillon.archive.archive import Archive
from mabillon.archive.indexing import follow, is_suspect, rebuild
from mabillon.errors import ArchiveError
from mabillon.search import Index, IndexBusy, IndexDamaged, IndexMissing

LOOK_SECONDS, TROUBLE_SECONDS = 0.1, 5.0
"""Between two looks at what is new; the longer one after something went wrong."""

MOST_WAITING, MOST_SECONDS = 2_000, 5.0
"""New records that wait to be indexed, and how long. What a person does waits for neither: see docs/performance.md for
what commits cost."""


class Keeper:
    """Brings the index up, and makes it anew where it was deleted or damaged. Use as a context.

    Another process may do the same: one writes, and the others leave it to that one. What goes wrong (a full disk, say)
    is told once; the archive is the same without an index, and it is tried again.
    """

    def __init__(self, path: Path, complain: Callable[[str], None]) -> None:
        self._path, self._complain = path, complain
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index", daemon=True)
        self._index: Index | None = None
        self._looked, self._waiting_since = 0, 0.0

    def __enter__(self) -> Keeper:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        said, pause = "", LOOK_SECONDS
        while not self._ended.wait(pause):
            try:
                with Archive.open(self._path) as archive:
                    while not self._ended.wait(LOOK_SECONDS):
                        self.look(archive)
                        said, pause = "", LOOK_SECONDS
            except ArchiveError as failure:
                pause = TROUBLE_SECONDS
                if str(failure) != said:
                    said = str(failure)
                    self._complain(f"the index is not brought up: {said}")

    def look(self, archive: Archive) -> None:
        """Bring the index up if it is time to."""
        index = self._opened(archive)
        if index is None:
            return
        newest, seq = archive.newest(), index.state.seq
        if newest <= seq:
            self._waiting_since = 0.0
            return
        now = time.monotonic()
        self._waiting_since = self._waiting_since or now
        waited = now - self._waiting_since
        if newest - seq < MOST_WAITING and waited < MOST_SECONDS and not self._has_hands_in_it(archive, seq, newest):
            return
        try:
            follow(archive, index, stop=self._ended.is_set)
        except IndexBusy:
            return  # whoever is writing brings it up
        finally:
            index.close()
        self._waiting_since = 0.0

    def _has_hands_in_it(self, archive: Archive, seq: int, newest: int) -> bool:
        """Tell whether a person has changed something since the last look."""
        change = next(archive.changed_by_hand(max(seq, self._looked)), None)
        if change is None:
            self._looked = newest
        return change is not None

    def _opened(self, archive: Archive) -> Index | None:
        """Return the index, made anew if need be; None while another process does so."""
        try:
            if self._index is None:
                self._index = Index.open(archive.index)
            self._index.snapshot()
            if not is_suspect(archive):
                return self._index
        except (IndexMissing, IndexDamaged) as failure:
            if self._index is not None or isinstance(failure, IndexDamaged):  # a new archive has none yet
                self._complain(f"{str(failure).split('; run:')[0]}; it is being made anew")
        self._index = None
        rebuild(archive, stop=self._ended.is_set, unless_sound=True)
        return None
