"""Chinese names: the Mandarin syllables that a spelling may stand for, whichever way it is romanized.

Aspiration marks are dropped so often in print that `Teng` may be deng or teng; a name agrees with another as far as
the same row of Pinyin syllables can stand behind both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from math import prod

from anyascii import anyascii

from mabillon.authority.hangul import simplified
from mabillon.authority.names import Name, table
from mabillon.authority.syllables import segment

Syllable = tuple[tuple[str, float], ...]
"""Pinyin syllables (ü as v, no tones) that a spelling may stand for, with their plausibility."""

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшыэюя"
_LATIN = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh y e yu ya".split()  # noqa: SIM905
_LATIN_OF_RUSSIAN = {"ь": "", **dict(zip(_CYRILLIC, _LATIN, strict=True))}


@dataclass(frozen=True, slots=True)
class ChineseName:
    family: tuple[Syllable, ...]
    given: tuple[Syllable, ...]
    characters: str = ""


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


@cache
def syllables() -> tuple[tuple[str, str], ...]:
    """Return every Mandarin syllable as initial and final."""
    return tuple((initial, final) for initial, row in table("chinese")["syllables"].items() for final in row.split())


def spellings(initial: str, final: str, way: str) -> list[str]:
    """Return the spellings of one Pinyin syllable in `wade`, `postal`, `french` or `russian`."""
    data = table("chinese")[way]
    whole = data["whole"].get(initial + final)
    if whole is not None:
        return _listed(whole)
    heads = _listed(data["initials"].get(initial, initial))
    tails = _listed(data["finals"].get(final, final.replace("v", "ü")))
    return [head + tail for head in heads for tail in tails]


def pinyin(initial: str, final: str) -> list[str]:
    """Return how the syllable is written in Pinyin, with and without its two points."""
    if final.startswith("v") and initial in ("j", "q", "x") or final.startswith("yv"):
        return [initial + final.replace("v", "u"), initial + final.replace("v", "ü")]
    return [initial + final.replace("v", "ü"), initial + final.replace("v", "u")] if "v" in final else [initial + final]


def _spelt(initial: str, final: str) -> dict[str, float]:
    found: dict[str, float] = {}

    def add(spelling: str, weight: float) -> None:
        found[spelling] = max(found.get(spelling, 0.0), weight)

    for spelling in pinyin(initial, final):
        add(spelling, 1.0)
    for way in ("wade", "postal", "french", "russian"):
        weight = float(table("chinese")[way]["weight"])
        for spelling in spellings(initial, final, way):
            add(spelling, weight)
            add(spelling.replace("'", ""), weight - 0.03)
            if way == "wade":
                add(spelling.replace("'", "").replace("ch", "tsch").replace("sh", "sch"), 0.92)
            if way == "russian":
                add("".join(_LATIN_OF_RUSSIAN.get(letter, letter) for letter in spelling), 0.9)
    return found


@cache
def _reverse() -> dict[str, Syllable]:
    found: dict[str, dict[str, float]] = {}
    for initial, final in syllables():
        for spelling, weight in _spelt(initial, final).items():
            entry = found.setdefault(spelling, {})
            entry[initial + final] = max(entry.get(initial + final, 0.0), weight)
    return {spelling: tuple(entry.items()) for spelling, entry in found.items()}


def syllable(spelling: str) -> Syllable:
    """Return the Mandarin syllables that a spelling may stand for; () if none."""
    return _reverse().get(spelling, ())


@lru_cache(maxsize=5_000)
def _segment(word: str, most: int = 3) -> tuple[tuple[str, ...], ...]:
    return segment(word, syllable, most)


@cache
def _families() -> frozenset[str]:
    return frozenset(_written(name) or name for name in table("chinese")["families"].split())


def _family(spelling: str) -> Syllable:
    return tuple((name, weight) for name, weight in syllable(spelling) if name in _families())


@lru_cache(maxsize=5_000)
def reading_of(char: str, as_family: bool = False) -> str:
    """Return the Mandarin reading of a character in Pinyin (ü as v); "" if it has none."""
    if as_family and char in table("chinese")["surnames"]:
        return str(table("chinese")["surnames"][char])
    return _written(anyascii(char).casefold())


@lru_cache(maxsize=5_000)
def _sounds(char: str, as_family: bool = False) -> Syllable:
    """Return the readings of a character: as a family name the one that such names have, else any that it has."""
    first = reading_of(char, as_family)
    others = table("chinese")["polyphones"].get(simplified(char), "").split()
    sounds = (first, *(() if as_family and char in table("chinese")["surnames"] else others))
    return tuple((sound, 1.0) for sound in dict.fromkeys(sounds) if sound)


@cache
def _pinyin_table() -> dict[str, str]:
    return {spelling: initial + final for initial, final in syllables() for spelling in pinyin(initial, final)}


def _written(spelling: str) -> str:
    return _pinyin_table().get(spelling, "")


def _from_characters(text: str) -> list[ChineseName]:
    if not 1 <= len(text) <= 4:
        return []
    blocks = tuple(_sounds(char, index == 0) for index, char in enumerate(text))
    if not all(blocks):
        return []
    length = 2 if len(text) > 2 and blocks[0][0][0] + blocks[1][0][0] in table("chinese")["compound"] else 1
    return [ChineseName(blocks[:length], blocks[length:], simplified(text))]


def _from_words(words: list[str]) -> list[ChineseName]:
    found = []
    orders = [(words[0], words[1:])]
    if len(words) == 2 and ("-" in words[0] or len(words[0]) > len(words[1])):
        orders.append((words[-1], words[:-1]))
    for first, rest in orders:
        family = _family(first)
        if family:
            cuts = _segment("-".join(rest), 2) if rest else ((),)
            found += [ChineseName((family,), tuple(map(syllable, cut))) for cut in cuts if cut or not rest]
    return found


@lru_cache(maxsize=20_000)
def readings(name: Name) -> tuple[ChineseName, ...]:
    """Return the Chinese names that `name` may be; () if it cannot be one."""
    if not name.words or len(name.words) > 3:
        return ()
    if name.script == "han":
        return tuple(_from_characters(name.words[0].text))
    if name.script not in ("latin", "cyrillic"):
        return ()
    words = [word.text for word in name.words]
    if len(words) == 1 and "-" in words[0]:
        words = [part for part in words[0].split("-", 1) if part]
    return tuple(_from_words(words))


def _likeness(a: Syllable, b: Syllable) -> float:
    return max((x * y for p, x in a for q, y in b if p == q), default=0.0)


def compare(a: ChineseName, b: ChineseName) -> float:
    """Return how well one Chinese name can stand behind both, 0 to 1. Two names in characters agree in characters."""
    if a.characters and b.characters:
        return 1.0 if a.characters == b.characters else 0.0
    if len(a.family) != len(b.family) or len(a.given) != len(b.given):
        return 0.0
    return row_likeness(a.family + a.given, b.family + b.given)


def key(name: ChineseName) -> frozenset[str]:
    """Return one key for each row of syllables that may stand behind the name, the likeliest 24."""
    parts = [[sound for sound, _ in sorted(block, key=lambda s: -s[1])] for block in name.family + name.given]
    return frozenset("c:" + ".".join(row) for row in list(product(*parts))[:24])


def syllable_rows(text: str, script: str) -> tuple[tuple[Syllable, ...], ...]:
    """Return the rows of syllables that a place's name may be: two to four of them."""
    if script == "han":
        blocks = tuple(map(_sounds, text))
        return (blocks,) if 2 <= len(text) <= 4 and all(blocks) else ()
    if script not in ("latin", "cyrillic"):
        return ()
    cuts = [cut for cut in _segment(text.replace(" ", "-"), 4) if len(cut) >= 2]
    return tuple(tuple(map(syllable, cut)) for cut in cuts)[:24]


def row_likeness(a: tuple[Syllable, ...], b: tuple[Syllable, ...]) -> float:
    """Return how well one row of Mandarin syllables can stand behind both, 0 to 1."""
    if len(a) != len(b) or not a:
        return 0.0
    each = [_likeness(left, right) for left, right in zip(a, b, strict=True)]
    return prod(each) ** (1 / len(each))
