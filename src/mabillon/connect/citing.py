"""Who knew a document because of another that names it: its writer knew it, its readers were told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mabillon.connect.graph import choose
from mabillon.connect.judging import Judgement, judge
from mabillon.connect.knowing import SURE_READING, Claim, Words
from mabillon.connect.traits import Held, Named
from mabillon.evidence import Value
from mabillon.record import Record

PROVING = 0.85
"""From this score on the words of a reference prove which document is meant; below it is likely."""

_WRITING = ("signed", "sent")


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that another one names: its id, whether by answering it, the words, and whether these prove it."""

    id: str
    answered: bool
    words: Words
    proved: bool


def cited_by(record: Record, holder: Held, named: Named, candidates: Sequence[Held]) -> list[Cited]:
    """Return what a reference of `record` means of the documents that it may mean: one and its versions, or none."""
    judged = (judge(named, holder, held) for held in candidates)
    fitting = sorted((one for one in judged if one is not None), key=lambda one: (-one.score, one.held.id))
    reference = record.references[named.ordinal]
    values = [value for value in reference.evidence() if value.spans]
    sound = bool(values) and all(value.confidence >= SURE_READING for value in values)
    words = Words(named.wording, tuple(_spans(values)))
    answered = named.direction == "replies-to"
    links: tuple[Judgement, ...] = choose(named, fitting).links
    return [Cited(link.held.id, answered, words, sound and link.score >= PROVING) for link in links]


def _spans(values: Sequence[Value]) -> list[tuple[int, int]]:
    return sorted({(start, end) for value in values for start, end in value.spans})


def told(claims: Sequence[Claim], cited: Cited) -> list[Claim]:
    """Return what the `claims` on a document make known of one that it names, each person's earliest first.

    Whoever sent or signed it knew the other one; whoever got it was told of the other one, at the same instant. Who
    knew but what it encloses, or what it tells of, did not read it.
    """
    best: dict[tuple[str, bool], Claim] = {}
    for claim in sorted((claim for claim in claims if claim.way not in ("enclosed", "present")), key=_place):
        best.setdefault((claim.person or claim.plain, claim.proved), _told(claim, cited))
    return list(best.values())


def _place(claim: Claim) -> tuple[bool, int]:
    return not claim.proved, (claim.high if claim.proved else claim.low) or 0


def _told(claim: Claim, cited: Cited) -> Claim:
    way = ("answered" if cited.answered else "cited") if claim.way in _WRITING else "told"
    proved = claim.proved and cited.proved
    doubts = claim.doubts if cited.proved else (*claim.doubts, "reference")
    words = (cited.words, *claim.words) if cited.words.spans else claim.words
    return replace(claim, way=way, proved=proved, high=claim.high if proved else None, words=words, doubts=doubts)
