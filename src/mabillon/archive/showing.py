"""Records as one reads them who sees no redacted passage: rows, links and findings made from them give nothing away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, true

from mabillon.archive.access import INDEXER, Redaction
from mabillon.record import Record, decode
from mabillon.store import permissions
from mabillon.store.records import find_records


def shown_record(record: Record, redactions: Sequence[permissions.RedactionRow]) -> Record:
    """Return `record` without what a redacted passage says."""
    return INDEXER.redacted(record, [Redaction(row.start, row.end, row.groups) for row in redactions])


def shown_records(connection: Connection, ids: Iterable[str]) -> dict[str, Record]:
    """Return id → the record without what a redacted passage says."""
    found = find_records(connection, sorted(set(ids)), true())
    hidden = permissions.redactions_of(connection, [one.key for one in found])
    return {one.id: shown_record(decode(one.json), hidden.get(one.key, [])) for one in found}
