"""Who knew what: claims with their instants and words, derived from the records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _record(name: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    constraint = sa.ForeignKeyConstraint([name], ["records.key"], name=op.f(f"fk_claims_{name}"), ondelete="CASCADE")
    return sa.Column(name, KEY, nullable=False), constraint


def upgrade() -> None:
    known, says = _record("record_key"), _record("by_key")
    texts = {"way": False, "relation": False, "name": False, "plain": False, "person": False}
    op.create_table(
        "claims",
        sa.Column("id", KEY, nullable=False),
        known[0],
        says[0],
        *(sa.Column(name, sa.String(), nullable=nullable) for name, nullable in texts.items()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("likely", "proved", "sure")),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("doubts", sa.String(), nullable=False),
        known[1],
        says[1],
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    indexes: list[list[str]] = [
        ["person", "sure", "at", "id", "low", "record_key", "by_key"],
        ["record_key", "person", "sure", "at", "id", "by_key"], ["by_key"],
    ]  # fmt: skip
    for columns in indexes:
        op.create_index(op.f(f"ix_claims_{'_'.join(columns)}"), "claims", columns)
    op.create_index(op.f("ix_references_date_number"), "references", ["date", "number"])
    for name in ("known", "claimed"):
        op.execute(sa.text("INSERT INTO counters (name, value) VALUES (:name, 0)").bindparams(name=name))
