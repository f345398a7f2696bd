"""Of a record that was taken out it is noted whether everybody could see it, so that harvesters are told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("withdrawn") as table:
        table.add_column(sa.Column("opens", sa.Integer(), server_default="99991231", nullable=False))
