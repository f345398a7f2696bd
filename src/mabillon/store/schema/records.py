"""Records: the whole as JSON, where each lies, and the rows that are made from it alone."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from mabillon.store.schema.base import BigKey, metadata, record_key

levels = Table(
    "levels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("parent_id", Integer, ForeignKey("levels.id")),
    Column("kind", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("code", String, nullable=False),
    Column("path", String, nullable=False, unique=True),
    Index(None, "parent_id"),
)
"""Levels of description (ISAD(G) 3.1.4). `kind` is repository, fonds, series, file or item; `unit` what the holding
archive calls it (opis, Box, papka). `path` is the codes from the repository down, each ended by U+001F."""

records = Table(
    "records",
    metadata,
    Column("key", BigKey, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("source", String(64), ForeignKey("sources.sha256"), nullable=False),
    Column("part", String),
    Column("seq", BigInteger, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("opens", Integer, nullable=False),
    Column("level_id", Integer, ForeignKey("levels.id")),
    Column("position", String, nullable=False),
    Column("type", String),
    Column("title", Text),
    Column("date", String),
    Column("first_day", Integer),
    Column("last_day", Integer),
    Column("sort_day", Integer, nullable=False),
    Column("number", String),
    Column("sender", String),
    Column("recipient", String),
    Column("station", String),
    Column("language", String),
    Column("findings", Integer, nullable=False),
    Index(None, "source"),
    Index(None, "level_id", "opens"),
    Index(None, "level_id", "position", "sort_day", "id"),
    Index(None, "sort_day", "id"),
    Index(None, "number", "first_day"),
    Index(None, "opens"),
)
"""`seq` grows with every change of any record. `opens` is the day (yyyymmdd) from which everybody may see the record:
0 for public, 99991231 for restricted. `first_day` and `last_day` bound the date, as yyyymmdd; `sort_day` is the first
day, or 99999999 where there is none, so that undated records come last. `position` sorts the records of one file as
they lie in it (the leaf number of the citation)."""

documents = Table(
    "documents",
    metadata,
    record_key(primary_key=True),
    Column("json", LargeBinary, nullable=False),
    Column("as_read", LargeBinary),
)
"""The record as JSON; `as_read` is the machine's reading where an editor has corrected it, else NULL."""

agents = Table(
    "agents",
    metadata,
    record_key(),
    Column("relation", String, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("role", String),
    Column("place", String),
    Column("org", String),
    Column("capacity", String),
    Column("authority", String),
    Index(None, "record_key"),
    Index(None, "name"),
)
"""`relation` is sender, recipient or signatory."""

numbers = Table(
    "numbers",
    metadata,
    record_key(),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("value", String, nullable=False),
    Index(None, "record_key"),
    Index(None, "value"),
)

events = Table(
    "events",
    metadata,
    record_key(),
    Column("ordinal", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("time", String),
    Column("zone", String),
    Column("place", String),
    Column("agent", String),
    Column("org", String),
    Index(None, "record_key"),
    Index(None, "type", "time"),
)

copies = Table(
    "copies",
    metadata,
    record_key(),
    Column("ordinal", Integer, nullable=False),
    Column("number", Integer),
    Column("count", Integer),
    Column("recipient", String),
    Index(None, "record_key"),
    Index(None, "recipient"),
)

references = Table(
    "references",
    metadata,
    record_key(),
    Column("ordinal", Integer, nullable=False),
    Column("direction", String, nullable=False),
    Column("kind", String),
    Column("number", String),
    Column("date", String),
    Column("sender", String),
    Column("recipient", String),
    Column("status", String),
    Index(None, "record_key"),
    Index(None, "number"),
    Index(None, "date", "number"),
)

findings = Table(
    "findings",
    metadata,
    record_key(),
    Column("ordinal", Integer, nullable=False),
    Column("finding", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("fingerprint", String, nullable=False, server_default=""),
    Index(None, "record_key"),
    Index(None, "finding", "record_key"),
    Index(None, "fingerprint"),
)

enclosures = Table(
    "enclosures",
    metadata,
    record_key(),
    Column("id", String, nullable=False),
    Column("position", String, nullable=False),
    Index(None, "record_key"),
    Index(None, "id"),
)
"""Enclosures by their own id. `position` is the way to them in the cover: indexes joined by "/"."""

DERIVED = (agents, numbers, events, copies, references, findings, enclosures)
"""Tables whose rows are made from the record alone."""
