"""The tool `read_record`: a stretch of the text, with all that the record says by its words."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.evidence import Value
from mabillon.record import Finding, Record
from mabillon.text import Span
from mabillon.web.mcp.counter import Counter
from mabillon.web.mcp.shapes import (
    Brief,
    Contradiction,
    Statement,
    brief_of,
    quotes_of,
    statement,
    text_of,
    values_in,
)

MOST_STATEMENTS = 150

RecordAsked = Annotated[
    str, Meta(min_length=1, max_length=400, description="Id or address of a record, or a number that only one bears.")
]


class AskRecord(msgspec.Struct, forbid_unknown_fields=True):
    record: RecordAsked
    start: Annotated[int, Meta(ge=0, description="The character at which to begin; `next` of the page before.")] = 0
    length: Annotated[int, Meta(ge=100, le=12_000, description="How many characters at the most.")] = 6_000


class RecordPage(msgspec.Struct, kw_only=True):
    """A record. `text` are its characters from `start` on, as they stand on paper; `next` is where the rest begins.
    `statements` are the values whose words stand there, on the first page also those that no words say; `left_out`
    counts those for which there was no room: a shorter stretch holds fewer. An enclosure's are
    among them: its words stand in the text of its cover."""

    record: Brief
    text: str
    start: int
    length: int
    next: int | None
    statements: list[Statement]
    left_out: int
    findings: list[Contradiction]


def read(counter: Counter, asked: AskRecord) -> RecordPage:
    record = counter.record(asked.record)
    text = text_of(record)
    whole = len(text or "")
    start = min(asked.start, whole)
    end = _end_of_page(text or "", start, asked.length)
    said = [(field, value) for field, value in values_in(record) if _stands_in(value, (start, end), whole)]
    findings = _found_in(record)[:MOST_STATEMENTS] if start == 0 else []
    return RecordPage(
        record=brief_of(record, counter.publisher), text=(text or "")[start:end], start=start, length=whole,
        next=end if end < whole else None,
        statements=[statement(field, value, text) for field, value in said[:MOST_STATEMENTS]],
        left_out=max(0, len(said) - MOST_STATEMENTS), findings=[_finding(one, text) for one in findings],
    )  # fmt: skip


def _end_of_page(text: str, start: int, length: int) -> int:
    """Return where a page ends: behind a line if one ends in its last third, so that no sentence is torn needlessly."""
    end = start + length
    if end >= len(text):
        return len(text)
    line = text.rfind("\n", end - length // 3, end)
    return line + 1 if line >= 0 else end


def _stands_in(value: Value, page: Span, whole: int) -> bool:
    """Tell whether a value belongs to a page: to that on which its words begin, without words to the first."""
    if not value.spans:
        return page[0] == 0
    first = min(start for start, _ in value.spans)
    return page[0] <= first < page[1] or (page[1] == whole and first >= whole)


def _found_in(record: Record) -> list[Finding]:
    return [*record.findings, *(one for enclosure in record.enclosures for one in _found_in(enclosure))]


def _finding(one: Finding, text: str | None) -> Contradiction:
    quotes = quotes_of(text, one.evidence)
    return Contradiction(finding=one.id, severity=one.severity, message=one.message, quotes=quotes)
