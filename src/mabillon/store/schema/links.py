"""Which records belong together, and what they are compared by."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, LargeBinary, String, Table, UniqueConstraint

from mabillon.store.schema.base import BigKey, metadata, record_key

links = Table(
    "links",
    metadata,
    record_key("a_key"),
    record_key("b_key"),
    Column("kind", String, nullable=False),
    Column("score", Float, nullable=False),
    UniqueConstraint("a_key", "b_key"),
    Index(None, "b_key"),
)
"""Records that are versions, translations or near duplicates of one another; linked, never merged."""

sketches = Table(
    "sketches",
    metadata,
    record_key(primary_key=True),
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
    record_key(primary_key=True),
)
"""Records that are new or were read otherwise, and have not been compared with the others yet."""
