"""A text and its translation side by side: paragraphs set opposite each other by their lengths and the numbers in them.

After Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19 (1993):
what is long in one language is long in the other. Numbers, which nobody translates, say more than lengths where both
sides have them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf

Match = tuple[tuple[int, int], tuple[int, int]]
"""Lines [start, end) of one side and of the other; either may be none."""

_NUMBER = re.compile(r"\d+")
_STEPS = {(1, 1): 0.0, (1, 0): 3.0, (0, 1): 3.0, (2, 1): 1.0, (1, 2): 1.0, (3, 1): 1.8, (1, 3): 1.8}
"""Lines taken from each side → what that costs beside how unlike they are."""
_NUMBERS_WEIGH = 2.0
_BAND = 25
"""Lines by which a line may stand away from its share of the text."""
MOST = 400
"""Lines of a side up to which ways are tried; beyond, lines stand opposite each other as they come."""


def align(left: Sequence[str], right: Sequence[str]) -> list[Match]:
    """Return the lines of both sides, each once and in order, as they belong together."""
    if len(left) > MOST or len(right) > MOST:
        return [_slice(n, len(left), len(right)) for n in range(max(len(left), len(right)))]
    ratio = (sum(map(len, right)) or 1) / (sum(map(len, left)) or 1)
    best = [[inf] * (len(right) + 1) for _ in range(len(left) + 1)]
    came: list[list[tuple[int, int]]] = [[(0, 0)] * (len(right) + 1) for _ in range(len(left) + 1)]
    best[0][0] = 0.0
    for i in range(len(left) + 1):
        middle = i * len(right) // (len(left) or 1)
        reach = _BAND + abs(len(left) - len(right))
        for j in range(max(0, middle - reach), min(len(right), middle + reach) + 1):
            for (a, b), price in _STEPS.items():
                if a <= i and b <= j and best[i - a][j - b] < inf:
                    cost = best[i - a][j - b] + price + _unlike(left[i - a : i], right[j - b : j], ratio)
                    if cost < best[i][j]:
                        best[i][j], came[i][j] = cost, (a, b)
    return _way(came, len(left), len(right))


def _unlike(left: Sequence[str], right: Sequence[str], ratio: float) -> float:
    if not left or not right:
        return 0.0
    one, other = sum(map(len, left)) * ratio, sum(map(len, right))
    numbers, others = ({number for line in side for number in _NUMBER.findall(line)} for side in (left, right))
    both = numbers | others
    unshared = len(numbers ^ others) / len(both) if both else 0.0
    return abs(one - other) / max(one, other, 1) + _NUMBERS_WEIGH * unshared


def _way(came: Sequence[Sequence[tuple[int, int]]], i: int, j: int) -> list[Match]:
    found: list[Match] = []
    while i or j:
        a, b = came[i][j]
        found.append(((i - a, i), (j - b, j)))
        i, j = i - a, j - b
    return found[::-1]


def _slice(n: int, *lengths: int) -> Match:
    one, other = ((min(n, length), min(n + 1, length)) for length in lengths)
    return one, other
