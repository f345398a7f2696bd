"""Series of numbers and times of transit are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stations",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stations")),
    )
    op.create_table(
        "serials",
        sa.Column("record_key", _KEY, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "station", "form")),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("first", "last", "strand")),
        sa.Column("state", sa.String(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("low", "high", "likely")),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("below", "above")),
        sa.Column("others", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_key"], ["records.key"], name=op.f("fk_serials_record_key"),
                                ondelete="CASCADE"),
    )  # fmt: skip
    op.create_index(op.f("ix_serials_record_key"), "serials", ["record_key"])
    op.create_index(
        op.f("ix_serials_kind_station_form_year_strand"), "serials", ["kind", "station", "form", "year", "strand"]
    )
    op.create_index(op.f("ix_serials_state"), "serials", ["state"])
    op.create_index(op.f("ix_serials_station_year"), "serials", ["station", "year"])
    op.create_table(
        "series",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "station", "form")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("year", "strand")),
        sa.Column("partners", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("first_number", "last_number")),
        sa.Column("missing", sa.Float(), nullable=False),
        sa.Column("weeks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "station", "form", "year", "strand", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_station_year"), "series", ["station", "year"])
    _create_transits()
    op.execute(sa.text("INSERT INTO counters (name, value) VALUES ('series', 0)"))


def _create_transits() -> None:
    op.create_table(
        "transits",
        sa.Column("record_key", _KEY, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("origin", "goal", "service")),
        sa.Column("month", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("first_type", "last_type")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("minutes", "precise", "zones")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("clock", "ahead_first", "ahead_last")),
        sa.Column("odd", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["record_key"], ["records.key"], name=op.f("fk_transits_record_key"),
                                ondelete="CASCADE"),
    )  # fmt: skip
    op.create_index(op.f("ix_transits_record_key"), "transits", ["record_key"])
    op.create_index(
        op.f("ix_transits_origin_goal_first_type_last_type"), "transits", ["origin", "goal", "first_type", "last_type"]
    )
