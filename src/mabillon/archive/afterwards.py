"""What is derived among records, brought up to a change that was made by hand."""

from __future__ import annotations

from collections.abc import Iterable

from mabillon.archive.across.following import renew_findings
from mabillon.archive.series.following import follow_series
from mabillon.store.counters import last
from mabillon.store.engine import Store

NEAR = 1_000
"""Changes that series may be behind: those of more are left to the next ingest, so that no editor waits for them."""


def bring_up(store: Store, ids: Iterable[str] = ()) -> None:
    """Bring findings and series up to the change of these records, or of one that was taken out."""
    renew_findings(store, ids)
    with store.reading() as connection:
        behind = last(connection, "seq") - last(connection, "series")
    if behind <= NEAR:
        follow_series(store)
