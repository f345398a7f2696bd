"""Whether what is claimed is true: cables read as any document is, kept in an archive, compared with what happened."""

from __future__ import annotations

import datetime as dt
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from bench.knowledge.generate import Sent, correspondence
from mabillon.archive import Archive, ingest, link_names
from mabillon.archive.knowing import follow_knowledge
from mabillon.authority.index import plain
from mabillon.connect.instants import minutes_of
from mabillon.pipeline import read_path
from mabillon.store.knowledge_tables import claims
from mabillon.store.schema import records

Facts = dict[tuple[int, str], int | None]
"""(ordinal of a cable, name) → the instant from which on he knew it, None where no paper says from when."""


@dataclass
class Score:
    """right, wrong: claims that are proved, and true or not; found, missed: facts that papers prove, and whether they
    are claimed as proved; presumed: facts without an instant that are claimed as presumed, of `open` ones; hours: by
    how much later than the truth the earliest proved claim is certain."""

    documents: int = 0
    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    presumed: int = 0
    open: int = 0
    hours: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def median_hours(self) -> float:
        return statistics.median(self.hours) if self.hours else 0.0


def facts(cables: list[Sent]) -> Facts:
    """Return who knew what, from when on: what reached him, and what a cable told him of that had."""
    found: Facts = {}
    for one in cables:
        for known in (one.ordinal, *((one.answers.ordinal,) if one.answers else ())):
            for name, instant in one.truth().items():
                _note(found, (known, plain(name)), instant)
    return found


def _note(found: Facts, fact: tuple[int, str], instant: dt.datetime | None) -> None:
    minutes = None if instant is None else minutes_of(instant)
    there = found.setdefault(fact, minutes)
    if minutes is not None and (there is None or minutes < there):
        found[fact] = minutes


def judge(count: int, seed: int, folder: Path) -> Score:
    """Read, keep and follow `count` cables below `folder`, and compare what is claimed with what happened."""
    cables = list(correspondence(count, seed))
    (folder / "in").mkdir(parents=True)
    for one in cables:
        (folder / "in" / f"{one.ordinal}.txt").write_text(one.text, encoding="utf-8")
    with Archive.create(folder / "archive") as archive:
        ingest([folder / "in"], archive, read_path, workers=2)
        link_names(archive)
        follow_knowledge(archive.store)
        ordinals = {
            record.id: int(Path(record.source.filename).stem)
            for record in archive.records()
            if record.source is not None
        }
        query = select(records.c.id, claims.c.name, claims.c.proved, claims.c.high).join_from(
            claims, records, records.c.key == claims.c.record_key
        )
        with archive.store.reading() as connection:
            claimed = [
                (ordinals[id], plain(name), bool(proved), high) for id, name, proved, high in connection.execute(query)
            ]
    return _compared(count, facts(cables), claimed)


def _compared(count: int, truth: Facts, claimed: list[tuple[int, str, bool, int | None]]) -> Score:
    score, earliest = Score(count), dict[tuple[int, str], int]()
    presumed = {(known, name) for known, name, proved, _ in claimed if not proved}
    for known, name, proved, high in claimed:
        if not proved or high is None:
            continue
        instant = truth.get((known, name))
        if instant is not None and instant <= high:
            score.right += 1
            earliest[known, name] = min(high, earliest.get((known, name), high))
        else:
            score.wrong += 1
            score.faults.append(f"{known} {name}: claimed {high}, {instant}")
    for fact, instant in truth.items():
        if instant is None:
            score.open += 1
            score.presumed += fact in presumed
        elif fact in earliest:
            score.found += 1
            score.hours.append((earliest[fact] - instant) / 60)
        else:
            score.missed += 1
            score.faults.append(f"{fact[0]} {fact[1]}: missed")
    return score
