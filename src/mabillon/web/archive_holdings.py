"""Holdings of an archive on disk, as one reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from mabillon.archive import PUBLIC, Archive, Reader
from mabillon.record import Record
from mabillon.search import FACETS, Hit, Index, SnippetPart, search
from mabillon.web.holdings import Entry, Found, Tally

_SORTS = {"relevance": "relevance", "date": "date", "date-desc": "-date", "number": "number"}
_VISIBLE = frozenset({"public"})


class ArchiveHoldings:
    """Answers from the store and the index of one archive. Raises `ArchiveError` where either cannot be read."""

    def __init__(self, archive: Archive, reader: Reader = PUBLIC, name: str = "") -> None:
        self.name = name
        self._archive = archive
        self._reader = reader
        self._index: Index | None = None

    @classmethod
    def open(cls, path: Path) -> ArchiveHoldings:
        return cls(Archive.open(path))

    def close(self) -> None:
        if self._index is not None:
            self._index.close()
        self._archive.close()

    def count(self) -> int:
        return self._archive.count(self._reader)

    def record(self, id: str) -> Record | None:
        return self._archive.record(id, self._reader)

    def search(self, query: str, sort: str, limit: int, cursor: str | None) -> Found:
        records: dict[str, Record] = {}

        def fetch(ids: Sequence[str]) -> Iterable[Record]:
            found = [self._archive.record(id, self._reader) for id in ids]
            records.update({record.id: record for record in found if record is not None})
            return records.values()

        results = search(
            self._opened(), query, visible=_VISIBLE, fetch=fetch, facets=FACETS, sort=_SORTS[sort], limit=limit,
            cursor=cursor,
        )  # fmt: skip
        return Found(
            total=results.total,
            entries=[Entry.of(records[hit.id], _snippet(hit) if query else Markup("")) for hit in results.hits],
            facets={name: [Tally(*pair) for pair in pairs] for name, pairs in results.facets.items()},
            reading=results.reading if results.notes else "",
            notes=results.notes,
            suggestion=results.suggestion or "",
            next=results.next,
            previous=results.previous,
            last=results.last,
        )

    def _opened(self) -> Index:
        """Open the index when it is first asked: it may be made while the site runs."""
        if self._index is None:
            self._index = Index.open(self._archive.index)
        return self._index


def _snippet(hit: Hit) -> Markup:
    return Markup("").join(_part(part) for part in hit.snippet)


def _part(part: SnippetPart) -> Markup:
    words = escape(part.text)
    return Markup("<mark>{}</mark>").format(words) if part.marked else words
