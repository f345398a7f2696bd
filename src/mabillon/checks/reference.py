"""References to what did not yet exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mabillon.checks.chain import day
from mabillon.checks.registry import finding
from mabillon.evidence import Value
from mabillon.record import Record


@finding("reference.future")
def future(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield each document named in the text that is dated after it.

    One day later may be the other side of the date line. A later document that only an
    editor's note names is no contradiction: the note was written later.
    """
    own = day(record.date)
    if own is None or record.date is None:
        return
    for reference in record.references:
        named = day(reference.date)
        evidence = [value for value in (reference.number, reference.date, record.date) if value is not None]
        if named and reference.date and named - own > timedelta(days=1) and _in_text(record, reference.date.spans):
            yield f"names a document of {reference.date.value}, itself of {record.date.value}", list[Value](evidence)


def _in_text(record: Record, spans: list[tuple[int, int]]) -> bool:
    body = record.body.spans if record.body else []
    return bool(spans) and (
        not body or any(start <= spans[0][0] < end for start, end in body) or spans[0][0] < body[0][0]
    )
