"""Findings across the archive, verdicts on findings, and a fingerprint for each finding of a record."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("findings", sa.Column("fingerprint", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_findings_fingerprint"), "findings", ["fingerprint"])
    _name_findings(op.get_bind())
    op.create_table(
        "across",
        sa.Column("id", KEY, nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("record_key", KEY, nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_key"], ["records.key"], name=op.f("fk_across_record_key"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_across")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_across_fingerprint")),
    )
    op.create_index(op.f("ix_across_record_key"), "across", ["record_key"])
    op.create_index(op.f("ix_across_finding_scope"), "across", ["finding", "scope"])
    for name in ("across_quoted", "across_unless"):
        op.create_table(
            name,
            sa.Column("across_id", KEY, nullable=False),
            sa.Column("record_key", KEY, nullable=False),
            sa.ForeignKeyConstraint(
                ["across_id"], ["across.id"], name=op.f(f"fk_{name}_across_id"), ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(
                ["record_key"], ["records.key"], name=op.f(f"fk_{name}_record_key"), ondelete="CASCADE"
            ),
            sa.UniqueConstraint("across_id", "record_key", name=op.f(f"uq_{name}_across_id_record_key")),
        )
        op.create_index(op.f(f"ix_{name}_record_key"), name, ["record_key"])
    op.create_table(
        "stale",
        sa.Column("record_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(["record_key"], ["records.key"], name=op.f("fk_stale_record_key"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("record_key", name=op.f("pk_stale")),
    )
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
    )
    op.create_index(op.f("ix_verdicts_fingerprint_id"), "verdicts", ["fingerprint", "id"])
    for name in ("across", "across_edition", "found"):
        op.execute(sa.text("INSERT INTO counters (name, value) VALUES (:name, 0)").bindparams(name=name))


def _name_findings(connection: sa.Connection) -> None:
    """Give the findings of records their fingerprints, as `mabillon.store.fingerprint` made them at this version."""
    query = sa.text(
        "SELECT f.record_key, f.ordinal, f.finding, f.message, r.id, d.json FROM findings f"
        " JOIN records r ON r.key = f.record_key JOIN documents d ON d.record_key = f.record_key"
    )
    named = [
        {"key": row.record_key, "ordinal": row.ordinal, "name": _fingerprint(row)} for row in connection.execute(query)
    ]
    if named:
        put = "UPDATE findings SET fingerprint = :name WHERE record_key = :key AND ordinal = :ordinal"
        connection.execute(sa.text(put), named)


def _fingerprint(row: Any) -> str:
    found = json.loads(bytes(row.json)).get("findings", [])
    same = (one["evidence"] for one in found if (one["id"], one["message"]) == (row.finding, row.message))
    about = sorted({str(value["value"]) for value in next(same, [])})
    return hashlib.blake2b("\x1f".join((row.finding, row.id, *about)).encode(), digest_size=10).hexdigest()
