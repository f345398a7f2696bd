"""Two texts side by side: paragraphs aligned, words compared within them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
MOST_LINES = 2_000
"""Lines of a text that are compared and shown: no document has so many, a volume may."""

_MOST_STEPS = 2_000_000
"""Words of one line times words of the other up to which they are compared word by word."""

_ALIKE = 0.3
"""Lines of which at least so much is the same stand opposite each other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines that stand opposite each other; either may be empty. `same` where no word differs."""

    left: Markup
    right: Markup
    same: bool


def compare(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """Return both texts line by line, with the words that only one has in `<del>` (left) or `<ins>` (right)."""
    matcher = SequenceMatcher(None, [_key(line) for line in one], [_key(line) for line in other])
    pairs: list[Pair] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pairs += [Pair(escape(x), escape(y), True) for x, y in zip(one[a:b], other[c:d], strict=True)]
        else:
            pairs += _opposite(one[a:b], other[c:d])
    return pairs


def share(pairs: list[Pair]) -> float:
    """Return the share of pairs that are the same, 0 to 1."""
    return sum(pair.same for pair in pairs) / len(pairs) if pairs else 1.0


def _key(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


def _opposite(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    """Pair the lines of a stretch that differs, each with the next line that is like it."""
    at = 0
    for line in left:
        match = next((n for n in range(at, min(at + 8, len(right))) if _alike(line, right[n]) >= _ALIKE), None)
        if match is None:
            yield Pair(Markup("<del>{}</del>").format(line), Markup(""), False)
            continue
        yield from (Pair(Markup(""), Markup("<ins>{}</ins>").format(lone), False) for lone in right[at:match])
        yield _words(line, right[match])
        at = match + 1
    yield from (Pair(Markup(""), Markup("<ins>{}</ins>").format(lone), False) for lone in right[at:])


def _alike(one: str, other: str) -> float:
    a, b = set(_key(one).split()), set(_key(other).split())
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _words(left: str, right: str) -> Pair:
    one, other = _WORD.findall(left), _WORD.findall(right)
    if len(one) * len(other) > _MOST_STEPS:
        return Pair(Markup("<del>{}</del>").format(left), Markup("<ins>{}</ins>").format(right), False)
    matcher = SequenceMatcher(None, [w.casefold() for w in one], [w.casefold() for w in other], autojunk=False)
    sides: tuple[list[Markup], list[Markup]] = ([], [])
    same = True
    for kind, a, b, c, d in matcher.get_opcodes():
        for side, words, tag in ((0, one[a:b], "del"), (1, other[c:d], "ins")):
            joined = "".join(words)
            if kind == "equal" or not joined.strip():
                sides[side].append(escape(joined))
            else:
                same = False
                sides[side].append(Markup(f"<{tag}>{{}}</{tag}>").format(joined))
    return Pair(Markup("").join(sides[0]), Markup("").join(sides[1]), same)
