"""What all rooms of an archive share: its directory, its store, its originals."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from mabillon.archive import layout
from mabillon.archive.judging import Judged
from mabillon.archive.originals import Originals
from mabillon.store import names as stored_names
from mabillon.store.counters import last
from mabillon.store.engine import Store

Answer = TypeVar("Answer")
MOST_COUNTS = 1000


class Holding:
    """The directory of an archive, opened."""

    def __init__(self, path: Path, store: Store) -> None:
        self.path = path
        self.store = store
        self.originals = Originals(path / layout.ORIGINALS, path / layout.INCOMING)
        self._judged: Judged | None = None
        self._counts: dict[Hashable, tuple[int, Any]] = {}

    @property
    def index(self) -> Path:
        """Where the full-text index lies. It is derived and belongs to the search."""
        return self.path / layout.INDEX

    def judged(self) -> Judged:
        """Return the register of names as the judgements stand now."""
        with self.store.reading() as connection:
            stamp = stored_names.judgements_stamp(connection)
        if self._judged is None or self._judged.stamp != stamp:
            self._judged = Judged.of(self.store)
        return self._judged

    def remembered(self, question: Hashable, count: Callable[[Connection], Answer]) -> Answer:
        """Return what `count` counts. It takes a while in a large archive; it holds until something changes."""
        with self.store.reading() as connection:
            newest = last(connection, "seq")
            known = self._counts.get(question)
            if known is None or known[0] != newest:
                if len(self._counts) >= MOST_COUNTS:
                    self._counts.clear()
                known = self._counts[question] = newest, count(connection)
        answer: Answer = known[1]
        return answer
