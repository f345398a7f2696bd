"""Korean names: the Hangul syllables that a spelling may stand for.

A syllable read from a spelling is not one Hangul block but three sets of letters with plausibilities; two spellings
agree as far as one block can stand behind both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from math import prod

from mabillon.authority.hangul import is_hangul, korean_readings, split
from mabillon.authority.names import Name, table
from mabillon.authority.syllables import segment

_BY_RUSSIAN = re.compile(r"\b(ir|[bcdghjkmpst]?h?en|i?en|tso[iy]|tkhe|khe|khon|dzh\w+|kho)\b")
"""Syllables of a Korean name that came into Latin letters by way of Russian: Kim Ir Sen, Pak Hen En, Tsoi En Gen."""
_RUSSIAN = {"shch": "щ", "dzh": "дж", "kh": "х", "ch": "ч", "ts": "ц", "sh": "ш", "zh": "ж", "ya": "я", "yu": "ю",
            "yo": "ё", "ia": "я", "iu": "ю", "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "i": "и",
            "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у",
            "h": "х", "y": "ы", "w": "в", "-": "-"}  # fmt: skip
_LEAST = 0.5
"""A syllable less likely than this to be the other parts two names, however like the rest."""
Letters = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Syllable:
    """Letters that may stand at each place of one syllable, with their plausibility."""

    onset: Letters
    vowel: Letters
    coda: Letters


@dataclass(frozen=True, slots=True)
class KoreanName:
    family: tuple[Syllable, ...]
    given: tuple[Syllable, ...]
    hanja: str = ""


@lru_cache(maxsize=12_000)
def _exact(hangul: str) -> Syllable:
    onset, vowel, coda = split(hangul)
    return Syllable(((onset, 1.0),), ((vowel, 1.0),), ((coda, 1.0),))


@cache
def _grammar() -> re.Pattern[str]:
    data = table("korean")

    def any_of(key: str) -> str:
        return "|".join(map(re.escape, sorted(data[key], key=len, reverse=True)))

    return re.compile(f"({any_of('onset')})({any_of('vowel')})({any_of('coda')})")


@cache
def _letters(place: str) -> dict[str, Letters]:
    return {str(spelt): tuple(options.items()) for spelt, options in table("korean")[place].items()}


@cache
def _irregular(key: str) -> dict[str, tuple[str, ...]]:
    """Return spelling → Hangul of `families` or `syllables`."""
    found: dict[str, tuple[str, ...]] = {}
    for hangul, spellings in table("korean")[key].items():
        for spelling in spellings:
            found[spelling] = (*found.get(spelling, ()), hangul)
    return found


@lru_cache(maxsize=5_000)
def syllable(spelling: str) -> tuple[Syllable, ...]:
    """Return what one syllable as spelt may be: own spellings first, then every way to cut it; () if it is none."""
    found = [_exact(block) for block in _irregular("syllables").get(spelling, ())]
    onsets, vowels, codas = _letters("onset"), _letters("vowel"), _letters("coda")
    for i in range(min(4, len(spelling))):
        if spelling[:i] not in onsets:
            continue
        for j in range(i + 1, min(i + 4, len(spelling)) + 1):
            if spelling[i:j] in vowels and spelling[j:] in codas:
                found.append(Syllable(onsets[spelling[:i]], vowels[spelling[i:j]], codas[spelling[j:]]))
    return tuple(found)


@lru_cache(maxsize=5_000)
def _segment(word: str, most: int = 3) -> tuple[tuple[str, ...], ...]:
    return segment(word, syllable, most)


@lru_cache(maxsize=2_000)
def family(spelling: str) -> tuple[tuple[Syllable, ...], ...]:
    """Return the family names that a spelling may stand for, each as its syllables; () if it is no Korean one."""
    own = [tuple(map(_exact, block)) for block in _irregular("families").get(spelling, ())]
    known = table("korean")["families"]
    for cut in _segment(spelling, 2):
        for parts in product(*(syllable(part) for part in cut)):
            named = [block for block in known if len(block) == len(parts) and _stands(parts, block)]
            own.extend(tuple(map(_exact, block)) for block in named)
    return tuple(dict.fromkeys(own))


def _stands(parts: tuple[Syllable, ...], block: str) -> bool:
    return all(likeness(part, _exact(hangul)) >= 0.75 for part, hangul in zip(parts, block, strict=True))


def _best(a: Letters, b: Letters) -> float:
    return max((x * y for p, x in a for q, y in b if p == q), default=0.0)


def _onset(a: Syllable, b: Syllable) -> float:
    best = _best(a.onset, b.onset)
    if best < 0.9:
        # 두음법칙: initial ㄹ and ㄴ fall before i and y, ㄹ turns to ㄴ elsewhere; South and North spell apart
        left, right = {p for p, _ in a.onset}, {p for p, _ in b.onset}
        high = any(v in "ㅣㅑㅕㅛㅠㅖㅒ" for v, _ in a.vowel)
        if (high and "ㅇ" in left | right and {"ㄹ", "ㄴ"} & (left | right)) or {"ㄹ", "ㄴ"} <= left | right:
            best = max(best, 0.93 if left & {"ㄹ", "ㄴ", "ㅇ"} and right & {"ㄹ", "ㄴ", "ㅇ"} else 0.0)
    return best


@lru_cache(maxsize=100_000)
def likeness(a: Syllable, b: Syllable) -> float:
    """Return how well one Hangul block can stand behind both, 0 to 1."""
    return _onset(a, b) * _best(a.vowel, b.vowel) * _best(a.coda, b.coda)


def _from_hangul(text: str, hanja: str = "") -> list[KoreanName]:
    found = []
    families = table("korean")["families"]
    for length in (2, 1):
        if text[:length] in families and len(text) - length in (0, 1, 2, 3):
            blocks = tuple(map(_exact, text))
            found.append(KoreanName(blocks[:length], blocks[length:], hanja))
    return found


def _from_hanja(text: str) -> list[KoreanName]:
    options = [korean_readings(char) for char in text]
    if not 1 <= len(text) <= 4 or not all(options):
        return []
    families = _irregular("families")
    found: list[KoreanName] = []
    for length in (2, 1):
        for name in families.get(text[:length], ()):
            for given in product(*options[length:]):
                found.append(KoreanName(tuple(map(_exact, name)), tuple(map(_exact, given)), text))
    return found[:8]


def _from_words(words: list[str]) -> list[KoreanName]:
    found: list[KoreanName] = []
    orders = [(words[0], words[1:])]
    if len(words) > 1:
        orders.append((words[-1], words[:-1]))
    for first, rest in orders:
        cuts = _segment("-".join(rest), 3) if rest else ((),)
        for name in family(first):
            for cut in cuts:
                if len(cut) > 3 or (rest and not cut):
                    continue
                for given in product(*(syllable(part) for part in cut)):
                    found.append(KoreanName(name, given))
    return found[:24]


@lru_cache(maxsize=20_000)
def readings(name: Name) -> tuple[KoreanName, ...]:
    """Return the Korean names that `name` may be; () if it cannot be one."""
    if not name.words or len(name.words) > 4:
        return ()
    text = name.words[0].text
    if name.script == "hangul":
        return tuple(_from_hangul(text)) if is_hangul(text) else ()
    if name.script == "han":
        return tuple(_from_hanja(text))
    if name.script not in ("latin", "cyrillic"):
        return ()
    words = [word.text for word in name.words]
    if len(words) == 1 and "-" in words[0]:
        words = [part for part in words[0].split("-", 1) if part]
    found = _from_words(words)
    if _BY_RUSSIAN.search(" ".join(words)):
        found += _from_words([_cyrillic(word) for word in words])
    return tuple(dict.fromkeys(found))


def _cyrillic(word: str) -> str:
    """Return a Latin word in the Cyrillic letters it was taken from."""
    for latin, letters in _RUSSIAN.items():
        word = word.replace(latin, letters)
    return word


def compare(a: KoreanName, b: KoreanName) -> float:
    """Return how well one Korean name can stand behind both, 0 to 1; given names of different length never do."""
    if len(a.family) != len(b.family) or len(a.given) != len(b.given):
        return 0.0
    return row_likeness(a.family + a.given, b.family + b.given)


_CLASSES = {**dict.fromkeys("ㄱㄲㅋ", "k"), **dict.fromkeys("ㄷㄸㅌ", "t"), **dict.fromkeys("ㅂㅃㅍ", "p"),
            **dict.fromkeys("ㅈㅉㅊ", "c"), **dict.fromkeys("ㅅㅆ", "s"), **dict.fromkeys("ㄴㄹㅇ", "n"),
            **dict.fromkeys("ㅗㅓㅜㅡㅝ", "o"), **dict.fromkeys("ㅛㅕㅠ", "y"),
            **dict.fromkeys("ㅔㅐㅖㅒㅚㅙㅞ", "e"),
            **dict.fromkeys("ㅏㅘ", "a"), **dict.fromkeys("ㅣㅢㅟ", "i"), "ㅑ": "ya", "ㅁ": "m", "ㅎ": "h", "": "",
            }  # fmt: skip


def key(name: KoreanName) -> frozenset[str]:
    """Return coarse keys: sounds that spellings mix up share a letter."""
    parts = []
    for block in name.family + name.given:
        sounds = {_CLASSES[o] + _CLASSES[v] + {"ㄴ": "N", "ㅇ": "G", "ㄹ": "L"}.get(c, _CLASSES[c])
                  for (o, _), (v, _), (c, _) in product(block.onset, block.vowel, block.coda)}  # fmt: skip
        parts.append(sorted(sounds)[:4])
    return frozenset("k:" + ".".join(combination) for combination in list(product(*parts))[:16])


def syllable_rows(text: str, script: str) -> tuple[tuple[Syllable, ...], ...]:
    """Return the rows of syllables that a place's name may be: two to four of them, without a family name's rules."""
    if script == "hangul":
        return (tuple(map(_exact, text)),) if is_hangul(text) else ()
    if script == "han":
        options = [korean_readings(char) for char in text]
        if not 2 <= len(text) <= 4 or not all(options):
            return ()
        return tuple(tuple(map(_exact, row)) for row in list(product(*options))[:8])
    if script not in ("latin", "cyrillic"):
        return ()
    cuts = [cut for cut in _segment(text.replace(" ", "-"), 4) if len(cut) >= 2]
    return tuple(row for cut in cuts for row in product(*(syllable(part) for part in cut)))[:24]


def row_likeness(a: tuple[Syllable, ...], b: tuple[Syllable, ...]) -> float:
    """Return how well one row of Hangul can stand behind both, 0 to 1."""
    if len(a) != len(b) or not a:
        return 0.0
    each = [likeness(left, right) for left, right in zip(a, b, strict=True)]
    return prod(each) ** (1 / len(each)) if min(each) >= _LEAST else 0.0
