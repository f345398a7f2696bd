"""Findings: where documents contradict themselves, with both sides of the evidence."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.evidence import Value
from mabillon.record import Record
from mabillon.store.entries import Found
from mabillon.web.api.cursors import read_cursor, write_cursor
from mabillon.web.api.desk import Desk
from mabillon.web.api.shapes import CursorText, Entry, Findings, FindingShown, Limit

Whole = Annotated[int, Meta(ge=0, le=2**62)]


class AskFindings(msgspec.Struct, forbid_unknown_fields=True):
    finding: Annotated[
        list[Annotated[str, Meta(max_length=100)]],
        Meta(max_length=50, description="Names of findings, such as `chain.out-of-order`; all of them without it."),
    ] = []
    limit: Limit = 50
    after: CursorText = ""


def list_findings(desk: Desk, asked: AskFindings) -> Findings:
    after = read_cursor(asked.after, tuple[Whole, Whole])
    page = desk.archive.findings(desk.reader, asked.finding, after, asked.limit + 1)
    shown = page[: asked.limit]
    records = {found.entry.id: desk.record(found.entry.id) for found in shown}
    return Findings(
        counts=desk.archive.finding_counts(desk.reader),
        findings=[_shown(found, record) for found in shown if (record := records[found.entry.id]) is not None],
        next=write_cursor(shown[-1].key) if len(page) > len(shown) else None,
    )


def _shown(found: Found, record: Record) -> FindingShown:
    return FindingShown(
        finding=found.finding, severity=found.severity, message=found.message, evidence=_evidence(found, record),
        record=Entry.of_row(found.entry),
    )  # fmt: skip


def _evidence(found: Found, record: Record) -> list[Value]:
    """Return the words of the finding as this reader may see them: none where one of its sides is hidden from him."""
    same = (one for one in record.findings if (one.id, one.message) == (found.finding, found.message))
    one = next(same, None)
    return one.evidence if one else []
