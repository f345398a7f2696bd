"""Whom and what records name, and what was decided of it."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, String, Table, Text

from mabillon.store.schema.base import deed, metadata, record_key

named = Table(
    "named",
    metadata,
    record_key(),
    Column("relation", String, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("plain", String, nullable=False),
    Column("authority", String),
    Column("state", String),
    Column("certainty", Float),
    Column("reasons", Text),
    Index(None, "record_key"),
    Index(None, "authority", "relation"),
    Index(None, "plain"),
)
"""Who and what a record names, in the order of the record, and which authority that is. `relation` is one of
RELATIONS; `plain` is the name as judgements compare it; `state` is stated, decided, linked or suggested, NULL (with
authority, certainty and reasons) where the name is open. Made by `mabillon.archive.name_links` after the record
itself: no ingest waits for it, and a record that changed has no rows here until it was linked anew."""

RELATIONS = ("sender", "recipient", "signatory", "copy", "enclosed", "mention", "place")
"""How a record names somebody; `enclosed` is who sent, got or signed what it encloses, `place` where it was sent from,
to or through."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("plain", String, nullable=False),
    Column("authority", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("record", String),
    Column("score", Float),
    *deed(),
    Column("withdrawn", String),
    Column("withdrawn_by", String),
    Index(None, "plain"),
)
"""What persons decided of a name: `verdict` is same, different or unsure; `record` is the id of the one record for
which it holds, NULL for all. Kept for good: a judgement taken back is marked so."""
