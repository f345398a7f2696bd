"""What all tables share: one collection of them, how keys are named, and columns that come again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String, Text

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


def record_key(name: str = "record_key", *, primary_key: bool = False) -> Column[int]:
    """Return the column that says to which record a row belongs; the row goes when the record does."""
    belongs = ForeignKey("records.key", ondelete="CASCADE")
    return Column(name, BigKey, belongs, primary_key=primary_key, nullable=False)


def deed() -> tuple[Column[Any], ...]:
    """Return the columns that say of a change when (UTC) it was made, by whom and why."""
    return (
        Column("at", String, nullable=False),
        Column("who", String, nullable=False),
        Column("why", Text, nullable=False),
    )
