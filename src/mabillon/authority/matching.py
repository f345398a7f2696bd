"""Whether two spellings can be one name: a score with the reasons for it.

A spelling stands for the names of one or several traditions (Korean syllables, Mandarin syllables, words with a
family name among them). Two spellings agree as far as one name can stand behind both. Names are evidence, not
identity: a score says that two wordings may name one person, and a person decides (`judgements`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from mabillon.authority import bodies, chinese, korean, persons
from mabillon.authority.hangul import simplified
from mabillon.authority.names import Name, fold, parse, unaccented
from mabillon.authority.score import SAME, Match

_BARE_EAST = 0.5
"""A Korean or Chinese family name alone: a quarter of a people may bear it."""


def _korean(a: Name, b: Name) -> list[tuple[float, bool]]:
    found = []
    for x in korean.readings(a):
        for y in korean.readings(b):
            bare = bool(x.given) != bool(y.given)
            found.append((korean.row_likeness(x.family, y.family) if bare else korean.compare(x, y), bare))
    return found


def _chinese(a: Name, b: Name) -> list[tuple[float, bool]]:
    found = []
    for x in chinese.readings(a):
        for y in chinese.readings(b):
            bare = bool(x.given) != bool(y.given)
            found.append((chinese.row_likeness(x.family, y.family) if bare else chinese.compare(x, y), bare))
    return found


def _by_syllables(a: Name, b: Name, tradition: str) -> Match | None:
    """Compare as Korean or Chinese names; None if one of the two cannot be such a name."""
    pairs = (_korean if tradition == "Korean" else _chinese)(a, b)
    if not pairs:
        return None
    score, bare = max((value * (_BARE_EAST if bare else 1.0), bare) for value, bare in pairs)
    if bare:
        return Match(score, (f"{tradition} family name alone",))
    return Match(score, (f"{tradition}: the same syllables" if score >= SAME else f"{tradition}: other syllables",))


def _by_words(a: Name, b: Name) -> Match:
    score, family, given = persons.compare(a, b)
    reasons = []
    if family:
        reasons.append("same family name" if family >= 0.95 else f"family names alike ({family:.2f})")
    if given == persons.CONFLICT:
        reasons.append("given names conflict")
    elif given == persons.COMMON:
        reasons.append("a common family name alone")
    elif given == persons.BARE:
        reasons.append("one without given names")
    elif given:
        reasons.append("given names agree")
    return Match(score, tuple(reasons) or ("no word in common",))


def _sorted_words(name: Name) -> tuple[str, ...]:
    return tuple(sorted(re.sub("-", "", fold(word.text)) for word in name.words))


def _characters(name: Name) -> str:
    return simplified(name.words[0].text)


def _persons(a: Name, b: Name) -> Match:
    if a.script != "han" and _sorted_words(a) == _sorted_words(b):
        return Match(1.0 if a.words == b.words else 0.99, ("the same words",))
    found = [match for tradition in ("Korean", "Chinese") if (match := _by_syllables(a, b, tradition))]
    east = max(found, key=lambda match: match.score, default=None)
    if a.script == b.script and a.script in ("han", "hangul", "kana") and _characters(a) == _characters(b):
        return Match(1.0, ("the same characters",))
    if a.script == b.script == "han":
        return _by_syllables(a, b, "Chinese") or Match(0.0, ("other characters",))
    west = _by_words(a, b)
    if east is None:
        return west
    if len(a.words) == len(b.words) == 1 and west.score >= SAME > east.score:
        return west
    return east


def contradicts(found: Match) -> bool:
    """Return whether a match speaks against one name: given names that conflict, other syllables, another country."""
    against = ("conflict", "other ", " is not ")
    return found.score < SAME and any(word in reason for reason in found.reasons for word in against)


def match(a: str, b: str, kind: str = "person") -> Match:
    """Return how well two spellings agree as names of one `kind`: person, family, org or place. Symmetric.

    Knows rules of writing only; names that no rule joins (Peking and Beijing by vocabulary, a cover name) are the
    register's to know. Raises ValueError for another kind.
    """
    if kind not in ("person", "family", "org", "place"):
        raise ValueError(f"no such kind of name: {kind!r} (person, family, org, place)")
    first, second = sorted((a, b))
    return _match(first, second, kind)


@lru_cache(maxsize=50_000)
def _match(a: str, b: str, kind: str) -> Match:
    left, right = parse(a), parse(b)
    if not left.words or not right.words:
        return Match(0.0, ("not a name",))
    if fold(a) and fold(a) == fold(b) and (a == b or left.script == right.script != "han"):
        return Match(1.0, ("written alike",))
    if unaccented(a) == unaccented(b):
        return Match(0.98, ("written alike but for accents",))
    if kind in ("person", "family"):
        return _persons(left, right)
    return bodies.compare_places(a, b) if kind == "place" else bodies.compare_orgs(a, b)
