"""The table of who knew what. Its rows are derived from the records and may be made anew at any time."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table

from mabillon.store.schema import BigKey, metadata

claims = Table(
    "claims",
    metadata,
    Column("id", BigKey, primary_key=True),
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    Column("by_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    Column("way", String, nullable=False),
    Column("relation", String, nullable=False),
    Column("name", String, nullable=False),
    Column("plain", String, nullable=False),
    Column("person", String, nullable=False),
    Column("likely", Integer, nullable=False),
    Column("proved", Integer, nullable=False),
    Column("sure", Integer, nullable=False),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("at", BigInteger, nullable=False),
    Column("time", String),
    Column("zone", String),
    Column("words", String, nullable=False),
    Column("doubts", String, nullable=False),
    Index(None, "person", "sure", "at", "id", "low", "record_key", "by_key"),
    Index(None, "record_key", "person", "sure", "at", "id", "by_key"),
    Index(None, "by_key"),
)
"""That somebody knew the record `record_key`, as the record `by_key` says (itself, or another that cites it).

`person` is the authority that the name means in `by_key`, else `name:` and the name as judgements compare it; `likely`
is 1 where that is a suggestion only. `proved` is 1 where the words prove it, `sure` where they do and the person is
sure as well. `low` and `high` are minutes of universal time since the year 1; `at` is `high` where it is sure, else
`low` (0 where that is unknown): the instant from which on the claim counts. `words` are the spans of the words in the
text of `by_key`: `start-end`, those of one value joined by ",", values separated by spaces."""
