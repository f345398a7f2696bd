"""A search: the same language, facets and pages as on the site."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mabillon.record import Record
from mabillon.search import FACETS, Hit
from mabillon.search.facets import narrow
from mabillon.web.api import shapes
from mabillon.web.api.desk import Desk
from mabillon.web.api.shapes import Entry, Found, Limit, Part, QueryText, Tally


class AskSearch(msgspec.Struct, forbid_unknown_fields=True):
    q: QueryText = ""
    sort: Annotated[
        Literal["relevance", "date", "-date", "number"], Meta(description="Order of the hits; `-date`: newest first.")
    ] = "relevance"
    limit: Limit = 20
    cursor: Annotated[str, Meta(max_length=500, description="`next`, `previous` or `last` of the same search.")] = ""
    facets: Annotated[bool, Meta(description="Whether to count years, types, senders …")] = True


def find(desk: Desk, asked: AskSearch) -> Found:
    names = FACETS if asked.facets else ()
    results, records = desk.search(asked.q, asked.sort, asked.limit, asked.cursor or None, names)
    return Found(
        query=asked.q,
        reading=results.reading,
        notes=list(results.notes),
        spellings=list(results.spellings),
        suggestion=results.suggestion,
        total=results.total,
        hits=[_hit(hit, records[hit.id]) for hit in results.hits],
        facets={name: tallies(asked.q, name, pairs) for name, pairs in results.facets.items()},
        next=results.next,
        previous=results.previous,
        last=results.last,
    )


def tallies(query: str, facet: str, pairs: list[tuple[str, int]]) -> list[Tally]:
    """Return the counts of a facet, each with the search that finds just as many."""
    return [Tally(value, count, narrow(query, facet, value)) for value, count in pairs]


def _hit(hit: Hit, record: Record) -> shapes.Hit:
    return shapes.Hit(
        record=Entry.of_record(record),
        score=hit.score,
        snippet=[Part(part.text, part.marked) for part in hit.snippet],
        span=hit.span,
        highlights=list(hit.highlights),
        because=list(hit.because),
    )
