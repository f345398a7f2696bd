"""The section of docs/performance.md on who knew what."""

from __future__ import annotations

from pathlib import Path

from bench.knowledge.speed import Times, measure
from bench.knowledge.truth import judge
from bench.page import Section, machine

ANSWER_MS, UPDATE_MS = 100, 1_000
PAGES = ("a person and a moment", "a person, ever", "a person whom the authority does not know")
"""Questions of which the bound on a page is asked."""


def section(count: int, read: int, folder: Path, scratch: Path) -> Section:
    """Return what was measured over `count` cables in `folder`, and of `read` cables that were read in `scratch`."""
    truth = judge(read, 1, scratch)
    times = measure(count, folder)
    claimed, stated = truth.right + truth.wrong, truth.found + truth.missed
    lines = [
        f"## Who knew what: {count:,} generated cables",
        "",
        machine(),
        "",
        f"{read:,} cables with known truth were read as any document is, kept, linked and followed.",
        f"Of {claimed:,} proved claims {truth.right:,} are true: the person had the document by the instant claimed.",
        f"Of {stated:,} facts that the papers prove {truth.found:,} are claimed as proved, half of them no more than",
        f"{truth.median_hours:.1f} hours after the truth; of {truth.open:,} that no paper dates {truth.presumed:,} are",
        "presumed.",
        "",
        "Milliseconds of processor time for a whole answer (two lists of 50 with their words, and their numbers),",
        "and by the clock, of each question the quickest of three askings.",
        "",
        "| asked | median | p99 | by the clock: median | p99 |",
        "|---|---|---|---|---|",
        *(_row(name, its) for name, its in times.items()),
    ]
    found = Section(lines)
    found.goal("proved claims that are true", 100 * truth.precision, " %", 97, at_most=False)
    found.goal("facts that papers prove and that are claimed", 100 * truth.recall, " %", 90, at_most=False)
    worst = max(times[name].at(0.99) for name in PAGES)
    found.goal(f"who knew what at {count:,} documents, p99 of processor time", worst, " ms", ANSWER_MS, at_most=True)
    update = times["one more document"].at(1.0)
    found.goal("one document's names and knowledge, slowest", update, " ms", UPDATE_MS, at_most=True)
    return found


def _row(name: str, times: Times) -> str:
    figures = (times.median, times.at(0.99), times.clocked(0.5), times.clocked(0.99))
    return f"| {name} | {' | '.join(f'{figure:,.1f}' for figure in figures)} |"
