"""Spelling a name out: every way in which a name of known or presumed tradition may stand in a document."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from mabillon.authority import chinese, korean, persons, slavic
from mabillon.authority.hangul import ONSETS, VOWELS, is_hangul, join, simplified, split, traditional
from mabillon.authority.names import Name, fold, parse, table

MOST = 120
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


def _slavic_spellings(word: str) -> set[str]:
    found: set[str] = set()
    for cyrillic in cyrillic_of(word):
        found.add(_capital(cyrillic))
        found.add(_capital(cyrillic.replace("ё", "е")))
        for way in table("slavic")["write"]:
            spelt = _capital(romanize(cyrillic, way))
            found |= {spelt, fold(spelt).title() if not spelt.isascii() else spelt}
            if spelt.endswith(("skii", "ski", "skij")):
                found.add(re.sub(r"ski[ij]?$", "sky", spelt))
    return {spelling for spelling in found if spelling}


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


def _korean_spellings(name: korean.KoreanName) -> set[str]:
    found: set[str] = {name.hanja} if name.hanja else set()
    for family in _blocks(name.family, 1):
        own = [s for s in table("korean")["families"].get(family, ()) if s.isascii()][:3]
        for given in _blocks(name.given, 6) if name.given else [""]:
            found.add(family + given)
            for way in table("korean_write"):
                heads = ["".join(write_korean(family, way))]
                if way in ("mccune", "revised"):
                    heads += own
                found |= {_joined(head, write_korean(given, way), way) for head in heads}
                found |= {_joined(head, write_korean(given, way), way, "") for head in heads}
    return found | {fold(s).title() for s in found if not s.isascii() and re.search("[a-z]", s)}


def _joined(family: str, given: list[str], way: str, hyphen: str = "-") -> str:
    if not given:
        return _capital(family)
    if way in ("kontsevich", "russian-press"):
        return _capital(" ".join((family, *given) if hyphen else (family, "".join(given))))
    return f"{_capital(family)} {_capital(hyphen.join(given))}"


def _chinese_spellings(name: chinese.ChineseName) -> set[str]:
    found = {name.characters, traditional(name.characters)} if name.characters else set()
    rows = sorted(product(*(name.family + name.given)), key=lambda row: -_weight(row))[:4]
    for row in rows:
        sounds = [_split(sound) for sound, _ in row]
        for way, hyphen in (("pinyin", ""), ("wade", "-"), ("russian", ""), ("french", "-")):
            parts = [(chinese.pinyin(*s) if way == "pinyin" else chinese.spellings(*s, way))[0] for s in sounds]
            head, tail = "".join(parts[: len(name.family)]), hyphen.join(parts[len(name.family) :])
            spelt = _capital(f"{head} {tail}".strip())
            found |= {spelt, spelt.replace("'", ""), fold(spelt).title() if way != "russian" else spelt}
    return found


def _weight(row: tuple[tuple[str, float], ...]) -> float:
    total = 1.0
    for _, weight in row:
        total *= weight
    return total


@cache
def _parts() -> dict[str, tuple[str, str]]:
    return {initial + final: (initial, final) for initial, final in chinese.syllables()}


def _split(sound: str) -> tuple[str, str]:
    return _parts()[sound]


def _western(name: Name) -> set[str]:
    parsed = persons.partings(name)
    if not parsed or name.script not in ("latin", "cyrillic"):
        return set()
    family = parsed[0].family
    if name.script == "latin" and not slavic.is_likely(family):
        return set()
    return _slavic_spellings(family)


@lru_cache(maxsize=5_000)
def spell_out(name: str) -> frozenset[str]:
    """Return spellings of `name` in other scripts and romanizations: of the whole name if it is Korean or Chinese,
    of the family name if Slavic. At most MOST of them; a name of no such tradition has none."""
    parsed = parse(name)
    found: set[str] = set()
    for reading in korean.readings(parsed)[:2]:
        found |= _korean_spellings(reading)
    for row in chinese.readings(parsed)[:2]:
        found |= _chinese_spellings(row)
    if parsed.script == "han":
        text = parsed.words[0].text
        found |= {text, simplified(text), traditional(text)}
    if not found:
        found = _western(parsed)
    return frozenset(sorted(s for s in found if s and not (len(s) == 1 and not is_hangul(s)))[:MOST])
