"""Words of languages whose names are written by syllables, cut into those that the language has."""

from __future__ import annotations

from collections.abc import Callable

_LONGEST_SYLLABLE = 7
_MOST_WAYS = 12


def segment(word: str, is_syllable: Callable[[str], object], most: int = 3) -> tuple[tuple[str, ...], ...]:
    """Return the ways to cut a word into at most `most` syllables: hyphens are cuts already, apostrophes may be."""
    if "-" in word:
        head, _, tail = word.partition("-")
        rest = segment(tail.replace("-", ""), is_syllable, most)
        return tuple(a + b for a in segment(head, is_syllable, most) for b in rest if len(a) + len(b) <= most)
    found: list[tuple[str, ...]] = [(word,)] if is_syllable(word) else []
    if most > 1:
        for end in range(1, min(len(word), _LONGEST_SYLLABLE + 1)):
            head, tail = word[:end], word[end:].removeprefix("'")
            if tail and is_syllable(head):
                found.extend((head, *rest) for rest in segment(tail, is_syllable, most - 1))
    return tuple(found[:_MOST_WAYS])
