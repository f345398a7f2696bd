"""Spelling a name out: every way in which a name of known or presumed tradition may stand in a document."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from mabillon.authority import chinese, korean, persons, slavic
from mabillon.authority.hangul import ONSETS, VOWELS, is_hangul, join, simplified, split, traditional
from mabillon.authority.names import Name, parse, table

MOST = 80
"""Spellings given for one name."""


def _capital(text: str) -> str:
    return re.sub(r"(^|(?<=[\s]))\w", lambda match: match.group().upper(), text)


@cache
def _writer(way: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rules: dict[str, str] = table("slavic")["write"][way]
    return re.compile("|".join(sorted(rules, key=len, reverse=True))), rules


def romanize(cyrillic: str, way: str) -> str:
    """Return a Cyrillic word in Latin letters by `way`, one of the keys of `write` in vocabulary/names/slavic.yaml."""
    pattern, rules = _writer(way)
    return pattern.sub(lambda match: rules[match.group()], cyrillic.casefold())


@cache
def _guess() -> tuple[re.Pattern[str], dict[str, str]]:
    rules: dict[str, str] = table("slavic")["guess"]
    ordered = sorted(rules, key=len, reverse=True)
    return re.compile("|".join(f"{key}$" if key.startswith("sk") else key for key in ordered)), rules


@lru_cache(maxsize=5_000)
def cyrillic_of(word: str) -> tuple[str, ...]:
    """Return the Cyrillic words that a Latin spelling most likely writes, at most three."""
    if re.search(r"[\u0400-\u052f]", word):
        return (word,)
    pattern, rules = _guess()
    text = re.sub(r"(?<=[bcdfghklmnpqrstvwxzšžč])y(?=[bcdfghklmnprstvwxzšžč])", "ы", word)
    text = pattern.sub(lambda match: rules[match.group()], text)
    text = re.sub(r"(?<=[bcdfghklmnprstvwxz])y$", "ий", text)
    marked = [way for way in table("slavic")["latin"] if (cue := slavic.cue(way)) is None or cue.search(word)]
    found: list[str] = []
    for way in sorted(marked, key=lambda way: way == "english"):
        for form in slavic.spell(text, way)[:2]:
            form = re.sub(r"(?<=[ое])ф+$", "в", form)
            if re.fullmatch(r"[а-яё]+", form) and form not in found:
                found.append(form)
    return tuple(found[:3])


def _slavic_spellings(word: str) -> list[str]:
    found: list[str] = []
    for cyrillic in cyrillic_of(word):
        found += [_capital(cyrillic), _capital(cyrillic.replace("ё", "е"))]
        for way in table("slavic")["write"]:
            spelt = _capital(romanize(cyrillic, way))
            found.append(spelt)
            if spelt.endswith(("skii", "ski", "skij")):
                found.append(re.sub(r"ski[ij]?$", "sky", spelt))
    return found


@lru_cache(maxsize=5_000)
def write_korean(blocks: str, way: str) -> list[str]:
    """Return the syllables of a row of Hangul in `mccune`, `revised`, `kontsevich` or `russian-press`."""
    data, written = table("korean_write")[way], []
    sounding = False
    for block in blocks:
        onset, vowel, coda = split(block)
        head = data["onset"][ONSETS.index(onset)]
        if sounding:
            head = data["voiced"].get(head, head)
        written.append(head + data["vowel"][VOWELS.index(vowel)] + data["coda"][coda])
        sounding = coda in ("", "ㄴ", "ㅁ", "ㅇ", "ㄹ")
    return written


def _blocks(row: tuple[korean.Syllable, ...], most: int) -> list[str]:
    each = []
    for block in row:
        options = sorted(product(block.onset, block.vowel, block.coda), key=lambda o: -o[0][1] * o[1][1] * o[2][1])
        each.append([join(o[0], v[0], c[0]) for o, v, c in options[:4]])
    return ["".join(row) for row in list(product(*each))[:most]]


def _korean_spellings(name: korean.KoreanName) -> list[str]:
    """Return the name in Hangul and in every way, one likely row of Hangul after the other."""
    found = [name.hanja]
    for family in _blocks(name.family, 1):
        own = [s for s in table("korean")["families"].get(family, ()) if s.isascii()][:2]
        for given in _blocks(name.given, 3) if name.given else [""]:
            found.append(family + given)
            for way in table("korean_write"):
                heads = ["".join(write_korean(family, way)), *(own if way in ("mccune", "revised") else ())]
                found += [_joined(head, write_korean(given, way), way) for head in dict.fromkeys(heads)]
            for way in ("mccune", "revised", "russian-press"):
                found.append(_joined("".join(write_korean(family, way)), write_korean(given, way), way, ""))
    return found


def _joined(family: str, given: list[str], way: str, hyphen: str = "-") -> str:
    if not given:
        return _capital(family)
    if way in ("kontsevich", "russian-press"):
        return _capital(" ".join((family, *given) if hyphen else (family, "".join(given))))
    return f"{_capital(family)} {_capital(hyphen.join(given))}"


def _chinese_spellings(name: chinese.ChineseName) -> list[str]:
    found = [name.characters, traditional(name.characters)] if name.characters else []
    rows = sorted(product(*(name.family + name.given)), key=lambda row: -_weight(row))[:4]
    for row in rows:
        sounds = [_parts()[sound] for sound, _ in row]
        for way, hyphen in (("pinyin", ""), ("wade", "-"), ("russian", ""), ("french", "-")):
            parts = [(chinese.pinyin(*s) if way == "pinyin" else chinese.spellings(*s, way))[0] for s in sounds]
            head, tail = "".join(parts[: len(name.family)]), hyphen.join(parts[len(name.family) :])
            spelt = _capital(f"{head} {tail}".strip())
            found += [spelt, spelt.replace("'", "")]
    return found


def _weight(row: tuple[tuple[str, float], ...]) -> float:
    total = 1.0
    for _, weight in row:
        total *= weight
    return total


@cache
def _parts() -> dict[str, tuple[str, str]]:
    return {initial + final: (initial, final) for initial, final in chinese.syllables()}


def _western(name: Name) -> list[str]:
    parsed = persons.partings(name)
    if not parsed or name.script not in ("latin", "cyrillic"):
        return []
    family = parsed[0].family
    return _slavic_spellings(family) if name.script == "cyrillic" or slavic.is_likely(family) else []


def _plausible(name: korean.KoreanName | chinese.ChineseName) -> float:
    """Return how plain a reading is: the likeliest letters of each syllable, multiplied."""
    score = 1.0
    for block in (*name.family, *name.given):
        letters = (block.onset, block.vowel, block.coda) if isinstance(block, korean.Syllable) else (block,)
        for options in letters:
            score *= max(weight for _, weight in options)
    return score


@lru_cache(maxsize=5_000)
def spell_out(name: str) -> tuple[str, ...]:
    """Return spellings of `name` in other scripts and romanizations, likeliest first: of the whole name if it is
    Korean or Chinese, of the family name if Slavic. At most MOST of them; a name of no such tradition has none."""
    parsed = parse(name)
    east: list[tuple[float, list[str]]] = []
    for reading in sorted(korean.readings(parsed), key=lambda reading: -_plausible(reading))[:2]:
        east.append((_plausible(reading), _korean_spellings(reading)))
    for row in sorted(chinese.readings(parsed), key=lambda row: -_plausible(row))[:2]:
        east.append((_plausible(row) + (0.1 if len(row.given) else 0.0), _chinese_spellings(row)))
    found = [spelt for _, group in sorted(east, key=lambda entry: -entry[0]) for spelt in group]
    if parsed.script == "han":
        text = parsed.words[0].text
        found = [text, simplified(text), traditional(text), *found]
    found = found or _western(parsed)
    return tuple(dict.fromkeys(s for s in found if len(s) > 1 or is_hangul(s)))[:MOST]
