"""One search, from what was typed to a page of hits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import tantivy
from tantivy import Occur

from mabillon.errors import QueryError
from mabillon.search.aliases import FindAliases, no_aliases, reasons_in
from mabillon.search.compile import Compiled, compile_query
from mabillon.search.facets import FACETS, FEW, check_facets, count, count_facets, count_stored
from mabillon.search.generation import IndexDamaged, raise_if_panic, short_hash
from mabillon.search.glance import Fetch
from mabillon.search.index import Index
from mabillon.search.leaves import ExpandName, phrase_of, spelt_so
from mabillon.search.paging import Cursor, read_cursor, write_cursor
from mabillon.search.parse import parse
from mabillon.search.query import Query, describe
from mabillon.search.results import Hit, Results
from mabillon.search.snapshot import Access, Clause, Counts, Snapshot, Visible
from mabillon.search.snippet import hit
from mabillon.search.suggest import suggest

__all__ = ["FACETS", "SORTS", "search"]

SORTS = {"relevance": "", "date": "by_date", "-date": "by_latest", "number": "by_number"}
"""Order → field that it goes by. By relevance, where a query ranks nothing (filters only), is by date."""

_MOST_SPELLINGS = 8
MOST_HITS = 1_000
"""Hits of one page."""

MANY = 5_000
"""Records found from which on facets are counted beside the reading of the hits: Tantivy needs no Python for that."""

_COUNTERS = ThreadPoolExecutor(2, "facets")

Found = tuple[float, tantivy.DocAddress]

LeaveOut = Callable[[int], Collection[str]]
"""From a change of the archive up to which the index is complete to ids of records that must not be found in it."""

_parsed = lru_cache(maxsize=512)(parse)


def search(
    index: Index,
    query: str,
    *,
    visible: Visible,
    fetch: Fetch,
    facets: Sequence[str] = (),
    sort: str = "relevance",
    limit: int = 20,
    cursor: str | None = None,
    expand: ExpandName = spelt_so,
    covers: FindAliases = no_aliases,
    left_out: LeaveOut = lambda seq: (),
    among: Sequence[str] | None = None,
) -> Results:
    """Return one page of the records that answer `query` and that `visible` allows.

    query: in the language of docs/search.md; a slip is mended and reported in `notes`, it never raises
    facets: of FACETS; sort: of SORTS; limit: hits of a page, at most MOST_HITS
    cursor: `next`, `previous` or `last` of an earlier page of the same search
    expand: other spellings of a name; covers: cover names of whoever it means
    left_out: records that are neither found nor counted: what was closed since the index was brought up
    among: ids of the records that are searched, all where it is None

    Raises QueryError for an unknown facet, order or cursor; IndexMissing or IndexDamaged if there is nothing to search.
    """
    check_facets(facets)
    if sort not in SORTS:
        raise QueryError(f"{sort} is no order; there are: {', '.join(SORTS)}")
    read = _parsed(query) if len(query) < 1000 else parse(query)
    snapshot, seq = index.dated_snapshot()
    try:
        compiled = compile_query(read.root, snapshot, expand, covers)
        if among is not None:
            within = tantivy.Query.term_set_query(snapshot.schema, "id", list(among))
            compiled.match = _allowed(compiled.match, (Occur.Must, within))
            compiled.score = _allowed(compiled.score, (Occur.Must, within))
        access = snapshot.access(visible, left_out(seq))
        return _Search(snapshot, read, access, sort, max(1, min(limit, MOST_HITS))).run(compiled, facets, cursor, fetch)
    except (OSError, ValueError) as failure:
        raise IndexDamaged(f"{index.folder}: {failure}; run: mabillon reindex") from failure
    except BaseException as failure:
        raise_if_panic(failure, index.folder)
        raise


class _Search:
    def __init__(self, snapshot: Snapshot, read: Query, access: Access, sort: str, limit: int) -> None:
        self.snapshot = snapshot
        self.searcher = snapshot.searcher
        self.read = read
        self.access = access
        self.sort = sort
        self.limit = limit

    def run(self, compiled: Compiled, facets: Sequence[str], cursor: str | None, fetch: Fetch) -> Results:
        clause = self.access.clause
        match = _allowed(compiled.match, clause)
        reading = describe(self.read.root)
        self.list = short_hash(f"{self.sort}\n{reading}")
        place = read_cursor(cursor, self.list) if cursor else Cursor(self.list, 0)
        if place.offset > self.searcher.num_docs:
            raise QueryError("this list is not so long; begin with the first page")
        field = SORTS[self.sort] or ("" if compiled.ranked else "by_date")
        if field:
            total, found, pages = self.sorted_page(match, field, place)
        else:
            total, found, pages = self.ranked_page(_allowed(compiled.score, clause), place)
        better = None if total else suggest(self.snapshot, self.read.root, compiled.unknown, clause, fetch)
        documents = [self.searcher.doc(address) for _, address in found]
        if total >= MANY and facets:
            key = reading, compiled.also, compiled.aliases, self.access.key
            halves = [facets] if compiled.costly else [facets[::2], facets[1::2]]
            counting = [
                _COUNTERS.submit(self.counted, match, tuple(half), compiled.costly, key) for half in halves if half
            ]
            hits = self.hits(found, documents, compiled, fetch)
            both = {name: values for half in counting for name, values in half.result().items()}
            counted = {name: list(both[name]) for name in facets}
        else:
            counted = self.few(match, facets, compiled.costly, total, documents)
            hits = self.hits(found, documents, compiled, fetch)
        cursors = {name: write_cursor(page) for name, page in pages.items()}
        spellings = self.spellings(compiled.also, clause)
        notes = (*self.read.notes, *compiled.notes)
        return Results(total, hits, counted, reading, notes, spellings, better, **cursors)

    def spellings(self, also: Sequence[str], clause: Clause | None) -> tuple[str, ...]:
        """Return those other spellings that stand in a record which the reader may find."""
        if clause is None:
            return tuple(also[:_MOST_SPELLINGS])
        schema = self.snapshot.schema
        asked = [(name, phrase_of(schema, name)) for name in also[:_MOST_SPELLINGS]]
        return tuple(name for name, query in asked if count(self.searcher, _allowed(query, clause)))

    def counted(self, match: tantivy.Query, facets: tuple[str, ...], costly: bool, key: object) -> Counts:
        """Count facets of many records; `key` tells what else these are the facets of."""
        return self.snapshot.counted((key, facets), lambda: count_facets(self.snapshot, match, facets, costly))

    def few(
        self, match: tantivy.Query, facets: Sequence[str], costly: bool, total: int, documents: list[tantivy.Document]
    ) -> Counts:
        """Count facets of fewer records; one by one, from what is stored of each, if they are very few."""
        if total > FEW:
            return count_facets(self.snapshot, match, facets, costly)
        if total > len(documents) and facets:
            hits = self.searcher.search(match, total, count=False).hits
            documents = [self.searcher.doc(address) for _, address in hits]
        return count_stored(documents, facets)

    def ranked_page(self, query: tantivy.Query, place: Cursor) -> tuple[int, list[Found], dict[str, Cursor]]:
        result = self.searcher.search(query, self.limit, count=True, offset=place.offset)
        total: int = result.count  # type: ignore[attr-defined]
        end = place.offset + len(result.hits)
        pages = {}
        if end < total:
            pages["next"] = Cursor(self.list, end)
            pages["last"] = Cursor(self.list, (total - 1) // self.limit * self.limit)
        if place.offset:
            pages["previous"] = Cursor(self.list, max(0, place.offset - self.limit))
        return total, result.hits, pages

    def sorted_page(
        self, match: tantivy.Query, field: str, place: Cursor
    ) -> tuple[int, list[Found], dict[str, Cursor]]:
        """Find a page by the key behind which it begins (or, read backwards, before which it ends)."""
        query, order = match, tantivy.Order.Desc if place.back else tantivy.Order.Asc
        if place.key is not None:
            bounds = (None, place.key) if place.back else (place.key, None)
            within = tantivy.Query.range_query(self.snapshot.schema, field, tantivy.FieldType.Unsigned, *bounds)
            query = tantivy.Query.boolean_query([(Occur.Must, match), (Occur.Must, within)])
        total = count(self.searcher, match) if place.key is not None or place.back else 0
        number = self.limit
        if place.back:
            number = (total - 1) % self.limit + 1 if place.key is None else min(self.limit, place.offset)
        first = place.key is None and not place.back
        result = self.searcher.search(query, max(1, number), first, field, place.skip, order)
        total, raw = (result.count, result.hits) if first else (total, result.hits)  # type: ignore[attr-defined]
        found = raw[::-1] if place.back else raw
        begin = (total if place.key is None else place.offset) - len(found) if place.back else place.offset
        pages = self._around([key for key, _ in found], begin, total, place)
        return total, [(0.0, address) for _, address in found], pages

    def _around(self, keys: list[int], begin: int, total: int, place: Cursor) -> dict[str, Cursor]:
        """Return the cursors of the pages before and behind a page that shows `keys` from the hit `begin` on."""
        pages = {}
        end = begin + len(keys)
        if keys and end < total:
            more = place.skip if not place.back and place.key == keys[-1] == keys[0] else 0
            pages["next"] = Cursor(self.list, end, keys[-1], keys.count(keys[-1]) + more)
            pages["last"] = Cursor(self.list, total, None, 0, True)
        if keys and begin > 0:
            more = place.skip if place.back and place.key == keys[-1] == keys[0] else 0
            pages["previous"] = Cursor(self.list, begin, keys[0], keys.count(keys[0]) + more, True)
        return pages

    def hits(
        self, found: list[Found], documents: list[tantivy.Document], compiled: Compiled, fetch: Fetch
    ) -> tuple[Hit, ...]:
        ids = [str(document.get_first("id")) for document in documents]
        records = {record.id: record for record in fetch(ids)} if ids else {}
        pairs = zip(ids, found, strict=True)
        return tuple(
            hit(records[id], score, compiled.sought, reasons_in(records[id], compiled.aliases))
            for id, (score, _) in pairs
            if id in records
        )


def _allowed(query: tantivy.Query, clause: Clause | None) -> tantivy.Query:
    return query if clause is None else tantivy.Query.boolean_query([(Occur.Must, query), clause])
