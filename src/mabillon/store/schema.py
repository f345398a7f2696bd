"""The tables. What is queried stands in columns; the full record stands beside them as JSON.

`records.key` is a small integer that joins tables; the public name of a record is `records.id`, which never changes.
Rows derived from the record (DERIVED) are what a reader who sees no redacted passage gets: no query gives one away.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.schema import UniqueConstraint

HEAD = "0005"
"""The migration that this schema is the result of (`store/migrations/versions`)."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""SQLite makes only a column of type INTEGER its row number."""


def _record_key() -> Column[int]:
    return Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False)


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
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), primary_key=True),
    Column("json", LargeBinary, nullable=False),
    Column("as_read", LargeBinary),
)
"""`as_read` is the machine's reading where an editor has corrected it, else NULL."""

agents = Table(
    "agents",
    metadata,
    _record_key(),
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
    _record_key(),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("value", String, nullable=False),
    Index(None, "record_key"),
    Index(None, "value"),
)

events = Table(
    "events",
    metadata,
    _record_key(),
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
    _record_key(),
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
    _record_key(),
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
)

findings = Table(
    "findings",
    metadata,
    _record_key(),
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
    _record_key(),
    Column("id", String, nullable=False),
    Column("position", String, nullable=False),
    Index(None, "record_key"),
    Index(None, "id"),
)
"""Enclosures by their own id. `position` is the way to them in the cover: indexes joined by "/"."""

named = Table(
    "named",
    metadata,
    _record_key(),
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

RELATIONS = ("sender", "recipient", "signatory", "copy", "mention", "place")
"""How a record names somebody; `place` is where it was sent from, to or through."""

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
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("withdrawn", String),
    Column("withdrawn_by", String),
    Index(None, "plain"),
)
"""What persons decided of a name: `verdict` is same, different or unsure; `record` is the id of the one record for
which it holds, NULL for all. Kept for good: a judgement taken back is marked so."""

revisions = Table(
    "revisions",
    metadata,
    Column("id", BigKey, primary_key=True),
    _record_key(),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("json", LargeBinary),
    UniqueConstraint("record_key", "number"),
)
"""`json` is the record as this revision left it; NULL for the newest, which stands in `documents`."""

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    _record_key(),
    Column("path", String, nullable=False),
    Column("anchors", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("withdrawn", String),
    Index(None, "record_key"),
)
"""What editors corrected, laid over every reading. `path` is a JSON pointer, `value` JSON (null takes the value out);
`anchors` says by their values which members of lists the path went through, so that a new order does not mislead it."""

access_groups = Table(
    "access_groups",
    metadata,
    _record_key(),
    Column("name", String, nullable=False),
    UniqueConstraint("record_key", "name"),
)
"""Groups that may see a record before it opens."""

redactions = Table(
    "redactions",
    metadata,
    Column("id", Integer, primary_key=True),
    _record_key(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("groups", String, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("withdrawn", String),
    Index(None, "record_key"),
)
"""Passages of `source.text` that only `groups` (a JSON list) may read."""

links = Table(
    "links",
    metadata,
    Column("a_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    Column("b_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("score", Float, nullable=False),
    UniqueConstraint("a_key", "b_key"),
    Index(None, "b_key"),
)
"""Records that are versions, translations or near duplicates of one another; linked, never merged."""

sketches = Table(
    "sketches",
    metadata,
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)
"""MinHash signatures of the bodies, by which near duplicates are found."""

bands = Table(
    "bands",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("record_key", BigKey, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Bands of the signatures: records that share one are compared. Only the first few records of a band stand here."""

unlinked = Table(
    "unlinked",
    metadata,
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), primary_key=True),
)
"""Records that are new or were read otherwise, and have not been compared with the others yet."""

withdrawn = Table(
    "withdrawn",
    metadata,
    Column("id", String, primary_key=True),
    Column("seq", BigInteger, nullable=False, unique=True),
    Column("source", String(64), nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("json", LargeBinary, nullable=False),
)
"""Records that were taken out, with what they said last, so that an index can forget them and reading anew does not
bring them back."""

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
versions = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Kept by Alembic; read here so that opening an archive needs not import it."""

DERIVED = (agents, numbers, events, copies, references, findings, enclosures)
"""Tables whose rows are made from the record alone."""
