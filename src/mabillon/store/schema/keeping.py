"""What came in, and what was done with it: runs, sources, revisions, corrections, access, what was taken out."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from mabillon.store.schema.base import BigKey, deed, metadata, record_key

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("started", String, nullable=False),
    Column("ended", String),
    Column("state", String, nullable=False),
    Column("report", Text),
)

sources = Table(
    "sources",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("filename", String, nullable=False),
    Column("object", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reader", String),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),
    Column("kept", String, nullable=False),
    Index(None, "object"),
)
"""`object` is the OCFL object that holds the bytes. `state` is "kept" until all its records stand, then "read"."""

paths = Table(
    "paths",
    metadata,
    Column("path", String, primary_key=True),
    Column("sha256", String(64), ForeignKey("sources.sha256"), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("inode", BigInteger, nullable=False),
    Index(None, "sha256"),
)
"""Where sources were found, with what tells that a path has not changed since."""

quarantine = Table(
    "quarantine",
    metadata,
    Column("path", String, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("inode", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),
    Column("failed", String, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", BigKey, primary_key=True),
    record_key(),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    *deed(),
    Column("json", LargeBinary),
    UniqueConstraint("record_key", "number"),
)
"""`json` is the record as this revision left it; NULL for the newest, which stands in `documents`."""

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    record_key(),
    Column("path", String, nullable=False),
    Column("anchors", Text, nullable=False),
    Column("value", Text, nullable=False),
    *deed(),
    Column("withdrawn", String),
    Index(None, "record_key"),
)
"""What editors corrected, laid over every reading. `path` is a JSON pointer, `value` JSON (null takes the value out);
`anchors` says by their values which members of lists the path went through, so that a new order does not mislead it."""

access_groups = Table(
    "access_groups",
    metadata,
    record_key(),
    Column("name", String, nullable=False),
    UniqueConstraint("record_key", "name"),
)
"""Groups that may see a record before it opens."""

redactions = Table(
    "redactions",
    metadata,
    Column("id", Integer, primary_key=True),
    record_key(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("groups", String, nullable=False),
    *deed(),
    Column("withdrawn", String),
    Index(None, "record_key"),
)
"""Passages of `source.text` that only `groups` (a JSON list) may read."""

withdrawn = Table(
    "withdrawn",
    metadata,
    Column("id", String, primary_key=True),
    Column("seq", BigInteger, nullable=False, unique=True),
    Column("source", String(64), nullable=False),
    *deed(),
    Column("json", LargeBinary, nullable=False),
    Column("opens", Integer, nullable=False, server_default="99991231"),
)
"""Records that were taken out, with what they said last, so that an index can forget them and reading anew does not
bring them back. `opens` is the day from which everybody could see one: harvesters are told of no other."""

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
