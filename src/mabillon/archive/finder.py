"""Searching an archive that changes meanwhile: what was closed is not found or counted, whatever the index says."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.indexing import suspect, visible
from mabillon.archive.spelling import covers_of, spellings_of
from mabillon.errors import ArchiveError
from mabillon.search import Index, IndexDamaged, Results, search
from mabillon.search.glance import Fetch, Glance


class Finder:
    """The search of one archive. Safe to share among threads.

    The index is opened when it is first asked, and may be made, brought up or made anew by others meanwhile
    (`mabillon.archive.keeper`). Records that were closed, redacted or taken out since it was brought up are left out of
    hits, numbers, facets, suggestions and other spellings, so that it never says more than the archive does.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._index: Index | None = None
        self._lock = threading.Lock()
        self._closed: tuple[tuple[int, int], tuple[str, ...]] = (0, 0), ()

    def search(
        self,
        query: str,
        reader: Reader = PUBLIC,
        *,
        fetch: Fetch | None = None,
        facets: Sequence[str] = (),
        sort: str = "relevance",
        limit: int = 20,
        cursor: str | None = None,
        among: Sequence[str] | None = None,
    ) -> Results:
        """Return one page of the records that answer `query` and that `reader` may see; see `mabillon.search.search`.

        `fetch` reads the records of a page for their snippets; the archive's own, if None. Raises QueryError, and
        ArchiveError where there is no index, or a damaged one.
        """

        def read(ids: Sequence[str]) -> Sequence[object]:
            return self.archive.records_named(ids, reader)

        try:
            return search(
                self.index(), query, visible=visible(reader), fetch=fetch or read, facets=facets, sort=sort,  # type: ignore[arg-type]
                limit=limit, cursor=cursor, expand=spellings_of, covers=covers_of, left_out=self.closed, among=among,
            )  # fmt: skip
        except IndexDamaged:
            suspect(self.archive)
            raise

    def ids(
        self, query: str, reader: Reader = PUBLIC, limit: int = 1_000, cursor: str | None = None,
        among: Sequence[str] | None = None,
    ) -> tuple[list[str], Results]:  # fmt: skip
        """Return the ids of a page of the records that answer `query`, by date, without reading the records."""
        found: list[str] = []

        def note(ids: Sequence[str]) -> list[Glance]:
            found.extend(ids)
            return []

        results = self.search(query, reader, fetch=note, sort="date", limit=limit, cursor=cursor, among=among)
        return found, results

    def closed(self, seq: int) -> tuple[str, ...]:
        """Return the ids of what may have been closed since the change `seq`, up to which the index is complete."""
        newest = self.archive.newest()
        if seq >= newest:
            return ()
        between, ids = self._closed
        if between != (seq, newest):
            ids = tuple(self.archive.closed_since(seq))
            self._closed = (seq, newest), ids
        return ids

    def index(self) -> Index:
        """Return the open index. Raises `ArchiveError` where there is none that can be read."""
        with self._lock:
            if self._index is None:
                self._index = Index.open(self.archive.index)
            return self._index

    def identity(self) -> str:
        """Return what changes whenever the index does; "none" where there is none that can be read."""
        try:
            return self.index().snapshot().identity
        except ArchiveError:
            return "none"

    def close(self) -> None:
        """Let go of the index; the archive is closed by whoever opened it."""
        with self._lock:
            if self._index is not None:
                self._index.close()
