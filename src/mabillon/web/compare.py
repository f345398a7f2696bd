"""Two texts side by side: sentences set opposite each other, words compared within them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from mabillon.collation import Bead, Run, Sentence, align, compare_words, sentences

MOST_LINES = 2_000
"""Lines of a text that are compared and shown: no document has so many, a volume may."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands opposite each other; either may be empty. `same` where no word differs."""

    left: Markup
    right: Markup
    same: bool


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    sentences: Sequence[Sentence]

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Side:
        text = "\n\n".join(lines)
        return cls(text, sentences(text, everything=True))

    def stretch(self, places: range) -> str:
        """Return some sentences, one paragraph a line."""
        return (
            _lines(self.text[self.sentences[places.start].start : self.sentences[places.stop - 1].end])
            if places
            else ""
        )


def compare(one: Sequence[str], other: Sequence[str], same_language: bool = True) -> list[Pair]:
    """Return both texts sentence by sentence, with the words that only one has in `<del>` (left) or `<ins>` (right).

    In two languages every word differs: then sentences are set opposite each other and nothing is marked.
    """
    left, right = _Side.of(one), _Side.of(other)
    beads = align(left.sentences, right.sentences, same_language)
    return [_words(left, right, bead) if same_language else _opposite(left, right, bead) for bead in beads]


def share(pairs: list[Pair]) -> float:
    """Return the share of pairs that are the same, 0 to 1."""
    return sum(pair.same for pair in pairs) / len(pairs) if pairs else 1.0


def _opposite(left: _Side, right: _Side, bead: Bead) -> Pair:
    return Pair(escape(left.stretch(bead.left)), escape(right.stretch(bead.right)), True)


def _words(left: _Side, right: _Side, bead: Bead) -> Pair:
    if not bead.left or not bead.right:
        gone, new = left.stretch(bead.left), right.stretch(bead.right)
        deleted, inserted = Markup("<del>{}</del>").format(gone), Markup("<ins>{}</ins>").format(new)
        return Pair(deleted if gone else Markup(""), inserted if new else Markup(""), False)
    one, other = left.sentences[_slice(bead.left)], right.sentences[_slice(bead.right)]
    runs = compare_words(one, other)
    return Pair(
        Markup("").join(_marked(left.text, one, runs, "left", "del")),
        Markup("").join(_marked(right.text, other, runs, "right", "ins")),
        all(run.same for run in runs),
    )


def _lines(words: str) -> str:
    return words.replace("\n\n", "\n")


def _slice(places: range) -> slice:
    return slice(places.start, places.stop)


def _marked(text: str, its: Sequence[Sentence], runs: Sequence[Run], side: str, tag: str) -> Iterator[Markup]:
    """Yield a stretch of a text in parts, with the words in `tag` that the other side does not have."""
    at, end = its[0].start, its[-1].end
    for run in runs:
        start, stop = getattr(run, side)
        if not run.same and start < stop:
            yield escape(_lines(text[at:start]))
            yield Markup(f"<{tag}>{{}}</{tag}>").format(_lines(text[start:stop]))
            at = stop
    yield escape(_lines(text[at:end]))
