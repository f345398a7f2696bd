r"""A text as a string of one-letter codes, so that one pattern reads the notations of all languages.

| code | stands for |
|---|---|
| `1` `2` `3` `6` `9` | a number of so many digits (`9`: five, or seven and more) |
| `4` `0` | four digits that can be a year; four digits that can only be a clock time or number |
| `G` | a date-time group, `231405Z` |
| `M` `q` | a month; an abbreviation that needs its year |
| `R` `r` | a Roman numeral to XII, in capitals or not |
| `w` `a` `A` `N` | weekday; a.m. or p.m.; a bare `am`; noon or midnight |
| `h` `i` `o` `Z` `T` | hour word; minute word; ordinal ending; zone letter after a number; the T of ISO 8601 |
| `p` `t` `e` `l` `c` `I` | preposition; until; year word; early or late; circa; instant |
| `年` `月` `日` `時` `分` | the signs of Chinese, Japanese and Korean dates |
| ` ` `_` `\n` `#` | up to three spaces; more; a line end; a blank line |
| `-` `=` `'` | hyphen or en dash; em dash or two hyphens; apostrophe |
| `x` `~` | another word; another ideograph |

Other punctuation stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mabillon.dates.words import Words

_BEFORE, _AFTER = 40, 44
"""Characters around a number that can belong to its date: the longest weekday and month before, a zone after."""

_NUMBER = re.compile(r"\d+")
_WORN = str.maketrans("OoQIlSB|", "00011581")
_WORN_DIGITS = str.maketrans("OIl|", "0111")
_ROMAN = {n: i for i, n in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_CYRILLIC_ROMAN = str.maketrans("хіХІ", "xiXI")
_LAST_YEAR = 2099


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel to each letter of `codes`: where the token stands, and the number it means."""

    codes: str
    starts: list[int]
    ends: list[int]
    values: list[int]
    worn: frozenset[int]


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    signs = sorted((*words.signs, *words.eras), key=len, reverse=True)
    alternatives = "|".join(re.escape(sign) for sign in signs) or r"(?!)"
    return re.compile(
        rf"""(?P<group>(?<![\w./])(?=[^\W\d]*\d)[\dOoQIlSB|]{{6}}Z(?!\w))
        |(?P<worn>(?<![\w./-])(?=[OIl]*\d)(?=\d*[OIl])(?:[\dOIl]{{2}}|[1Il]9?[\dOIl]{{2,3}})(?![\w/]))
        |(?P<num>\d+)
        |(?P<mer>(?<![^\W\d_])[AaPp](?:\.[ ]?[Mm]\.?|[Mm])(?![^\W_]))
        |(?P<clock>(?<!\w)[oO]\s?['’]\s?[cC]lock)
        |(?P<sign>{alternatives})
        |(?P<ideograph>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])
        |(?P<word>[^\W\d_]+)
        |(?P<line>[^\S\n]*\n[^\S\n]*)
        |(?P<space>[^\S\n]+)
        |(?P<rule>--+|—|―)
        |(?P<dash>[-–‒−])
        |(?P<punct>.)""",
        re.VERBOSE,
    )


def windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `text[start:end]` that hold numbers, with what can belong to their dates."""
    low = high = -1
    for match in _NUMBER.finditer(text, start, end):
        if match.start() - _BEFORE > high:
            if high >= 0:
                yield _on_words(text, low, high, start, end)
            low = match.start() - _BEFORE
        high = match.end() + _AFTER
    if high >= 0:
        yield _on_words(text, low, high, start, end)


def _on_words(text: str, low: int, high: int, start: int, end: int) -> tuple[int, int]:
    low, high = max(low, start), min(high, end)
    while low > start and text[low - 1].isalnum():
        low -= 1
    while high < end and text[high - 1].isalnum() and text[high].isalnum():
        high += 1
    return low, high


def tokenize(text: str, start: int, end: int, words: Words) -> Tokens:
    """Return `text[start:end]` as tokens."""
    codes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[int] = []
    worn: set[int] = set()
    code, value, previous = "", 0, ""
    for match in _pattern(words).finditer(text, start, end):
        kind, wording = match.lastgroup, match.group()
        if kind == "word":
            code, value = _word(wording, previous, text[match.end() : match.end() + 1], words)
        elif kind == "space":
            code, value = (" " if len(wording) <= 3 else "_"), 0
        elif kind == "num":
            code, value = _number(wording)
        elif kind == "punct":
            code, value = _punctuation(wording), 0
        else:
            code, value = _special(kind or "", wording, words)
            if kind in ("worn", "group") and not wording.rstrip("Z").isdigit():
                worn.add(len(codes))
        if code == "\n" and codes and codes[-1] in "\n#":
            code = "#"
        codes.append(code)
        starts.append(match.start())
        ends.append(match.end())
        values.append(value)
        previous = code
    return Tokens("".join(codes), starts, ends, values, frozenset(worn))


def _number(digits: str) -> tuple[str, int]:
    value, length = int(digits), len(digits)
    if length == 4:
        return ("4" if 1000 <= value <= _LAST_YEAR else "0"), value
    return (str(length) if length in (1, 2, 3, 6) else "9"), value if length < 19 else 0


def _word(wording: str, previous: str, following: str, words: Words) -> tuple[str, int]:
    lower = wording.lower()
    if previous in "1246039-" and previous and lower in words.suffixes:
        return words.suffixes[lower]
    if previous in "1246039" and previous and wording == "Z":
        return "Z", 0
    roman = _ROMAN.get(lower.translate(_CYRILLIC_ROMAN)) if len(wording) <= 4 else None
    if roman and wording.isupper():
        return "R", roman
    meaning = words.words.get(lower)
    if meaning is None:
        return ("r", roman) if roman else ("T" if wording == "T" else "x", 0)
    if lower in words.capital and not wording[0].isupper():
        return "x", 0
    if meaning[0] == "q" and following == ".":
        return "M", meaning[1]
    return meaning


def _punctuation(sign: str) -> str:
    if sign in "’‘`´ʹ":
        return "'"
    return sign if sign.isascii() and not sign.isalnum() and sign not in "_~#=" else "~"


def _special(kind: str, wording: str, words: Words) -> tuple[str, int]:
    if kind == "line":
        return "\n", 0
    if kind == "rule":
        return "=", 0
    if kind == "dash":
        return "-", 0
    if kind == "mer":
        bare = len(wording) == 2 and wording.lower() == "am"
        return ("A" if bare else "a"), (12 if wording[0] in "pP" else 0)
    if kind == "clock":
        return "h", 0
    if kind == "group":
        return "G", int(wording[:-1].translate(_WORN))
    if kind == "worn":
        return _number(wording.translate(_WORN_DIGITS))
    if kind == "sign":
        return words.signs.get(wording) or ("E", words.eras[wording])
    return "~", 0
