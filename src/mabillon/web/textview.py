"""The text as HTML: blocks with marked words. Everything from the document is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from mabillon.text import Span, Text
from mabillon.web.capitals import set_words
from mabillon.web.segments import Close, Mark, Open, Words, cut
from mabillon.web.typeset import Block


class WordMarks:
    """Marks of one text, handed out block by block; remembers which values already have their anchor.

    `labels` says of each key what its value is called; `flagged` are the keys that take part in a finding; `calls` are
    where the text calls its footnotes, the first of them first.
    """

    def __init__(
        self, marks: Sequence[Mark], labels: dict[str, str], flagged: set[str], calls: Sequence[Span] = ()
    ) -> None:
        self._marks = list(marks)
        self._labels = labels
        self._flagged = flagged
        self._calls = sorted((start, end, number) for number, (start, end) in enumerate(calls, 1))
        self._anchored: set[str] = set()
        self._next = 0
        self._running: list[Mark] = []

    def of(self, block: Block) -> list[Mark]:
        """Return the marks that meet `block`; blocks must be asked for in text order."""
        while self._next < len(self._marks) and self._marks[self._next].start < block.end:
            self._running.append(self._marks[self._next])
            self._next += 1
        self._running = [mark for mark in self._running if mark.end > block.start]
        return [mark for mark in self._running if mark.start < block.end]

    def opening(self, mark: Mark) -> str:
        """Return the start of a piece of `mark`: with an anchor `w-KEY` for each value that has none yet."""
        fresh = [key for key in mark.keys if key not in self._anchored]
        self._anchored.update(fresh)
        anchor = f' id="w-{fresh[0]}"' if fresh else ""
        more = "".join(f'<span id="w-{key}"></span>' for key in fresh[1:])
        flag = " flag" if self._flagged.intersection(mark.keys) else ""
        return f'<span class="w{flag}"{anchor} data-v="{" ".join(mark.keys)}">{more}'

    def calls_in(self, words: Words) -> Iterator[tuple[Words, int]]:
        """Yield `words` in pieces, each with the number of the footnote that it calls, 0 for none."""
        at = words.start
        for start, end, number in self._calls:
            start, end = max(at, start), min(words.end, end)
            if start < end:
                if at < start:
                    yield Words(at, start), 0
                yield Words(start, end), number
                at = end
        if at < words.end:
            yield Words(at, words.end), 0

    def call(self, number: int, words: str) -> str:
        """Return words that call a footnote as a link to it; the first of them are where it leads back to."""
        anchor = "" if f"n{number}" in self._anchored else f' id="call-{number}"'
        self._anchored.add(f"n{number}")
        return f'<a class="call"{anchor} href="#note-{number}">{words}</a>'

    def link(self, mark: Mark, words: str) -> str:
        """Return words that lead to the first value that they state, and say what that is."""
        title = escape(", ".join(dict.fromkeys(self._labels[key] for key in mark.keys)))
        return f'<a href="#{mark.keys[0]}" title="{title}">{words}</a>'


def render_block(text: Text, block: Block, marks: WordMarks) -> Markup:
    """Return the inner HTML of a block. Its text content is the block's text, character for character."""
    pieces: list[str] = []
    inside: list[Mark] = []
    for token in cut(block.start, block.end, marks.of(block)):
        if isinstance(token, Open):
            inside.append(token.mark)
            pieces.append(marks.opening(token.mark))
        elif isinstance(token, Close):
            inside.pop()
            pieces.append("</span>")
        elif isinstance(token, Words):
            for piece, number in marks.calls_in(token):
                words = text[piece.start, piece.end]
                if number:
                    pieces.append(marks.call(number, str(escape(words))))
                else:
                    pieces.append(marks.link(inside[-1], set_words(words)) if inside else set_words(words))
    return Markup("".join(pieces))
