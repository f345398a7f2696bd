"""How many of the records found are of each year, type, sender …"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy

from mabillon.errors import QueryError
from mabillon.search.schema import FACET_FIELDS

FACETS = tuple(FACET_FIELDS)

MOST_VALUES = 100
"""Values of a facet that are given, the most frequent ones."""

_ALL = 60_000
"""Values that each segment hands on, so that counts are exact."""

CLAUSES = {
    "year": "date", "type": "type", "sender": "from", "recipient": "to", "place": "place", "language": "lang",
    "classification": "class", "collection": "in", "finding": "finding",
}  # fmt: skip
"""Facet → the field of the language that narrows a search to one of its values."""


def check_facets(names: Sequence[str]) -> tuple[str, ...]:
    """Return `names` as they are; raises QueryError if one is no facet."""
    for name in names:
        if name not in FACET_FIELDS:
            raise QueryError(f"{name} is no facet; there are: {', '.join(FACETS)}")
    return tuple(names)


def count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """Return the exact number of records that answer."""
    found: int = searcher.search(query, 1, count=True).count  # type: ignore[attr-defined]
    return found


def count_facets(
    searcher: tantivy.Searcher, query: tantivy.Query, names: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    """Return facet → (value, number of records found that bear it), the most frequent first."""
    if not names:
        return {}
    found: dict[str, Any] = searcher.aggregate(query, {name: _terms(name) for name in names})
    return {name: _values(found[name]["buckets"]) for name in names}


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": FACET_FIELDS[name], "size": MOST_VALUES, "segment_size": _ALL}}


def _values(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    pairs = [(_said(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _said(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def narrow(query: str, facet: str, value: str) -> str:
    """Return `query` narrowed to the records that bear `value`: it finds just as many as the facet counts."""
    clause = f"date:{int(value):04}" if facet == "year" else f'{CLAUSES[facet]}:="{value}"'
    return f"({query}) {clause}" if query.strip() else clause
