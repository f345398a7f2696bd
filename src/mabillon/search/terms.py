"""Queries of Tantivy put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

import tantivy
from tantivy import Occur

_SPECIAL = re.compile(r"([^\w\s]|_)")


def literally(text: str) -> str:
    """Return a regular expression of Tantivy's that matches `text` and nothing else."""
    return _SPECIAL.sub(r"\\\1", text)


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def every_one(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])
