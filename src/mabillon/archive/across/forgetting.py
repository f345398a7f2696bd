"""What findings across the archive lose with a record that changes or goes."""

from __future__ import annotations

from sqlalchemy import Connection

from mabillon.archive.across.following import EVERY
from mabillon.archive.across.references import naming
from mabillon.store.across import forget_across, mark_stale
from mabillon.store.records import keys_of


def forget_findings(connection: Connection, key: int) -> None:
    """Forget the findings that speak of a record, and have those looked at again that it may have refuted: to be done
    before its rows change."""
    named = keys_of(connection, sorted(naming(connection, [key], EVERY))).values()
    mark_stale(connection, [other for other in named if other != key])
    forget_across(connection, key)
