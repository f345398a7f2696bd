"""Names are evidence, identity is a judgement.

A program suggests with a score and reasons; a person decides, and who and when is kept. A decision that is withdrawn
is marked so and stays. Nothing here stores anything: the archive's store keeps these values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

VERDICTS = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a program proposes: that `name` in `record` (None: wherever it stands) is `authority`."""

    name: str
    authority: str
    score: float
    reasons: tuple[str, ...]
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided of a name: `verdict` is same, different or unsure; `at` and `withdrawn_at` are moments
    with a zone. `record` None holds for the name in the whole archive."""

    name: str
    authority: str
    verdict: str
    by: str
    at: datetime
    record: str | None = None
    reason: str = ""
    score: float | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"no such verdict: {self.verdict!r} ({', '.join(VERDICTS)})")
        if self.at.tzinfo is None or (self.withdrawn_at is not None and self.withdrawn_at.tzinfo is None):
            raise ValueError("a judgement's moments need a time zone")
        if not self.by.strip():
            raise ValueError("a judgement needs to say whose it is")

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


def decide(suggestion: Suggestion, verdict: str, by: str, at: datetime, reason: str = "") -> Judgement:
    """Record a person's decision on a suggestion. Raises ValueError as `Judgement`."""
    proposed = suggestion
    return Judgement(proposed.name, proposed.authority, verdict, by, at, proposed.record, reason, proposed.score)


def withdraw(judgement: Judgement, by: str, at: datetime) -> Judgement:
    """Return the judgement marked as withdrawn. Raises ValueError if it was already, or before it was made."""
    if not judgement.stands:
        raise ValueError(f"already withdrawn by {judgement.withdrawn_by}")
    if at < judgement.at:
        raise ValueError("withdrawn before it was made")
    return replace(judgement, withdrawn_by=by, withdrawn_at=at)


def standing(judgements: Iterable[Judgement]) -> dict[tuple[str, str | None, str], Judgement]:
    """Return what holds now, by name, record and authority: the latest judgement not withdrawn. A pure function of
    the judgements, in whatever order they come."""
    found: dict[tuple[str, str | None, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda judgement: (judgement.at, judgement.by, judgement.verdict)):
        if judgement.stands:
            found[(judgement.name, judgement.record, judgement.authority)] = judgement
    return found
