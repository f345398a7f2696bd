"""What a query looks for in a text, so that it can be marked there: Tantivy marks no prefix and no fuzzy match.

A text is looked through for a few literal beginnings first, which costs almost nothing, and only the words found so are
cut down to their stems and compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mabillon.search.analysis import CJK, FOLDINGS, fold, folded, stems_of
from mabillon.text import Span

_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}](?:[^\W_{CJK}]|[\u0300-\u036f])*")
_MOST_KNOWN = 4_096
_SHORTEST_PIECE = 2
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

    def word(self, position: int) -> re.Match[str] | None:
        """Return the next word at or after `position`."""
        return _WORD.search(self.text, position)


def _folded_letters(text: str) -> str | None:
    low = text.lower()
    if not text.isascii():
        if len(low) != len(text) or _LONGER.search(low):
            return None
        low = _LETTER.sub(lambda letter: FOLDINGS[letter[0]], low)
    return low


def _start(text: str, at: int) -> int:
    """Return where the word begins that holds the letter at `at`."""
    while at > 0 and text[at - 1].isalnum() and not is_cjk(text[at - 1]):
        at -= 1
    return at


def is_cjk(sign: str) -> bool:
    return sign >= "\u2e80" and re.match(f"[{CJK}]", sign) is not None


@dataclass(frozen=True)
class Sought:
    """A word or phrase to be marked.

    heads: literal letters of which one is in its first word: its beginning or, if `inside`, any part of it
    first: whether a word of a text is its first
    rest: the folded words that must follow; open: the last of them is only a beginning
    """

    heads: tuple[str, ...]
    first: Callable[[str], bool]
    rest: tuple[str, ...] = ()
    open: bool = False
    inside: bool = False
    written: tuple[str, ...] = ()
    known: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    forms: set[str] = field(default_factory=set, repr=False, compare=False)

    def __post_init__(self) -> None:
        ways = [way for head in self.heads for way in (head, head.capitalize(), head.upper())]
        object.__setattr__(self, "written", tuple(dict.fromkeys(ways)))

    @classmethod
    def of_stems(cls, word: str, wanted: Sequence[tuple[str, str]]) -> Sought:
        """A lowered word in any inflection, of which one of the (field, stem) pairs `wanted` tells."""
        heads = {head for _, one in wanted for head in (_head(one), word[: len(_head(one))])} | {word, fold(word)}
        same = {word}

        def inflected(found: str) -> bool:
            low = found.lower()
            return low in same or any(one in stems_of(field, low) for field, one in wanted)

        return cls(_shortest(heads), inflected)

    @classmethod
    def of_phrase(cls, words: list[str]) -> Sought:
        first = words[0] if words else ""
        return cls((first,), lambda found: folded(found) == first, tuple(words[1:]))

    @classmethod
    def of_prefix(cls, words: list[str]) -> Sought:
        first = words[0]
        if len(words) == 1:
            return cls((first,), lambda found: folded(found).startswith(first))
        return cls((first,), lambda found: folded(found) == first, tuple(words[1:]), open=True)

    @classmethod
    def of_fuzzy(cls, word: str, distance: int) -> Sought:
        """Of 2n + 1 pieces of a word, n slips leave one whole (a swap can spoil two)."""
        pieces = 2 * distance + 1
        cuts = [len(word) * number // pieces for number in range(pieces + 1)]
        heads = tuple(dict.fromkeys(word[low:high] for low, high in zip(cuts, cuts[1:], strict=False) if low < high))
        return cls(heads, lambda found: within(word, folded(found), distance), inside=True)

    def spans(self, text: Folded, most: int) -> list[Span]:
        """Return the first `most` places of `text` that are to be marked (of each way to begin)."""
        low = text.low
        if low is not None and self.inside and self.forms:
            spans = self.of_forms(low)
            if spans:
                return spans[:most]
        if low is None or (self.inside and min(map(len, self.heads)) < _SHORTEST_PIECE):
            return self.of_all_words(text)[:most]
        found: list[Span] = []
        for head in self.heads if text.thorough else self.written:
            at, left = low.find(head), most
            while at >= 0 and left:
                span = self.span_at(text, low, at)
                if span is not None:
                    found.append(span)
                    left -= 1
                    if self.inside:
                        self.forms.add(low[slice(*span)])
                at = low.find(head, at + 1)
        return found

    def of_all_words(self, text: Folded) -> list[Span]:
        """Look at every word, where beginnings are of no help."""
        found = [word for word in _WORD.finditer(text.text) if self.begins(word[0])]
        if self.inside:
            self.forms.update(word[0] for word in found)
        return [span for word in found if (span := self.whole(text, word))]

    def of_forms(self, low: str) -> list[Span]:
        """Return the places of words that answered in other texts: most likely they are what answers in this one."""
        return [found.span() for form in self.forms for found in re.finditer(rf"\b{re.escape(form)}\b", low)]

    def span_at(self, text: Folded, low: str, at: int) -> Span | None:
        """Return what is sought if a word with one of the heads, found at `at`, begins it."""
        if self.inside:
            while at and low[at - 1].isalnum() and not is_cjk(low[at - 1]):
                at -= 1
        elif at and low[at - 1].isalnum() and not (is_cjk(low[at]) or is_cjk(low[at - 1])):
            return None
        word = _WORD.match(text.text, at)
        return self.whole(text, word) if word is not None and self.begins(word[0]) else None

    def begins(self, word: str) -> bool:
        """Tell whether a word as it stands in a text is the first of what is sought."""
        found = self.known.get(word)
        if found is None:
            if len(self.known) > _MOST_KNOWN:
                self.known.clear()
            found = self.known[word] = self.first(word)
        return found

    def whole(self, text: Folded, word: re.Match[str]) -> Span | None:
        """Return the span of the first word and those that must follow it; None if they do not."""
        end = word.end()
        for index, wanted in enumerate(self.rest, 1):
            found = text.word(end)
            if found is None:
                return None
            other = folded(found[0])
            if other != wanted and not (self.open and index == len(self.rest) and other.startswith(wanted)):
                return None
            end = found.end()
        return word.start(), end


def _head(stem: str) -> str:
    """Return how every word of a stem begins: its last letter may be none of theirs (happy, stem happi)."""
    return stem[:-1] if len(stem) > 3 else stem


def _shortest(heads: set[str]) -> tuple[str, ...]:
    """Return the heads that no other one begins."""
    return tuple(
        sorted(
            one for one in heads if one and not any(one != other and one.startswith(other) for other in heads if other)
        )
    )


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
