"""Run by Alembic: migrates over the connection that `mabillon.store.upgrade` hands it, in its transaction."""

from __future__ import annotations

from alembic import context

from mabillon.store import finding_tables, knowledge_tables, series_tables  # noqa: F401 (parts of the schema)
from mabillon.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
