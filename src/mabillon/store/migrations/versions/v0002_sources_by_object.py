"""Sources are found by the object that holds them: a verification goes through the originals object by object."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index(op.f("ix_sources_object"), "sources", ["object"])
