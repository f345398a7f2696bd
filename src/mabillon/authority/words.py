"""How like two written words of a name are: the same letters, the same sounds, or one slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from mabillon.authority import slavic
from mabillon.authority.names import fold, script_of, table

_PHONETIC = (
    (r"^(al|el|ul|ad|as|ar|an|ash|ed|es|en)-", ""), (r"ck|gh|q|g|c(?![eiyh])", "k"), (r"ph", "f"),
    (r"kh", "h"), (r"tch|tsch|dzh|dj|ch", "c"), (r"sh|sch", "s"), (r"th", "t"), (r"dh", "d"), (r"w", "v"),
    (r"oo|ou", "u"), (r"ee", "i"), (r"[yj]", "i"), (r"ei", "ai"), (r"o", "u"), (r"z", "s"), (r"x", "ks"), (r"-", ""),
    (r"([^a])\1+", r"\1"),
)  # fmt: skip
BONES = 0.91
"""The likeness of words that share their consonants, one of them in a script that writes no vowels."""
_ARTICLE = re.compile(r"^(al|el|ul|ad|as|ar|an|ash|es|et|en)[ -]")
_SCIENTIFIC = re.compile("[čćšžđř]")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"}


@lru_cache(maxsize=20_000)
def spellings(word: str) -> frozenset[str]:
    """Return the plain Latin forms of a word: without its accents, and with umlauts written out."""
    forms = {fold(word)}
    if any(char in word for char in _UMLAUTS):
        forms.add(fold("".join(_UMLAUTS.get(char, char) for char in word)))
    return frozenset(form for form in forms if form)


@lru_cache(maxsize=20_000)
def phonetic(word: str) -> str:
    """Return a coarse sound: voicing of k, length, and close vowels are let go. For names of any language."""
    text = fold(word.removeprefix("ال"))
    for pattern, sound in _PHONETIC:
        text = re.sub(pattern, sound, text)
    return text


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """Return the consonants of the coarse sound."""
    return re.sub(r"[aeiu]", "", phonetic(word))


def _slavic_likeness(a: str, b: str) -> float:
    left, right = slavic.readings(a), slavic.readings(b)
    best = max((left[form] * right[form] for form in left.keys() & right.keys()), default=0.0)
    marked = _SCIENTIFIC.search(a) or _SCIENTIFIC.search(b) or "cyrillic" in (script_of(a), script_of(b))
    if best and not marked and not slavic.is_likely(a) and not slavic.is_likely(b):
        best *= 0.86
    return best


def _is_feminine_of(a: str, b: str) -> bool:
    """Return whether one is the other's feminine form (Ivanov, Ivanova): two persons, or husband and wife."""
    left, right = slavic.readings(a), slavic.readings(b)
    for one, other in ((left, right), (right, left)):
        for form in one:
            if re.search(r"(ов|ев|ин)$", form) and form + "а" in other:
                return True
            if form.endswith("ски") and form[:-1] + "а" in other:
                return True
    return False


def _slip(a: str, b: str) -> float:
    """Return the likeness of two plain words that differ by a letter or two; short words must agree."""
    shortest = min(len(a), len(b))
    if shortest < 5 or a[0] != b[0] and shortest < 8:
        return 0.0
    distance = OSA.distance(a, b, score_cutoff=2)
    if distance == 1:
        return 0.72 if shortest < 7 else 0.84
    return 0.74 if distance == 2 and shortest >= 9 else 0.0


def _unumlauted(forms: frozenset[str]) -> set[str]:
    """Return the forms with umlauts as the cheapest of printers set them: Müller, Mueller, Muller."""
    return {re.sub(r"(?<=[aou])e(?=[^aeiou])", "", form) for form in forms}


def _unvowelled(a: str, b: str) -> bool:
    return any(script_of(word) == "other" and not re.search(r"[aeiou]", fold(word)[1:]) for word in (a, b))


@lru_cache(maxsize=50_000)
def likeness(a: str, b: str) -> float:
    """Return 0 to 1: whether two words, as written, are one name. Symmetric."""
    if a == b or unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b):
        return 1.0
    left, right = spellings(a), spellings(b)
    if left & right:
        return 0.99
    if _ARTICLE.sub("", a) == _ARTICLE.sub("", b):
        return 0.96
    if _is_feminine_of(a, b):
        return 0.3
    best = _slavic_likeness(a, b)
    if _unumlauted(left) & _unumlauted(right):
        best = max(best, 0.9)
    if phonetic(a) == phonetic(b) and len(phonetic(a)) >= 4:
        best = max(best, 0.87)
    if len(skeleton(a)) >= 3 and skeleton(a) == skeleton(b) and _unvowelled(a, b):
        best = max(best, BONES)
    for one in left:
        for other in right:
            best = max(best, _slip(one, other))
    return best


@cache
def _common() -> frozenset[str]:
    names = [name for group in table("common") for name in group]
    return frozenset(form for name in names for form in (*spellings(name), *slavic.canonical_of_latin(name)))


@lru_cache(maxsize=20_000)
def is_common(family: str) -> bool:
    """Return whether many bear this family name (vocabulary/names/common.yaml)."""
    return bool(spellings(family) & _common()) or bool(slavic.readings(family).keys() & _common())


@cache
def _equivalents() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    groups: list[list[str]] = table("given_names")
    for index, group in enumerate(groups):
        for name in group:
            for form in {fold(name), *slavic.readings(name)}:
                found.setdefault(form, set()).add(index)
    return {form: frozenset(indices) for form, indices in found.items()}


@lru_cache(maxsize=20_000)
def given_groups(word: str) -> frozenset[int]:
    """Return the groups of equivalent given names that a word belongs to."""
    table_ = _equivalents()
    groups: frozenset[int] = frozenset()
    for form in (fold(word), *slavic.readings(word)):
        groups |= table_.get(form, frozenset())
    return groups


@lru_cache(maxsize=20_000)
def opens(initial: str, word: str) -> bool:
    """Return whether `word` may begin with `initial` (`Ya.` and Jakob; `Zh.` and Schukow's given name)."""
    if fold(word)[: len(fold(initial))] == fold(initial):
        return True
    heads = slavic.readings(initial)
    return any(form.startswith(head) for form in slavic.readings(word) for head in heads if head)
