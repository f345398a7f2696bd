"""The words of records as findings quote them: without what a redacted passage says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, true

from mabillon.archive.editing import shown_record
from mabillon.evidence import Value
from mabillon.record import Record, decode
from mabillon.store import permissions
from mabillon.store.across import Quoted
from mabillon.store.records import find_records


def shown_records(connection: Connection, ids: Iterable[str]) -> dict[str, Record]:
    """Return id → the record as one who sees no redacted passage reads it."""
    found = find_records(connection, sorted(set(ids)), true())
    hidden = permissions.redactions_of(connection, [one.key for one in found])
    return {one.id: shown_record(decode(one.json), hidden.get(one.key, [])) for one in found}


def quote(record: Record, *values: Value | None) -> tuple[Quoted, ...]:
    """Return values of a record as evidence, those that are there."""
    return tuple(
        Quoted(
            value=value.value, text=value.text, spans=value.spans, confidence=value.confidence, reason=value.reason,
            record=record.id,
        )
        for value in values
        if value is not None
    )  # fmt: skip


def quote_spans(record: Record, spans: Sequence[tuple[int, int]], value: str = "") -> Quoted:
    """Return a passage of a record's text as evidence. `value` is what it says; by default its words."""
    text = record.source.text or "" if record.source else ""
    words = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
    return Quoted(value=value or words, text=words, spans=list(spans), confidence=1.0, record=record.id)
