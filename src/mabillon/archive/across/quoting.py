"""The words of records as findings quote them."""

from __future__ import annotations

from collections.abc import Sequence

from mabillon.evidence import Value
from mabillon.record import Record
from mabillon.store.across import Quoted


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
