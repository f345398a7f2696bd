"""Slavic names: the Cyrillic letters that a spelling stands for, under each way of romanizing them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice

from mabillon.authority.names import fold, table

_CASES = ((re.compile("(?<=[оеё]в)(у|ым)$|(?<=ин)(у|ым)$"), ""), (re.compile("(?<=[сц]к)(ому|им|ого)$"), "ий"))
_MOST = 24
"""Readings of one word that are kept: ambiguous spellings multiply."""


@cache
def _system(name: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    data = table("slavic")
    rules = {**data["letters"], **data["latin"][name]}
    listed = {key: tuple(value) if isinstance(value, list) else (value,) for key, value in rules.items()}
    keys = sorted(listed, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, keys)) + "|[а-яё]"), listed


@cache
def cue(way: str) -> re.Pattern[str] | None:
    """Return the marks by which a spelling shows that it follows `way`; None for the English way, which has none."""
    mark = table("slavic")["cues"].get(way)
    return re.compile(mark) if mark else None


@cache
def _folding() -> dict[int, str]:
    return str.maketrans(table("slavic")["cyrillic"]["fold"])


@lru_cache(maxsize=20_000)
def canonical(cyrillic: str) -> str:
    """Return the letters of a Cyrillic word that every way of writing it agrees on: щ as ш, ё as е, я as иа,
    soft signs and doubled letters dropped, `off` as ов."""
    text = cyrillic.casefold().translate(_folding())
    text = re.sub(r"[^а-я]", "", text)
    text = text.replace("ие", "е").replace("ио", "е").replace("кх", "х")
    text = re.sub(r"(?<=[шжч])о", "е", text)
    text = re.sub(r"(?<=[ое])ф+$", "в", text)
    return re.sub(r"(.)\1+", r"\1", text)


def _bare(text: str, keep: frozenset[str]) -> str:
    """Return `text` without the accents that the system at hand does not know."""
    out = []
    for char in text:
        known = char in keep or char.isascii() or "а" <= char <= "ё"
        out.append(char if known else fold(unicodedata.normalize("NFC", char)))
    return "".join(out)


def spell(word: str, system: str) -> list[str]:
    """Return the Cyrillic letters of a Latin word read by `system`, likeliest first; letters not folded yet."""
    pattern, rules = _system(system)
    word = _bare(word.replace("'", "").replace("-", ""), frozenset(rules))
    if system == "french":
        word = re.sub(r"(?<=[^aeioy])ine$", "in", word)
        word = re.sub(r"gu(?![ei])", "gou", word)
    forms = [""]
    for match in pattern.finditer(word):
        letters = rules.get(match.group(), (match.group(),))
        forms = [form + letter for form in forms for letter in letters][:_MOST]
    return forms


@lru_cache(maxsize=20_000)
def readings(word: str) -> dict[str, float]:
    """Return canonical Cyrillic form → plausibility (0 to 1) of a word in Cyrillic or in Latin letters."""
    if not word.isascii() and re.search(r"[\u0400-\u052f]", word):
        form = canonical(word)
        return {form: 1.0, **{canonical(case): 0.9 for case in _nominatives(word)}} if form else {}
    found: dict[str, float] = {}
    for system in table("slavic")["latin"]:
        mark = cue(system)
        weight = 1.0 if mark is None or mark.search(word) else 0.9
        if word != _bare(word, frozenset(_system(system)[1])):
            weight -= 0.2
        for rank, spelled in enumerate(islice(spell(word, system), _MOST)):
            form = canonical(spelled)
            if form:
                found[form] = max(found.get(form, 0.0), weight - 0.04 * min(rank, 3))
    return found


def _nominatives(word: str) -> list[str]:
    """Return what a Russian family name in the dative or instrumental is in the nominative (Штыкову, Сталиным). The
    genitive is left alone: it is also the feminine."""
    return [pattern.sub(ending, word) for pattern, ending in _CASES if pattern.search(word)]


def canonical_of_latin(word: str) -> tuple[str, ...]:
    """Return the canonical letters of a word in the Library of Congress's spelling, if it is a Slavic one."""
    forms = tuple(canonical(spelt) for spelt in spell(word, "english")[:1])
    return forms if is_likely(word) else ()


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(table("slavic")["endings"])


def is_likely(word: str) -> bool:
    """Return whether the word ends as Slavic (or Soviet) family names do."""
    return any(_endings().search(form) for form in readings(word))
