"""The tables of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "bands",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.PrimaryKeyConstraint("hash", "record_key", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "levels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["levels.id"], name=op.f("fk_levels_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_levels")),
        sa.UniqueConstraint("path", name=op.f("uq_levels_path")),
    )
    op.create_index(op.f("ix_levels_parent_id"), "levels", ["parent_id"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "withdrawn",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("json", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn")),
        sa.UniqueConstraint("seq", name=op.f("uq_withdrawn_seq")),
    )
    op.create_table(
        "quarantine",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("inode", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("failed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_quarantine_run_id")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_quarantine")),
    )
    op.create_table(
        "sources",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_sources_run_id")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sources")),
    )
    op.create_table(
        "paths",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("inode", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["sources.sha256"], name=op.f("fk_paths_sha256")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_paths")),
    )
    op.create_index(op.f("ix_paths_sha256"), "paths", ["sha256"], unique=False)
    op.create_table(
        "records",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("sort_day", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("station", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["level_id"], ["levels.id"], name=op.f("fk_records_level_id")),
        sa.ForeignKeyConstraint(["source"], ["sources.sha256"], name=op.f("fk_records_source")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_records")),
        sa.UniqueConstraint("id", name=op.f("uq_records_id")),
        sa.UniqueConstraint("seq", name=op.f("uq_records_seq")),
    )
    op.create_index(op.f("ix_records_level_id_opens"), "records", ["level_id", "opens"], unique=False)
    op.create_index(
        op.f("ix_records_level_id_position_sort_day_id"),
        "records",
        ["level_id", "position", "sort_day", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_records_number_first_day"), "records", ["number", "first_day"], unique=False)
    op.create_index(op.f("ix_records_opens"), "records", ["opens"], unique=False)
    op.create_index(op.f("ix_records_sort_day_id"), "records", ["sort_day", "id"], unique=False)
    op.create_index(op.f("ix_records_source"), "records", ["source"], unique=False)
    op.create_table(
        "access_groups",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_access_groups_record_key"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("record_key", "name", name=op.f("uq_access_groups_record_key_name")),
    )
    op.create_table(
        "agents",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("org", sa.String(), nullable=True),
        sa.Column("capacity", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["record_key"], ["records.key"], name=op.f("fk_agents_record_key"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_agents_name"), "agents", ["name"], unique=False)
    op.create_index(op.f("ix_agents_record_key"), "agents", ["record_key"], unique=False)
    op.create_table(
        "copies",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["record_key"], ["records.key"], name=op.f("fk_copies_record_key"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_copies_recipient"), "copies", ["recipient"], unique=False)
    op.create_index(op.f("ix_copies_record_key"), "copies", ["record_key"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("anchors", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_corrections_record_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_record_key"), "corrections", ["record_key"], unique=False)
    op.create_table(
        "documents",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("json", sa.LargeBinary(), nullable=False),
        sa.Column("as_read", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_documents_record_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record_key", name=op.f("pk_documents")),
    )
    op.create_table(
        "enclosures",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_enclosures_record_key"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_enclosures_id"), "enclosures", ["id"], unique=False)
    op.create_index(op.f("ix_enclosures_record_key"), "enclosures", ["record_key"], unique=False)
    op.create_table(
        "events",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("agent", sa.String(), nullable=True),
        sa.Column("org", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["record_key"], ["records.key"], name=op.f("fk_events_record_key"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_events_record_key"), "events", ["record_key"], unique=False)
    op.create_index(op.f("ix_events_type_time"), "events", ["type", "time"], unique=False)
    op.create_table(
        "findings",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_findings_record_key"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_findings_finding_record_key"), "findings", ["finding", "record_key"], unique=False)
    op.create_index(op.f("ix_findings_record_key"), "findings", ["record_key"], unique=False)
    op.create_table(
        "links",
        sa.Column("a_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("b_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["a_key"], ["records.key"], name=op.f("fk_links_a_key"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b_key"], ["records.key"], name=op.f("fk_links_b_key"), ondelete="CASCADE"),
        sa.UniqueConstraint("a_key", "b_key", name=op.f("uq_links_a_key_b_key")),
    )
    op.create_index(op.f("ix_links_b_key"), "links", ["b_key"], unique=False)
    op.create_table(
        "numbers",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_numbers_record_key"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_numbers_record_key"), "numbers", ["record_key"], unique=False)
    op.create_index(op.f("ix_numbers_value"), "numbers", ["value"], unique=False)
    op.create_table(
        "redactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("groups", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_redactions_record_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redactions")),
    )
    op.create_index(op.f("ix_redactions_record_key"), "redactions", ["record_key"], unique=False)
    op.create_table(
        "references",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_references_record_key"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_references_number"), "references", ["number"], unique=False)
    op.create_index(op.f("ix_references_record_key"), "references", ["record_key"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("json", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_revisions_record_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("record_key", "number", name=op.f("uq_revisions_record_key_number")),
    )
    op.create_table(
        "sketches",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_sketches_record_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record_key", name=op.f("pk_sketches")),
    )
    op.create_table(
        "unlinked",
        sa.Column("record_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_unlinked_record_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record_key", name=op.f("pk_unlinked")),
    )

    op.bulk_insert(
        sa.table("counters", sa.column("name", sa.String), sa.column("value", sa.BigInteger)),
        [{"name": name, "value": 0} for name in ("key", "seq", "object", "run")],
    )
