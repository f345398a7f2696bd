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
from mabillon.collation.words import STEM, Token, stems, tokens
from mabillon.text import Span

FEWEST, AT_AN_END = 8, 14
"""Words of a passage that counts; at the beginning or end, where headings and signatures stand, it must be longer."""

COMPARABLE = 0.6
"""Share of the shorter version that must stand opposite something: below it the two are no versions, or badly read."""

LIKE = 0.45
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
        if bead.left and bead.right and bead.likeness >= LIKE:
            one = [token for n in bead.left for token in tokens(left[n])]
            other = [token for n in bead.right for token in tokens(right[n])]
            for mine, its in _exchanged(one, other):
                spans = _around(one, mine), _around(other, its)
                yield Difference("number", *spans, mine.key, its.key)


def _exchanged(one: Sequence[Token], other: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield the numbers that only one side has with the one that the other side alone has, counted alike."""
    mine, its = _spare(one, other), _spare(other, one)
    for token in mine:
        alike = [number for number in its if _is_framed(one, token, other, number)]
        if len(alike) == 1 and sum(_is_framed(one, number, other, alike[0]) for number in mine) == 1:
            yield token, alike[0]


def _spare(these: Sequence[Token], those: Sequence[Token]) -> list[Token]:
    """Return the numbers that one side has and the other has nowhere: one that only moved is no other number."""
    there = Counter(token.key for token in those if token.is_number)
    return [token for token in these if token.is_number and not there[token.key]]


def _around(row: Sequence[Token], token: Token) -> Span:
    """Return the place of a number with the words right before and after it."""
    at = row.index(token)
    return row[max(0, at - 1)].start, row[min(len(row) - 1, at + 1)].end


def _is_framed(one: Sequence[Token], mine: Token, other: Sequence[Token], its: Token) -> bool:
    """Whether two numbers are counted alike: the word after or before them is the same on both sides."""
    (before, after), (its_before, its_after) = _beside(one, mine), _beside(other, its)
    return (len(after) > 2 and after == its_after) or (len(before) > 3 and before == its_before)


def _beside(row: Sequence[Token], token: Token) -> tuple[str, str]:
    at = row.index(token)
    return row[at - 1].key if at else "", row[at + 1].key[:STEM] if at + 1 < len(row) else ""
