"""The tables. What is queried stands in columns; the full record stands beside them as JSON.

`records.key` is a small integer that joins tables; the public name of a record is `records.id`, which never changes.
Rows derived from the record (DERIVED) are what a reader who sees no redacted passage gets: no query gives one away.
"""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table

from mabillon.store.schema.base import BigKey, metadata
from mabillon.store.schema.keeping import (
    access_groups,
    corrections,
    counters,
    paths,
    quarantine,
    redactions,
    revisions,
    runs,
    sources,
    withdrawn,
)
from mabillon.store.schema.links import bands, links, sketches, unlinked
from mabillon.store.schema.names import RELATIONS, judgements, named
from mabillon.store.schema.records import (
    DERIVED,
    agents,
    copies,
    documents,
    enclosures,
    events,
    findings,
    levels,
    numbers,
    records,
    references,
)

__all__ = [
    "BigKey",
    "DERIVED",
    "HEAD",
    "RELATIONS",
    "access_groups",
    "agents",
    "bands",
    "copies",
    "corrections",
    "counters",
    "documents",
    "enclosures",
    "events",
    "findings",
    "judgements",
    "levels",
    "links",
    "metadata",
    "named",
    "numbers",
    "paths",
    "quarantine",
    "records",
    "redactions",
    "references",
    "revisions",
    "runs",
    "sketches",
    "sources",
    "unlinked",
    "versions",
    "withdrawn",
]

HEAD = "0008"
"""The migration that this schema is the result of (`store/migrations/versions`)."""

versions = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Kept by Alembic; read here so that opening an archive needs not import it."""
