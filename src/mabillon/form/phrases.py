"""Finding the wordings of the vocabulary in a line by its words: a dictionary look-up a word, no regular expression.

Some 900 wordings would make alternations that are tried at every character; looked up by their first word they cost
under a microsecond a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

WORD = re.compile(r"[^\W_]+")

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]
"""First word → the rest of each wording that begins so, with its cue; longest first."""


def index(wordings: Mapping[str, Iterable[str]]) -> Phrases:
    """Return the look-up table of `wordings` (cue → wordings)."""
    found: Phrases = {}
    for cue, words in wordings.items():
        for wording in words:
            head, *rest = WORD.findall(wording.casefold()) or [""]
            if head:
                found.setdefault(head, []).append((tuple(rest), cue))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def matches(phrases: Phrases, words: Sequence[str], at: int) -> dict[str, int]:
    """Return cue → number of words, for each cue that has a wording in `words` at position `at` (its longest)."""
    found: dict[str, int] = {}
    for rest, cue in phrases.get(words[at], ()):
        if cue not in found and (not rest or tuple(words[at + 1 : at + 1 + len(rest)]) == rest):
            found[cue] = len(rest) + 1
    return found
