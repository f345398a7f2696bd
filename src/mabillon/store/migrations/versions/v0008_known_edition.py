"""Who knew what is found out anew where the rules or the vocabulary are others."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("INSERT INTO counters (name, value) VALUES ('known_edition', 0)")
