"""Sentences of two versions aligned: one with one, one with two, or one with none.

Dynamic programming over the sentences in order, as Gale and Church (1993, doi:10.3115/981344.981367) do it by length;
what the sentences say weighs more than how long they are. In one language their words are compared, in two the numbers
and names that a translation keeps. Sentences that are the same in both and stand once in each are taken as fixed, so
that long texts are aligned in short stretches.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mabillon.collation.sentences import Sentence
from mabillon.collation.words import Token, anchors, stems, tokens


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences `[start, end)` of the left that stand opposite those of the right; one range is empty where the other
    version has nothing. `likeness` is 0 to 1."""

    left: range
    right: range
    likeness: float


@dataclass(frozen=True, slots=True)
class _Weights:
    """least: the likeness below which two sentences do not belong together; length: what the worst mismatch of length
    costs; base: what any pair is worth whatever it says; gap: what a sentence without counterpart costs; joined: what
    it costs to take two sentences for one; touching: how alike each of two must be to what they stand opposite."""

    least: float
    length: float
    base: float
    gap: float
    joined: float
    touching: float


_ONE_LANGUAGE = _Weights(least=0.3, length=0.1, base=0.0, gap=0.0, joined=0.08, touching=0.08)
_TWO_LANGUAGES = _Weights(least=0.0, length=0.5, base=0.25, gap=0.2, joined=0.35, touching=0.0)
_SHAPES = ((1, 1, 0), (1, 2, 1), (2, 1, 1), (2, 2, 3))
"""Sentences of the left, of the right, and how many times joining them is paid for."""

COMMON = 0.3
"""Share of the sentences from which on a word says nothing of which belong together."""

DOUBT = 0.3
"""How much less two sentences are alike that share a single word than two that share many in the same proportion."""

MOST_CELLS = 90_000
"""Pairs of sentences of one stretch that are compared; in a longer one only those about the diagonal."""


class _Side:
    """The sentences of one version, made ready."""

    def __init__(self, found: Sequence[Sentence], same_language: bool) -> None:
        self.tokens: list[list[Token]] = [tokens(sentence) for sentence in found]
        features = stems if same_language else anchors
        self.features = [features(its) for its in self.tokens]
        self.lengths = [max(1, len(sentence.text)) for sentence in found]
        self.keys = [
            " ".join(token.key for token in its) or sentence.text
            for its, sentence in zip(self.tokens, found, strict=True)
        ]


def align(left: Sequence[Sentence], right: Sequence[Sentence], same_language: bool = True) -> list[Bead]:
    """Return the sentences of both versions aligned, in order: every sentence stands in one bead."""
    return _Aligner(_Side(left, same_language), _Side(right, same_language), same_language).beads()


class _Aligner:
    def __init__(self, left: _Side, right: _Side, same_language: bool) -> None:
        self.left, self.right = left, right
        self.weights = _ONE_LANGUAGE if same_language else _TWO_LANGUAGES
        counted = Counter(feature for side in (left, right) for its in side.features for feature in its)
        total = len(left.features) + len(right.features)
        most = max(4.0, COMMON * total)
        self.worth = {feature: math.log(1 + total / count) for feature, count in counted.items() if count <= most}
        for side in (left, right):
            side.features = [its & self.worth.keys() for its in side.features]
        self.pairs: dict[tuple[int, int], float] = {}
        self.ratio = sum(right.lengths) / max(1, sum(left.lengths))

    def beads(self) -> list[Bead]:
        found: list[Bead] = []
        a = b = 0
        for i, j in (*self._fixed(), (len(self.left.keys), len(self.right.keys))):
            found += self._stretch(range(a, i), range(b, j))
            if i < len(self.left.keys):
                found.append(Bead(range(i, i + 1), range(j, j + 1), 1.0))
            a, b = i + 1, j + 1
        return found

    def _fixed(self) -> list[tuple[int, int]]:
        """Return the longest row of sentences that are the same, stand once on each side, and do not cross."""
        once = [{key for key, n in Counter(side.keys).items() if n == 1 and key} for side in (self.left, self.right)]
        places = {key: j for j, key in enumerate(self.right.keys) if key in once[1]}
        pairs = [(i, places[key]) for i, key in enumerate(self.left.keys) if key in once[0] and key in places]
        ends: list[int] = []
        last: list[int] = []
        before = [-1] * len(pairs)
        for n, (_, j) in enumerate(pairs):
            at = bisect_left(ends, j)
            ends[at:], last[at:] = [j, *ends[at + 1 :]], [n, *last[at + 1 :]]
            before[n] = last[at - 1] if at else -1
        row, n = [], last[-1] if last else -1
        while n >= 0:
            row.append(pairs[n])
            n = before[n]
        return row[::-1]

    def _stretch(self, left: range, right: range) -> list[Bead]:
        if not left or not right:
            return [*_alone(left, right.start, True), *_alone(right, left.stop, False)]
        best: dict[tuple[int, int], tuple[float, Bead | None]] = {(left.start, right.start): (0.0, None)}
        band = self._band(left, right)
        for i in range(left.start, left.stop + 1):
            for j in band(i):
                if (i, j) != (left.start, right.start):
                    self._reach(best, i, j, left.start, right.start)
        return _way(best, (left.stop, right.stop))

    def _band(self, left: range, right: range) -> Band:
        width = len(right)
        if len(left) * len(right) > MOST_CELLS:
            width = max(MOST_CELLS // len(left), 2 * abs(len(right) - len(left)) // max(1, len(left)) + 20)
        return Band(left, right, width)

    def _reach(self, best: _Best, i: int, j: int, a: int, b: int) -> None:
        """Note the best way to have the first sentences up to `i` and `j` aligned."""
        found: tuple[float, Bead | None] = (-math.inf, None)
        for one, other, joined in _SHAPES:
            start = (i - one, j - other)
            if i - one >= a and j - other >= b and start in best:
                rows, columns = range(i - one, i), range(j - other, j)
                if joined and not self._touch(rows, columns):
                    continue
                likeness, worth = self._worth(rows, columns)
                total = best[start][0] + worth - joined * self.weights.joined
                if worth > 0 and total > found[0]:
                    found = (total, Bead(rows, columns, likeness))
        for start, bead in (
            ((i - 1, j), Bead(range(i - 1, i), range(j, j), 0.0)),
            ((i, j - 1), Bead(range(i, i), range(j - 1, j), 0.0)),
        ):
            if start in best and best[start][0] - self.weights.gap > found[0]:
                found = (best[start][0] - self.weights.gap, bead)
        if found[1] is not None:
            best[i, j] = found

    def _touch(self, rows: range, columns: range) -> bool:
        """Whether each of some sentences says something of what those opposite say."""
        least = self.weights.touching
        if least == 0.0:
            return True
        return all(any(self._pair(i, j) >= least for j in columns) for i in rows) and all(
            any(self._pair(i, j) >= least for i in rows) for j in columns
        )

    def _pair(self, i: int, j: int) -> float:
        if (i, j) not in self.pairs:
            same = self.left.keys[i] == self.right.keys[j]
            self.pairs[i, j] = 1.0 if same else self._alike(self.left.features[i], self.right.features[j])
        return self.pairs[i, j]

    def _worth(self, rows: range, columns: range) -> tuple[float, float]:
        """Return how alike two stretches are, and what aligning them is worth: more for longer ones."""
        likeness = self.likeness(rows, columns)
        one = sum(self.left.lengths[i] for i in rows) * self.ratio
        other = sum(self.right.lengths[j] for j in columns)
        apart = min(1.0, abs(one - other) / math.sqrt(6.8 * (one + other)) / 4)
        worth = self.weights.base + likeness - self.weights.least - self.weights.length * apart
        return likeness, worth * (len(rows) + len(columns)) / 2

    def likeness(self, rows: range, columns: range) -> float:
        """Return the share of what both say in what either says, rare words weighing more."""
        if len(rows) == len(columns) == 1:
            return self._pair(rows.start, columns.start)
        return self._alike(_union(self.left.features, rows), _union(self.right.features, columns))

    def _alike(self, left: frozenset[str], right: frozenset[str]) -> float:
        both = left & right
        if not both:
            return 0.0
        worth = self.worth.__getitem__
        alike = 2 * sum(map(worth, both)) / (sum(map(worth, left)) + sum(map(worth, right)))
        return alike * len(both) / (len(both) + DOUBT)


_Best = dict[tuple[int, int], tuple[float, Bead | None]]


@dataclass(frozen=True, slots=True)
class Band:
    """Which sentences of the right may stand opposite the left ones up to one: those about the diagonal."""

    left: range
    right: range
    width: int

    def __call__(self, i: int) -> range:
        middle = self.right.start + (i - self.left.start) * len(self.right) // len(self.left)
        if i == self.left.stop:
            middle = self.right.stop
        return range(max(self.right.start, middle - self.width), min(self.right.stop, middle + self.width) + 1)


def _union(features: Sequence[frozenset[str]], places: range) -> frozenset[str]:
    return features[places.start] if len(places) == 1 else features[places.start] | features[places.start + 1]


def _alone(places: range, other: int, on_the_left: bool) -> list[Bead]:
    empty = range(other, other)
    return [Bead(range(n, n + 1), empty, 0.0) if on_the_left else Bead(empty, range(n, n + 1), 0.0) for n in places]


def _way(best: _Best, end: tuple[int, int]) -> list[Bead]:
    found: list[Bead] = []
    while (bead := best[end][1]) is not None:
        found.append(bead)
        end = (bead.left.start, bead.right.start)
    return found[::-1]
