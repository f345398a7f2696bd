"""Tables of what does not fit among records, and of what editors think of a finding.

Rows of `across` and `across_quoted` are derived and may be made anew at any time. `verdicts` only grows: it names a
finding by its fingerprint, which stays when a record is read again or everything is derived anew.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.schema import UniqueConstraint

from mabillon.store.schema import BigKey, metadata

across = Table(
    "across",
    metadata,
    Column("id", BigKey, primary_key=True),
    Column("fingerprint", String, nullable=False, unique=True),
    Column("finding", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    Column("severity", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Index(None, "record_key"),
    Index(None, "finding", "scope"),
)
"""A finding across the archive. `record_key` is the record that it is shown at; `scope` what is derived anew as a whole
(one record, a pair, a series); `evidence` is JSON: a list of values, each with the `record` that says it."""

across_quoted = Table(
    "across_quoted",
    metadata,
    Column("across_id", BigKey, ForeignKey("across.id", ondelete="CASCADE"), nullable=False),
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("across_id", "record_key"),
    Index(None, "record_key"),
)
"""Every record that a finding speaks of: who may not see one of them does not see the finding."""

across_unless = Table(
    "across_unless",
    metadata,
    Column("across_id", BigKey, ForeignKey("across.id", ondelete="CASCADE"), nullable=False),
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("across_id", "record_key"),
    Index(None, "record_key"),
)
"""Records that refute a finding for whoever may see them: a document named and not held for the public may lie in the
archive all the same. So nothing tells the public that it does."""

stale = Table(
    "stale",
    metadata,
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), primary_key=True),
)
"""Records whose findings across the archive must be derived anew though they have not changed themselves."""

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("finding", String, nullable=False),
    Column("record", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("verdict", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Index(None, "fingerprint", "id"),
)
"""What editors think of a finding, of one record or across the archive. The newest row of a fingerprint holds."""

VERDICTS = ("accepted", "explained", "dismissed", "open")
"""accepted: it is so; explained: it is so, and why; dismissed: it is not so; open: an earlier verdict is taken back."""
