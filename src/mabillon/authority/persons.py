"""Names of persons compared: which word is the family name, and whether the given names can be one person's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mabillon.authority import slavic, words
from mabillon.authority.names import Name, Word, fold, table

CONFLICT, COMMON, BARE, SLIP = 0.15, 0.7, 0.9, 0.84
FIRST = 0.92
"""The weight of taking the first word for the family name where nothing says so."""
_PATRONYMIC = re.compile(r"(ович|евич|ич|овна|евна|ична)$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """One way to part a name: the family name's words, the given names before or after, how likely this way is."""

    family: str
    given: tuple[Word, ...]
    weight: float


def _is_patronymic(word: str) -> bool:
    return any(_PATRONYMIC.search(form) for form in slavic.readings(word)) and len(word) > 5


def _family_first(name: Name) -> bool:
    spelt = name.words
    if spelt[0].capitals and not all(word.capitals for word in spelt if not word.initial):
        return True
    return all(word.initial for word in spelt[1:]) or (len(spelt) == 3 and _is_patronymic(spelt[2].text))


@lru_cache(maxsize=20_000)
def partings(name: Name) -> tuple[Parsed, ...]:
    """Return the ways to part `name` into family and given names, the likeliest first; () if it has no words."""
    spelt = name.words
    if not spelt:
        return ()
    if len(spelt) == 1:
        return (Parsed(spelt[0].text, (), 1.0),)
    if 0 < name.family < len(spelt):
        return tuple(_inverted(spelt[: name.family], spelt[name.family :]))
    if _family_first(name) and not spelt[0].initial:
        return (Parsed(spelt[0].text, spelt[1:], 1.0), *_compound(name))
    found = [Parsed(spelt[-1].text, spelt[:-1], 1.0)] if not spelt[-1].initial else []
    capitals = [i for i, word in enumerate(spelt) if word.capitals and not word.initial]
    if capitals and len(capitals) < len(name.full):
        found = [Parsed(spelt[capitals[-1]].text, tuple(w for i, w in enumerate(spelt) if i not in capitals), 1.0)]
    found += _compound(name)
    if len(name.full) >= 2 and not spelt[0].initial:
        found.append(Parsed(spelt[0].text, spelt[1:], FIRST))
    return tuple(found)


def _inverted(family: tuple[Word, ...], given: tuple[Word, ...]) -> list[Parsed]:
    """Family names before a comma: all of them (Castillo Armas), one of several, or with a particle set behind."""
    found = [Parsed(" ".join(word.text for word in family), given, 1.0)]
    if len(family) > 1:
        found += [Parsed(family[0].text, given, 0.95), Parsed(family[-1].text, given, 0.93)]
    if len(given) > 1 and fold(given[-1].text) in (*table("titles")["particles"], *table("titles")["articles"]):
        found.append(Parsed(f"{given[-1].text} {found[0].family}", given[:-1], 1.0))
        found.append(Parsed(found[0].family, given[:-1], 0.97))
    return found


def _compound(name: Name) -> list[Parsed]:
    """Family names of several words: with particles (Couve de Murville), and two family names (Castro Ruz)."""
    found = []
    spelt, particles = name.words, set(table("titles")["particles"])
    for index, word in enumerate(spelt[1:-1], start=1):
        if fold(word.text) in particles and not word.initial:
            found.append(Parsed(" ".join(w.text for w in spelt[index + 1 :]), spelt[:index], 1.0))
            found.append(Parsed(" ".join(w.text for w in spelt[index - 1 :]), spelt[: index - 1], 0.97))
            break
    if len(name.full) == len(spelt) in (2, 3) and not _is_patronymic(spelt[-1].text):
        found.append(Parsed(" ".join(word.text for word in spelt[-2:]), spelt[:-2], 0.96))
    if len(name.full) >= 3 and len(spelt) == 3 and not _is_patronymic(spelt[2].text):
        found.append(Parsed(spelt[1].text, spelt[:1], 0.93))
    return found


def _given_pair(a: Word, b: Word) -> float:
    """Return whether two given names, full or initial, can be one; 0 if they cannot."""
    if a.initial and b.initial:
        return 0.95 if words.opens(a.text, b.text) or words.opens(b.text, a.text) else 0.0
    if a.initial or b.initial:
        initial, full = (a, b) if a.initial else (b, a)
        if words.opens(initial.text, full.text):
            return 0.95
        if words.given_groups(initial.text) & words.given_groups(full.text):
            return 0.95
        letters = fold(initial.text)[:1] if len(initial.text) == 1 else ""
        return 0.9 if letters and any(fold(name)[:1] == letters for name in _others(full.text)) else 0.0
    alike = words.likeness(a.text, b.text)
    if alike >= 0.8:
        return 1.0
    if words.given_groups(a.text) & words.given_groups(b.text):
        return 0.95
    short, long = sorted((fold(a.text), fold(b.text)), key=len)
    return 0.9 if len(short) >= 3 and long.startswith(short) else 0.0


@lru_cache(maxsize=5_000)
def _others(given: str) -> tuple[str, ...]:
    groups = words.given_groups(given)
    return tuple(name for index in groups for name in table("given_names")[index])


def compare_given(a: tuple[Word, ...], b: tuple[Word, ...]) -> float:
    """Return a factor: 1 if the given names agree, less if one side only hints at them, CONFLICT if they cannot be
    one person's, BARE if one side has none."""
    if not a and not b:
        return 1.0
    if not a or not b:
        return BARE
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    in_order = [_given_pair(x, y) for x, y in zip(short, long[: len(short)], strict=True)]
    if all(in_order):
        return min(in_order) if len(short) == len(long) else min(in_order) * 0.97
    if len(short) == 1 and not short[0].initial and any(_given_pair(short[0], y) for y in long[1:] if not y.initial):
        return 0.88
    return CONFLICT


def compare(a: Name, b: Name) -> tuple[float, float, float]:
    """Return score, likeness of the family names, factor of the given names: of the best way to part both."""
    best = (0.0, 0.0, 0.0)
    for left in partings(a):
        for right in partings(b):
            if left.weight == right.weight == FIRST:
                continue  # two names that merely open with the same given name
            family = words.likeness(left.family, right.family)
            if family < 0.2:
                continue
            given = compare_given(left.given, right.given)
            if family <= SLIP and (given < 0.95 or not left.given):
                family *= 0.85
            if given == BARE and words.is_common(left.family):
                given = COMMON
            score = family * given * left.weight * right.weight
            if score > best[0]:
                best = (score, family, given)
    return best
