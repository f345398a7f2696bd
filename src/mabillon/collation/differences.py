"""What one version of a document has and the other lacks or gives otherwise, as far as it is sure.

Two translations never agree in every word, and an edition has a heading of its own. So only whole passages without
counterpart count, and numbers that stand in place of others among words that are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mabillon.collation.align import Bead, align
from mabillon.collation.sentences import Sentence, sentences
from mabillon.collation.words import STEM, Run, Token, compare_words, stems, tokens
from mabillon.text import Span

FEWEST, AT_AN_END = 8, 14
"""Words of a passage that counts; at the beginning or end, where headings and signatures stand, it must be longer."""

COMPARABLE = 0.6
"""Share of the shorter version that must stand opposite something: below it the two are no versions, or badly read."""

LIKE = 0.5
"""Likeness of two sentences from which their numbers are compared."""

MOVED = 0.5
"""Share of a passage's words that a place elsewhere in the other version may have: more, and it was only moved."""


@dataclass(frozen=True, slots=True)
class Difference:
    """kind: `passage`, which only one version has (the other span is the sentence before the gap, or empty), or
    `number`, which both have and which differs (the spans are the number with the words beside it); value: what each
    says, "" where it says nothing."""

    kind: str
    left: Span | None
    right: Span | None
    left_value: str
    right_value: str


@dataclass(frozen=True, slots=True)
class Collation:
    """Two versions side by side. `share`: of the shorter one, the part that has a counterpart, 0 to 1."""

    left: Sequence[Sentence]
    right: Sequence[Sentence]
    beads: Sequence[Bead]
    share: float
    differences: Sequence[Difference]


def collate(
    left: str, right: str, left_spans: Sequence[Span] = (), right_spans: Sequence[Span] = (), same_language: bool = True
) -> Collation:
    """Return two texts (or those spans of them) aligned, and what surely differs. Two languages are only aligned."""
    one, other = sentences(left, left_spans), sentences(right, right_spans)
    beads = align(one, other, same_language)
    share = _share(one, other, beads)
    found: list[Difference] = []
    if same_language and share >= COMPARABLE:
        found = [*_passages(one, other, beads), *_numbers(one, other, beads)]
    return Collation(one, other, beads, share, found)


def _share(left: Sequence[Sentence], right: Sequence[Sentence], beads: Sequence[Bead]) -> float:
    both = [bead for bead in beads if bead.left and bead.right]
    shares = []
    for side, places in ((left, [bead.left for bead in both]), (right, [bead.right for bead in both])):
        total = sum(len(sentence.text) for sentence in side)
        shares.append(sum(len(side[n].text) for its in places for n in its) / total if total else 0.0)
    return max(shares)


def _passages(left: Sequence[Sentence], right: Sequence[Sentence], beads: Sequence[Bead]) -> Iterator[Difference]:
    """Yield the stretches between two aligned sentences where one version has nothing, or next to nothing."""
    for first, last in _gaps(beads):
        run = beads[first:last]
        mine = [n for bead in run for n in bead.left]
        theirs = [n for bead in run for n in bead.right]
        at_an_end = first == 0 or last == len(beads)
        for side, other, places, opposite in ((left, right, mine, theirs), (right, left, theirs, mine)):
            if not _counts(side, places, other, opposite, at_an_end):
                continue
            span = (side[places[0]].start, side[places[-1]].end)
            words = " ".join(" ".join(side[n].text.split()) for n in places)
            before = beads[first - 1] if first else None
            if side is left:
                yield Difference("passage", span, _span(right, before.right if before else range(0)), words, "")
            else:
                yield Difference("passage", _span(left, before.left if before else range(0)), span, "", words)


def _gaps(beads: Sequence[Bead]) -> Iterator[tuple[int, int]]:
    """Yield where the runs of sentences without counterpart begin and end."""
    start: int | None = None
    for n, bead in enumerate(beads):
        alone = not (bead.left and bead.right)
        if alone and start is None:
            start = n
        elif not alone and start is not None:
            yield start, n
            start = None
    if start is not None:
        yield start, len(beads)


def _counts(
    side: Sequence[Sentence], places: Sequence[int], other: Sequence[Sentence], opposite: Sequence[int], at_an_end: bool
) -> bool:
    """Whether sentences that stand opposite nothing are a passage that the other version lacks."""
    words = [token for n in places for token in tokens(side[n])]
    beside = sum(len(tokens(other[n])) for n in opposite)
    if len(words) < (AT_AN_END if at_an_end else FEWEST) or beside > 0.3 * len(words):
        return False
    own = stems(words)
    return all(len(own & stems(tokens(sentence))) <= MOVED * len(own) for sentence in other)


def _span(side: Sequence[Sentence], places: range) -> Span | None:
    return (side[places.start].start, side[places.stop - 1].end) if places else None


def _numbers(left: Sequence[Sentence], right: Sequence[Sentence], beads: Sequence[Bead]) -> Iterator[Difference]:
    """Yield the numbers that stand in place of others, with the same word right before or after them."""
    for bead in beads:
        if not (bead.left and bead.right) or bead.likeness < LIKE:
            continue
        runs = compare_words([left[n] for n in bead.left], [right[n] for n in bead.right])
        spare = _spare(runs)
        for n, run in enumerate(runs):
            pair = None if run.same else _exchanged(run, spare)
            if pair is not None and _is_framed(runs, n, pair):
                one, other = pair
                yield Difference(
                    "number", _around(runs, "left", one), _around(runs, "right", other), one.key, other.key
                )


def _spare(runs: Sequence[Run]) -> tuple[set[str], set[str]]:
    """Return the numbers that each side has more often than the other: one that only moved is no other number."""
    one = Counter(token.key for run in runs for token in run.left_tokens if token.is_number)
    other = Counter(token.key for run in runs for token in run.right_tokens if token.is_number)
    return set(one - other), set(other - one)


def _exchanged(run: Run, spare: tuple[set[str], set[str]]) -> tuple[Token, Token] | None:
    """Return the one number of each side of a run, where there is one and the other side does not have it elsewhere."""
    one = [token for token in run.left_tokens if token.is_number]
    other = [token for token in run.right_tokens if token.is_number]
    if len(one) != 1 or len(other) != 1 or one[0].key not in spare[0] or other[0].key not in spare[1]:
        return None
    return one[0], other[0]


def _around(runs: Sequence[Run], side: str, token: Token) -> Span:
    """Return the place of a number with the words right before and after it."""
    row = _row(runs, side)
    at = row.index(token)
    return row[max(0, at - 1)].start, row[min(len(row) - 1, at + 1)].end


def _row(runs: Sequence[Run], side: str) -> list[Token]:
    return [word for run in runs for word in getattr(run, f"{side}_tokens")]


def _is_framed(runs: Sequence[Run], n: int, pair: tuple[Token, Token]) -> bool:
    """Whether the number is counted alike: the word before or after it is the same on both sides."""
    sides = []
    for side, token in zip(("left", "right"), pair, strict=True):
        row = _row(runs, side)
        at = row.index(token)
        before, after = row[at - 1].key if at else "", row[at + 1].key if at + 1 < len(row) else ""
        sides.append((before, after[:STEM]))
    (before, after), (its_before, its_after) = sides
    return bool(after) and after == its_after and len(after) > 2 or (before == its_before and len(before) > 3)
