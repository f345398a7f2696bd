"""What people type into a search: which of it is a name, and how else that name may stand in the documents.

Most typed words are no names, and a search has a fraction of a millisecond: a word is asked about only if the
register knows it as it stands, or if it looks like a name that rules of writing can spell out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mabillon.authority import chinese, korean
from mabillon.authority.covers import CoverName
from mabillon.authority.names import fold, parse, script_of
from mabillon.authority.register import standard

SURE_COVER = 0.85
"""Certainty of a cover name from which on a search for the person looks for it."""

LONGEST_RUN = 4
"""Words of the longest name that is looked for among typed words."""
_SLAVIC = re.compile(
    r"^\w{3,}(ov|ev|ow|ew|off|eff|ova|eva|owa|ewa|sky|skiy|skii|skij|ski|skaya|[^aeiou]ko|chuk|yan|jan|dze|vili|"
    r"ich|itsch|itch|[^aeiouw]ine?|v')$"
)
_WORD = re.compile(r"^[^\W\d_]+(['’-][^\W\d_]+)*\.?$")


@lru_cache(maxsize=20_000)
def typed_spellings(text: str) -> tuple[str, ...]:
    """Return the other spellings of a typed word or run of words, likeliest first; () if it is no name.

    One Latin word counts as a name if it is a form that the register knows or ends as Slavic names do; several words
    if the register knows them together, or if they are capitalized and can be a Korean or Chinese name. Never raises.
    """
    words = text.split()
    if not words or len(words) > LONGEST_RUN or not all(_WORD.match(word) for word in words):
        return ()
    if standard().knows(text) or (_may_be_name(words[0]) if len(words) == 1 else _may_be_eastern(words)):
        return standard().expand_ranked(text)
    return ()


def _may_be_name(word: str) -> bool:
    return script_of(word) != "latin" or bool(_SLAVIC.match(fold(word))) or "-" in word


def _may_be_eastern(words: list[str]) -> bool:
    if not all(word[0].isupper() and (len(word) == 1 or not word.isupper()) for word in words[:2]):
        return False
    parsed = parse(" ".join(words))
    given = [len(reading.given) for reading in korean.readings(parsed)]
    given += [len(reading.given) for reading in chinese.readings(parsed)]
    return 2 in given or (len(words) == 2 and any(given))


@lru_cache(maxsize=20_000)
def typed_covers(text: str) -> tuple[CoverName, ...]:
    """Return the cover names of the one person whom a typed name surely means, those that the literature is sure of.

    () for what is no name, or may be several persons'. Never raises.
    """
    if not typed_spellings(text):
        return ()
    known = standard().known(text, "person")
    covers = standard().covers_of(known.pop()) if len(known) == 1 else ()
    return tuple(cover for cover in covers if cover.certainty >= SURE_COVER)


def name_runs(words: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return the runs of two to LONGEST_RUN neighbouring words that are one name, as (first, after last, other
    spellings): the longest first, none over another, in the order of the words. `Mao Tse tung visit` has one."""
    taken: list[tuple[int, int, tuple[str, ...]]] = []
    for length in range(min(LONGEST_RUN, len(words)), 1, -1):
        for start in range(len(words) - length + 1):
            if any(start < end and first < start + length for first, end, _ in taken):
                continue
            spelt = typed_spellings(" ".join(words[start : start + length]))
            if spelt:
                taken.append((start, start + length, spelt))
    return sorted(taken)
