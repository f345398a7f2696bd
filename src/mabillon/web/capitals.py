"""Names and headings that a source sets in capitals, set in small capitals as an edition in print sets them."""

from __future__ import annotations

import re

from markupsafe import escape

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def set_words(words: str) -> str:
    """Return escaped words, with names and headings set in capitals marked for small capitals."""
    pieces, at = [], 0
    for start, end in _capitals(words):
        pieces += [str(escape(words[at:start])), f'<span class="sc">{escape(words[start:end])}</span>']
        at = end
    return "".join([*pieces, str(escape(words[at:]))])


def _capitals(words: str) -> list[tuple[int, int]]:
    """Return runs of words in capitals that hold at least one word of three letters."""
    runs: list[tuple[int, int, int]] = []
    for found in _WORD.finditer(words):
        if not found.group().isupper():
            continue
        if runs and words[runs[-1][1] : found.start()] in (" ", ", ", ". "):
            runs[-1] = (runs[-1][0], found.end(), max(runs[-1][2], len(found.group())))
        else:
            runs.append((found.start(), found.end(), len(found.group())))
    return [(start, end) for start, end, longest in runs if longest >= 3]
