"""Names of places and corporate bodies compared by their words and by the syllables behind them."""

from __future__ import annotations

import re
from functools import lru_cache

from mabillon.authority import chinese, korean, words
from mabillon.authority.names import clean, fold, script_of, table
from mabillon.authority.score import Match


def _vocabulary(key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in table("bodies")[key])


@lru_cache(maxsize=20_000)
def place_parts(name: str) -> tuple[str, str]:
    """Return the place's own name, without generic words, and its qualifier (`Georgetown`, `Guyana`)."""
    head, _, tail = clean(re.sub(r"\(([^)]*)\)", r", \1", name)).casefold().partition(",")
    generic = _vocabulary("place_generic")
    kept = [word for word in head.split() if fold(word) not in generic] or head.split()
    text = " ".join(kept)
    for suffix in table("bodies")["place_suffixes"]:
        if len(text) > len(suffix) + 1 and text.endswith(suffix):
            text = text.removesuffix(suffix).rstrip("- ")
            break
    return text, tail.strip(" ,")


@lru_cache(maxsize=10_000)
def _korean(text: str) -> tuple[tuple[korean.Syllable, ...], ...]:
    return korean.syllable_rows(text, script_of(text))


@lru_cache(maxsize=10_000)
def _chinese(text: str) -> tuple[tuple[chinese.Syllable, ...], ...]:
    return chinese.syllable_rows(text, script_of(text))


def _by_syllables(a: str, b: str) -> Match:
    """Compare places as Korean and as Chinese ones, unless both are Latin words spelt alike anyway."""
    best = Match(0.0, ())
    for x in _korean(a):
        for y in _korean(b):
            score = korean.row_likeness(x, y)
            if score > best.score:
                best = Match(score, ("Korean: the same syllables",))
    for p in _chinese(a):
        for q in _chinese(b):
            score = chinese.row_likeness(p, q)
            if score > best.score:
                best = Match(score, ("Chinese: the same syllables",))
    return best


def _alike(a: str, b: str) -> float:
    """Return the likeness of two places' names as words; consonants alone join them only if there are four."""
    alike = words.likeness(a, b)
    return alike if alike != words.BONES or len(words.skeleton(a)) > 3 else 0.0


def compare_places(a: str, b: str) -> Match:
    """Return how well two spellings agree as names of a place. Qualifiers that differ part namesakes."""
    (left, qualifier), (right, other) = place_parts(a), place_parts(b)
    alike = _alike(left, right)
    reason = "the same name" if alike >= 0.95 else f"names alike ({alike:.2f})"
    found = Match(alike, (reason,) if alike else ())
    if len(left) > 3 or script_of(left) != "latin":
        syllables = _by_syllables(left, right)
        found = max(found, syllables, key=lambda match: match.score)
    if qualifier and other and words.likeness(qualifier, other) < 0.8:
        return Match(found.score * 0.2, (*found.reasons, f"{qualifier} is not {other}"))
    return found if found.reasons else Match(0.0, ("no likeness",))


@lru_cache(maxsize=20_000)
def org_words(name: str) -> frozenset[str]:
    """Return what a body's name is made of: significant words, each as the term it stands for."""
    bare = re.sub(r"[()\[\]]", " ", name[:400])
    is_acronym = re.fullmatch(r"(\w\.)+\w?\.?", bare.strip())
    text = fold(bare.replace(".", "") if is_acronym else re.sub(r"[.,;:/]", " ", bare))
    for pattern, phrase, term in _term_patterns():
        if phrase in text:
            text = pattern.sub(f" {term} ", text)
    return frozenset(word for word in text.split() if word not in _vocabulary("org_stopwords"))


def _own_words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(name))) - _vocabulary("org_stopwords")


@lru_cache(maxsize=1)
def _terms() -> dict[str, str]:
    return {fold(wording): term for term, wordings in table("bodies")["org_terms"].items() for wording in wordings}


@lru_cache(maxsize=1)
def _term_patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return the wordings of common terms, the longest first."""
    listed = sorted(_terms().items(), key=lambda item: -len(item[0]))
    return tuple((re.compile(rf"(?<![a-z0-9]){re.escape(p)}(?![a-z0-9])"), p, term) for p, term in listed)


def compare_orgs(a: str, b: str) -> Match:
    """Return how well two names of corporate bodies agree: word by word, common terms counted as one word."""
    left, right = org_words(a), org_words(b)
    if not left or not right:
        return Match(0.0, ("no word of its own",))
    shared = {x for x in left if any(x == y or (len(x) > 4 and words.likeness(x, y) >= 0.84) for y in right)}
    score = 2 * len(shared) / (len(left) + len(right))
    if _own_words(a) == _own_words(b):
        return Match(1.0, ("the same words",))
    if shared <= _vocabulary("org_generic"):
        return Match(min(score, 0.75), ("general terms only", *sorted(shared)))
    if score < 1 and (left <= right or right <= left):
        return Match(min(score, 0.75), ("one name holds the other", *sorted(shared)))
    return Match(score, tuple(f"both: {word}" for word in sorted(shared)) or ("no word in common",))
