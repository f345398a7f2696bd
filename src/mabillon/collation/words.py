"""The words of a sentence, and two sentences compared by them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Indel

from mabillon.collation.sentences import Sentence, wordings
from mabillon.text import Span

_CJK = "\u2e80-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]|\d[\d.,' ]*\d(?:st|nd|rd|th)?\b|\d+(?:st|nd|rd|th)?\b|[^\W_]+(?:['’-][^\W_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[., '’]\d{3})+")
STEM = 5
"""Letters of a word that are compared where translations are: `withdraw` and `withdrawal` speak of one thing."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `key` is what is compared, digits for a number in whatever way it is written."""

    start: int
    end: int
    key: str
    is_number: bool
    is_name: bool


@cache
def _numbers() -> dict[str, str]:
    table = wordings()
    found = {str(word): str(n) for row in table["numbers"] for n, word in enumerate(row["words"], row["first"])}
    found.update((str(word), str(n)) for n, word in enumerate(table["ordinals"], 2))
    found.update((str(word), str(value)) for word, value in table["tens"].items())
    return found


def tokens(sentence: Sentence) -> list[Token]:
    """Return the words of a sentence, with their offsets in the text that it stands in."""
    return [
        _token(sentence.start + found.start(), found[0], n) for n, found in enumerate(_TOKEN.finditer(sentence.text))
    ]


def _token(start: int, word: str, place: int) -> Token:
    key, is_number = _key(word)
    return Token(start, start + len(word), key, is_number, place > 0 and word[:1].isupper() and not is_number)


@lru_cache(50_000)
def _key(word: str) -> tuple[str, bool]:
    if word[0].isdigit():
        bare = re.sub(r"(?:st|nd|rd|th)$", "", word).rstrip(" .,'")
        return (re.sub(r"\D", "", bare) if _GROUPED.fullmatch(bare) else bare), True
    folded = word.casefold().replace("’", "'")
    return (_numbers()[folded], True) if folded in _numbers() else (folded, False)


def stems(found: Sequence[Token]) -> frozenset[str]:
    """Return what of some words is compared with another version in the same language."""
    return frozenset(token.key if token.is_number else token.key[:STEM] for token in found)


def anchors(found: Sequence[Token]) -> frozenset[str]:
    """Return what of some words stays the same in another language: numbers, and the consonants of names."""
    return frozenset(key for token in found if (key := _anchor(token.key, token.is_number, token.is_name)))


@lru_cache(50_000)
def _anchor(key: str, is_number: bool, is_name: bool) -> str:
    if is_number:
        return key
    if not is_name:
        return ""
    sounds = anyascii(key).casefold().replace("ph", "f").replace("ck", "k").replace("c", "k").replace("w", "v")
    bones = re.sub(r"[^bdfgjklmnpqrstvxz]", "", sounds)
    return "~" + bones if len(bones) >= 3 else ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand opposite each other: `same` on both sides, or one side's in place of the other's (either may be
    empty). Spans are offsets into the two texts."""

    same: bool
    left: Span
    right: Span
    left_tokens: tuple[Token, ...]
    right_tokens: tuple[Token, ...]


def compare_words(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[Run]:
    """Return two stretches of sentences compared by word, in order."""
    one = [token for sentence in left for token in tokens(sentence)]
    other = [token for sentence in right for token in tokens(sentence)]
    runs: list[Run] = []
    a = b = 0
    for block in Indel.editops([t.key for t in one], [t.key for t in other]).as_matching_blocks():
        if block.a > a or block.b > b:
            runs.append(_run(False, one[a : block.a], other[b : block.b], runs))
        if block.size:
            a, b = block.a + block.size, block.b + block.size
            runs.append(_run(True, one[block.a : a], other[block.b : b], runs))
    return runs


def _run(same: bool, one: list[Token], other: list[Token], before: list[Run]) -> Run:
    left = (one[0].start, one[-1].end) if one else _point(before[-1].left[1] if before else 0)
    right = (other[0].start, other[-1].end) if other else _point(before[-1].right[1] if before else 0)
    return Run(same, left, right, tuple(one), tuple(other))


def _point(at: int) -> Span:
    return (at, at)
