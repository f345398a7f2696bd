"""Where the API asks: one archive, as one reader sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence

from mabillon.archive import PUBLIC, Archive, Reader
from mabillon.archive.indexing import visible
from mabillon.archive.spelling import covers_of, spellings_of
from mabillon.errors import ArchiveError
from mabillon.record import Record
from mabillon.search import FACETS, Glance, Index, Results, search

BATCH = 200
"""Records of a search that are read at a time where all of them are wanted."""


class Desk:
    """One archive and who asks. All that it gives went through the one decision on access, `mabillon.archive.access`:
    what this reader may not see is in no answer."""

    def __init__(self, archive: Archive, reader: Reader = PUBLIC, name: str = "") -> None:
        self.archive = archive
        self.reader = reader
        self.name = name or "Mabillon"
        self._index: Index | None = None
        self._lock = threading.Lock()
        self._day, self._visible = reader.day, visible(reader)

    def _may_find(self) -> Callable[[frozenset[str]], bool] | None:
        """Return what the search asks for this reader today: an embargo ends while the site runs."""
        if self._day != self.reader.day:
            self._day, self._visible = self.reader.day, visible(self.reader)
        return self._visible

    def record(self, id: str) -> Record | None:
        return self.archive.record(id, self.reader)

    def search(
        self, query: str, sort: str = "relevance", limit: int = 20, cursor: str | None = None,
        facets: Sequence[str] = FACETS,
    ) -> tuple[Results, dict[str, Record]]:  # fmt: skip
        """Return a page of an answer, and its records by their ids. Raises QueryError for a cursor that is none,
        ArchiveError where there is no index."""
        records: dict[str, Record] = {}

        def fetch(ids: list[str]) -> Iterable[Record]:
            records.update({id: record for id in ids if (record := self.record(id)) is not None})
            return records.values()

        results = search(
            self._opened(), query, visible=self._may_find(), fetch=fetch, facets=facets, sort=sort, limit=limit,
            cursor=cursor, expand=spellings_of, covers=covers_of,
        )  # fmt: skip
        return results, records

    def count(self, query: str) -> int:
        """Return how many records answer a search."""
        return self.search(query, "date", 1, facets=())[0].total

    def every(self, query: str = "") -> Iterator[Record]:
        """Yield all records that answer a search, by date; without one, all there are, by id. Holds one page."""
        if not query.strip():
            yield from self.archive.records(self.reader)
            return
        cursor = None
        while True:
            ids: list[str] = []
            results = search(
                self._opened(), query, visible=self._may_find(), fetch=_note(ids), sort="date", limit=BATCH,
                cursor=cursor, expand=spellings_of, covers=covers_of,
            )  # fmt: skip
            yield from (record for id in ids if (record := self.record(id)) is not None)
            cursor = results.next
            if cursor is None:
                return

    def state(self) -> tuple[int, int, int]:
        """Return what changes whenever an answer may: the newest change, that of the index, and the day (embargoes)."""
        try:
            indexed = self._opened().state.seq
        except ArchiveError:  # there is no index: then nothing is found in it either
            indexed = -1
        return self.archive.newest(), indexed, self.reader.day

    def _opened(self) -> Index:
        with self._lock:  # the first who asks opens it; it may have been made while the site runs
            if self._index is None:
                self._index = Index.open(self.archive.index)
            return self._index

    def close(self) -> None:
        """Let go of the index; the archive is closed by whoever opened it."""
        with self._lock:
            if self._index is not None:
                self._index.close()


def _note(ids: list[str]) -> Callable[[list[str]], Iterable[Glance]]:
    """Return what notes the ids of a page without making snippets of their texts."""

    def fetch(found: list[str]) -> Iterable[Glance]:
        ids.extend(found)
        return [Glance(id=id) for id in found]

    return fetch
