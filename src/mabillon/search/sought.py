"""What a query looks for in a text, so that it can be marked there: Tantivy marks no prefix and no fuzzy match.

A text is looked through for a few literal beginnings first, which costs almost nothing, and only the words found so are
cut down to their stems and compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mabillon.search.analysis import CJK, FOLDINGS, folded, stem
from mabillon.text import Span

_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}](?:[^\W_{CJK}]|[\u0300-\u036f])*")
_LETTER = re.compile("[" + "".join(letter for letter, folded in FOLDINGS.items() if len(folded) == 1) + "]")
_LONGER = re.compile(
    "[" + "".join(letter for letter, folded in FOLDINGS.items() if len(folded) > 1)
    + "\u0300-\u036f\u2150-\u218f\u2460-\u24ff\ufb00-\ufb4f\uff00-\uffef]"
)  # fmt: skip


class Folded:
    """A text in which words can be looked for.

    At first it stands as it is, and beginnings are looked for as they are usually written: in lower case, with a
    capital, in capitals. `thorough`: it is folded letter by letter, which takes ten times as long; `low` is None where
    that would change its length, and then every word is looked at.
    """

    def __init__(self, text: str, thorough: bool = False) -> None:
        self.text = text
        self.thorough = thorough
        self.low: str | None = _folded_letters(text) if thorough else text

    def word(self, position: int) -> tuple[str, int, int] | None:
        """Return the next word at or after `position`, folded, with its offsets."""
        found = _WORD.search(self.text, position)
        return None if found is None else (_word(found[0]), found.start(), found.end())

    def candidates(self, sought: Sought) -> Iterator[tuple[str, int, int]]:
        """Yield words that may begin what is sought, folded, with their offsets."""
        low = self.low
        if low is None:
            for found in _WORD.finditer(self.text):
                yield _word(found[0]), found.start(), found.end()
            return
        for head in sought.heads if self.thorough else sought.written:
            at = low.find(head)
            while at >= 0:
                start = _start(low, at) if sought.inside else at
                if start == 0 or not low[start - 1].isalnum() or _is_cjk(head[0]) or _is_cjk(low[start - 1]):
                    word = _WORD.match(self.text, start)
                    if word is not None:
                        yield _word(word[0]), start, word.end()
                at = low.find(head, at + 1)


def _folded_letters(text: str) -> str | None:
    low = text.lower()
    if not text.isascii():
        if len(low) != len(text) or _LONGER.search(low):
            return None
        low = _LETTER.sub(lambda letter: FOLDINGS[letter[0]], low)
    return low


def _start(text: str, at: int) -> int:
    """Return where the word begins that holds the letter at `at`."""
    while at > 0 and text[at - 1].isalnum() and not _is_cjk(text[at - 1]):
        at -= 1
    return at


def _word(word: str) -> str:
    return word.lower() if word.isascii() else folded(word)


def _is_cjk(sign: str) -> bool:
    return sign >= "\u2e80" and re.match(f"[{CJK}]", sign) is not None


@dataclass(frozen=True)
class Sought:
    """A word or phrase to be marked.

    heads: literal letters of which one is in its first word: its beginning or, if `inside`, any part of it
    first: whether a folded word is its first
    rest: the folded words that must follow; open: the last of them is only a beginning
    """

    heads: tuple[str, ...]
    first: Callable[[str], bool]
    rest: tuple[str, ...] = ()
    open: bool = False
    inside: bool = False
    written: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ways = [way for head in self.heads for way in (head, head.capitalize(), head.upper())]
        object.__setattr__(self, "written", tuple(dict.fromkeys(ways)))

    @classmethod
    def of_stems(cls, word: str, stems: dict[str, str]) -> Sought:
        """A word in any inflection. A stem's last letter may be none of the word's (happy, stem happi)."""
        wanted = tuple({(field, one) for field, one in stems.items() if one})
        heads = {one[:-1] if len(one) > 3 else one for _, one in wanted} | {word}
        least = {head for head in heads if not any(head != other and head.startswith(other) for other in heads)}
        return cls(tuple(sorted(least)), _Inflected(word, wanted))

    @classmethod
    def of_phrase(cls, words: list[str]) -> Sought:
        first = words[0] if words else ""
        return cls((first,), first.__eq__, tuple(words[1:]))

    @classmethod
    def of_prefix(cls, words: list[str]) -> Sought:
        first = words[0]
        if len(words) == 1:
            return cls((first,), lambda found: found.startswith(first))
        return cls((first,), first.__eq__, tuple(words[1:]), open=True)

    @classmethod
    def of_fuzzy(cls, word: str, distance: int) -> Sought:
        """Of 2n + 1 pieces of a word, n slips leave one whole (a swap can spoil two)."""
        pieces = 2 * distance + 1
        cuts = [len(word) * number // pieces for number in range(pieces + 1)]
        heads = tuple(dict.fromkeys(word[low:high] for low, high in zip(cuts, cuts[1:], strict=False) if low < high))
        return cls(heads, lru_cache(maxsize=4096)(lambda found: within(word, found, distance)), inside=True)

    def spans(self, text: Folded, most: int) -> list[Span]:
        """Return the first `most` places of `text` that are to be marked."""
        found: list[Span] = []
        for word, start, end in text.candidates(self):
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


class _Inflected:
    """Tells whether a folded word is the word `word` in another inflection, in one of the languages of the index."""

    def __init__(self, word: str, wanted: tuple[tuple[str, str], ...]) -> None:
        self.known = {word: True}
        self.wanted = wanted

    def __call__(self, found: str) -> bool:
        same = self.known.get(found)
        if same is None:
            same = self.known[found] = any(stem(field, found) == one for field, one in self.wanted)
        return same


def within(wanted: str, found: str, distance: int) -> bool:
    """Tell whether two words differ by at most `distance` letters put in, left out, changed, or swapped."""
    least = min(len(wanted), len(found))
    if abs(len(wanted) - len(found)) > distance:
        return False
    start = 0
    while start < least and wanted[start] == found[start]:
        start += 1
    a, b = wanted[start:], found[start:]
    if not a or not b:
        return max(len(a), len(b)) <= distance
    if distance == 0:
        return False
    less = distance - 1
    swapped = a[:2] == b[1::-1] and len(a) > 1 and within(a[2:], b[2:], less)
    return swapped or within(a[1:], b[1:], less) or within(a[1:], b, less) or within(a, b[1:], less)
