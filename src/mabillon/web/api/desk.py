"""Where the API asks: one archive, as one reader sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy

from mabillon.archive import PUBLIC, Archive, Reader
from mabillon.archive.finder import Finder
from mabillon.archive.knew import claimed
from mabillon.errors import ArchiveError
from mabillon.record import Record
from mabillon.search import FACETS, Glance, Results

BATCH = 200
"""Records of a search that are read at a time where all of them are wanted."""


class Desk:
    """One archive and who asks. All that it gives went through the one decision on access, `mabillon.archive.access`:
    what this reader may not see is in no answer."""

    def __init__(self, archive: Archive, reader: Reader = PUBLIC, name: str = "") -> None:
        self.archive = archive
        self.reader = reader
        self.name = name or "Mabillon"
        self.base = ""
        self.finder = Finder(archive)

    def at(self, base: str) -> Desk:
        """Return this desk as it is reached at the address `base`, which exports then name."""
        other = copy(self)
        other.base = base
        return other

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

        results = self.finder.search(
            query, self.reader, fetch=fetch, facets=facets, sort=sort, limit=limit, cursor=cursor
        )
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
            results = self.finder.search(query, self.reader, fetch=_note(ids), sort="date", limit=BATCH, cursor=cursor)
            yield from (record for id in ids if (record := self.record(id)) is not None)
            cursor = results.next
            if cursor is None:
                return

    def state(self) -> tuple[int, ...]:
        """Return what changes whenever an answer may: the newest change, that of the index, what is known of who knew
        what, and the day (embargoes)."""
        try:
            indexed = self.finder.index().state.seq
        except ArchiveError:  # there is no index: then nothing is found in it either
            indexed = -1
        return self.archive.newest(), indexed, claimed(self.archive), self.archive.finding_stamp(), self.reader.day

    def close(self) -> None:
        """Let go of the index; the archive is closed by whoever opened it."""
        self.finder.close()


def _note(ids: list[str]) -> Callable[[list[str]], Iterable[Glance]]:
    """Return what notes the ids of a page without making snippets of their texts."""

    def fetch(found: list[str]) -> Iterable[Glance]:
        ids.extend(found)
        return [Glance(id=id) for id in found]

    return fetch
