"""What a query looks for in a text, so that it can be marked there: Tantivy marks no prefix and no fuzzy match.

A text is looked through for a few literal beginnings first, which costs almost nothing, and only the words found so are
cut down to their stems and compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mabillon.search.analysis import CJK, PLAIN, folded, stem
from mabillon.text import Span

_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}](?:[^\W_{CJK}]|[\u0300-\u036f])*")
_CHANGED = re.compile(
    "[\u00c0-\u024f\u0300-\u036f\u0400\u0401\u0450\u0451\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uff00-\uffef]"
)
"""Letters that folding may change in other ways than by case."""


def _same_length(first: int, last: int) -> dict[int, str]:
    found = {}
    for code in range(first, last):
        letters = PLAIN.analyze(chr(code))
        if letters and len(letters[0]) == 1:
            found[code] = letters[0]
    return found


_FOLDED = _same_length(0xC0, 0x250) | _same_length(0x1E00, 0x1F00) | {0x401: "е", 0x451: "е"}
_LONGER = re.compile(
    "[" + "".join(re.escape(chr(c)) for c in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if c not in _FOLDED)
    + "\u0300-\u036f\uff00-\uffef\u2c60-\u2c7f\ua720-\ua7ff]"
)  # fmt: skip


class Folded:
    """A text whose words can be compared. `low` is as long as the text, and folded letter by letter, or None."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = _low(text)

    def word(self, position: int) -> tuple[str, int, int] | None:
        """Return the next word at or after `position`, folded, with its offsets."""
        found = _WORD.search(self.text if self.low is None else self.low, position)
        if found is None:
            return None
        return (found[0] if self.low is not None else folded(found[0])), found.start(), found.end()

    def candidates(self, heads: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """Yield words that begin with one of `heads`; with no heads, or letters that fold to several, all words."""
        if self.low is None or not heads:
            for found in _WORD.finditer(self.text):
                whole = folded(found[0]) if self.low is None else self.low[found.start() : found.end()]
                yield whole, found.start(), found.end()
            return
        for head in heads:
            at = self.low.find(head)
            while at >= 0:
                if at == 0 or not self.low[at - 1].isalnum() or _is_cjk(head[0]) or _is_cjk(self.low[at - 1]):
                    word = _WORD.match(self.low, at)
                    if word is not None:
                        yield word[0], at, word.end()
                at = self.low.find(head, at + 1)


def _low(text: str) -> str | None:
    low = text.lower()
    if text.isascii():
        return low
    if _CHANGED.search(low):
        if _LONGER.search(low):
            return None
        low = low.translate(_FOLDED)
    return low if len(low) == len(text) else None


def _is_cjk(sign: str) -> bool:
    return sign >= "\u2e80" and re.match(f"[{CJK}]", sign) is not None


@dataclass(frozen=True)
class Sought:
    """A word or phrase to be marked.

    heads: how its first word may begin; first: whether a folded word is its first
    rest: the folded words that must follow; open: the last of them is only a beginning
    """

    heads: tuple[str, ...]
    first: Callable[[str], bool]
    rest: tuple[str, ...] = ()
    open: bool = False

    @classmethod
    def of_stems(cls, word: str, stems: dict[str, str]) -> Sought:
        """A word in any inflection. A stem's last letter may be none of the word's (happy, stem happi)."""
        wanted = tuple((field, one) for field, one in stems.items() if one)
        heads = {one[: max(2, len(one) - 1)] if len(one) > 2 else one for _, one in wanted} | {word}
        least = {head for head in heads if not any(head != other and head.startswith(other) for other in heads)}
        return cls(tuple(sorted(least)), lambda found: any(stem(field, found) == one for field, one in wanted))

    @classmethod
    def of_phrase(cls, words: list[str]) -> Sought:
        first = words[0] if words else ""
        return cls((first,), lambda found: found == first, tuple(words[1:]))

    @classmethod
    def of_prefix(cls, words: list[str]) -> Sought:
        first = words[0]
        if len(words) == 1:
            return cls((first,), lambda found: found.startswith(first))
        return cls((first,), lambda found: found == first, tuple(words[1:]), open=True)

    @classmethod
    def of_fuzzy(cls, word: str, distance: int) -> Sought:
        return cls((), lru_cache(maxsize=4096)(lambda found: within(word, found, distance)))

    def spans(self, text: Folded, most: int) -> list[Span]:
        """Return the first `most` places of `text` that are to be marked."""
        found: list[Span] = []
        for word, start, end in text.candidates(self.heads):
            if self.first(word):
                stop = self._follow(text, end)
                if stop is not None:
                    found.append((start, stop))
                    if len(found) == most:
                        break
        return found

    def _follow(self, text: Folded, end: int) -> int | None:
        for index, wanted in enumerate(self.rest):
            found = text.word(end)
            if found is None:
                return None
            last = self.open and index == len(self.rest) - 1
            if not (found[0].startswith(wanted) if last else found[0] == wanted):
                return None
            end = found[2]
        return end


def within(wanted: str, found: str, distance: int) -> bool:
    """Tell whether two words differ by at most `distance` letters put in, left out, changed, or swapped."""
    if abs(len(wanted) - len(found)) > distance:
        return False
    if wanted == found:
        return True
    before: list[int] = []
    row = list(range(len(found) + 1))
    for i, letter in enumerate(wanted, 1):
        new = [i]
        for j, other in enumerate(found, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == found[j - 2] and wanted[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > distance:
            return False
        before, row = row, new
    return row[-1] <= distance
