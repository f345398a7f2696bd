"""Findings: where documents contradict themselves or one another, with both sides and what editors think of it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mabillon.store.across import Quoted
from mabillon.store.findings import Listed, Wanted
from mabillon.web.api.answers import Refusal
from mabillon.web.api.cursors import read_cursor, write_cursor
from mabillon.web.api.desk import Desk
from mabillon.web.api.shapes import CursorText, Entry, Findings, FindingShown, Limit, Said, Verdict

Whole = Annotated[int, Meta(ge=0, le=2**62)]
Severity = Literal["error", "warning", "note"]
Decision = Literal["accepted", "explained", "dismissed", "open"]
NO_FINDING = "No finding of this name stands among the records that are open to you."


class AskFindings(msgspec.Struct, forbid_unknown_fields=True):
    finding: Annotated[
        list[Annotated[str, Meta(max_length=100)]],
        Meta(max_length=50, description="Names of findings, such as `chain.out-of-order`; all of them without it."),
    ] = []
    severity: Annotated[list[Severity], Meta(max_length=3, description="Their weight; any without it.")] = []
    verdict: Annotated[list[Decision], Meta(max_length=4, description="`open`: no verdict stands.")] = []
    year: Annotated[
        list[Annotated[int, Meta(ge=1, le=9999)]],
        Meta(max_length=50, description="Years of the records that they are shown at."),
    ] = []
    station: Annotated[
        list[Annotated[str, Meta(max_length=200)]],
        Meta(max_length=50, description="Stations that sent those records, by the keys that the facet gives."),
    ] = []
    record: Annotated[str, Meta(max_length=200, description="Id of a record that they are shown at or speak of.")] = ""
    limit: Limit = 50
    after: CursorText = ""


class AskFinding(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=100, description="The fingerprint of a finding.")]


def list_findings(desk: Desk, asked: AskFindings) -> Findings:
    after = read_cursor(asked.after, tuple[Whole, Whole, Whole])
    wanted = Wanted(
        tuple(asked.finding), tuple(asked.severity), tuple(asked.verdict), tuple(asked.station), tuple(asked.year),
        asked.record or None,
    )  # fmt: skip
    page = desk.archive.all_findings(desk.reader, wanted, after, asked.limit + 1)
    shown = page[: asked.limit]
    evidence = desk.archive.finding_evidence(shown, desk.reader)
    facets = desk.archive.finding_facets(desk.reader, wanted)
    return Findings(
        counts=dict(sorted(facets["kind"].items())),
        facets=facets,
        findings=[_shown(found, evidence[found.fingerprint]) for found in shown],
        next=write_cursor(shown[-1].key) if len(page) > len(shown) else None,
    )


def get_finding(desk: Desk, asked: AskFinding) -> FindingShown:
    found = desk.archive.finding(asked.name, desk.reader)
    if found is None:
        raise Refusal(404, NO_FINDING)
    return _shown(found, desk.archive.finding_evidence([found], desk.reader)[found.fingerprint])


def _shown(found: Listed, evidence: list[Quoted]) -> FindingShown:
    verdict = None
    if found.verdict is not None:
        verdict = Verdict(verdict=found.verdict, why=found.why or "", who=found.who or "", at=found.at or "")
    return FindingShown(
        name=found.fingerprint, finding=found.finding, of=found.origin, severity=found.severity, message=found.message,
        evidence=[_said(one) for one in evidence], record=Entry.of_row(found.entry), verdict=verdict,
    )  # fmt: skip


def _said(one: Quoted) -> Said:
    return Said(
        record=one.record, value=one.value, text=one.text, spans=one.spans, confidence=one.confidence, reason=one.reason
    )
