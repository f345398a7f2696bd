"""python -m bench.findings [--count N] [--seed S] [--errors]: take generated papers in, and score the findings.

A finding is right if it is true of a paper that it quotes and its message holds what was planted there; the precision
of a kind is the share of its findings that are right, its recall the share of what was planted that was found.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.findings.papers import Paper, persons, references, versions
from mabillon.archive import Archive, ingest, link_names
from mabillon.archive.across.following import follow_findings
from mabillon.pipeline import read_path
from mabillon.store.findings import ACROSS

KINDS = ("reference.unheld", "agent.after-death", "role.not-held", "version.differs", "copies.conflict")


@dataclass
class Score:
    """right and wrong: findings; missed: what was planted and not found; examples: of what went wrong."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    planted: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.planted)


@dataclass
class Measured:
    scores: dict[str, Score]
    records: int
    ingest_seconds: float
    seconds: float


def measure(count: int, seed: int) -> Measured:
    papers = [*references(count, seed), *persons(count // 2, seed), *versions(count // 4, seed)]
    with tempfile.TemporaryDirectory(prefix="mabillon-findings-") as name, Archive.create(Path(name) / "a") as archive:
        folder = Path(name) / "in"
        folder.mkdir()
        for paper in papers:
            (folder / f"{paper.name}.txt").write_text(paper.text, "utf-8")
        start = time.process_time()
        ingest([folder], archive, read_path)
        link_names(archive)
        taken = time.process_time()
        follow_findings(archive.store)
        done = time.process_time()
        return Measured(_score(archive, papers), archive.count(), taken - start, done - taken)


def _score(archive: Archive, papers: Iterable[Paper]) -> dict[str, Score]:
    named = {Path(record.source.filename).stem: record.id for record in archive.records() if record.source}
    planted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for paper in papers:
        planted[named[paper.name]] += paper.true
    scores = {kind: Score() for kind in KINDS}
    met: set[tuple[str, str, str]] = set()
    page = [one for one in archive.all_findings(limit=10**6) if one.origin == ACROSS]
    evidence = archive.finding_evidence(page)
    for one in page:
        if one.finding not in scores:
            continue
        quoted = {one.entry.id, *(value.record for value in evidence[one.fingerprint])}
        true = [(id, kind, word) for id in quoted for kind, word in planted.get(id, ()) if kind == one.finding]
        hits = [found for found in true if found[2] in f"{one.message} "]
        met.update(hits)
        score = scores[one.finding]
        score.right += bool(hits)
        score.wrong += not hits
        if not hits:
            score.examples.append(f"wrong: {one.message}")
    for id, its in planted.items():
        for kind, word in its:
            scores[kind].planted += 1
            scores[kind].found += (id, kind, word) in met
            if (id, kind, word) not in met:
                scores[kind].examples.append(f"missed: {word} at {id}")
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.findings", description=__doc__)
    parser.add_argument("--count", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="show what came out wrong or was missed")
    chosen = parser.parse_args()
    measured = measure(chosen.count, chosen.seed)
    print(f"{'finding':<20} {'planted':>8} {'fired':>6} {'precision':>10} {'recall':>7}")
    for kind, score in measured.scores.items():
        fired = score.right + score.wrong
        print(f"{kind:<20} {score.planted:>8} {fired:>6} {score.precision:>10.3f} {score.recall:>7.3f}")
        for example in score.examples[:12] if chosen.errors else ():
            print(f"    {example}")
    share = measured.seconds / measured.ingest_seconds
    taken, found = f"{measured.ingest_seconds:.1f} s", f"{measured.seconds:.1f} s"
    print(f"processor time: {measured.records} records read and taken in {taken}, findings {found} ({share:.0%})")


if __name__ == "__main__":
    main()
