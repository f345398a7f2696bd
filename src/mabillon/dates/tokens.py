r"""A text as a string of one-letter codes, so that one pattern reads the notations of all languages.

| code | stands for |
|---|---|
| `1` `2` `3` `6` `7` `9` | a number of so many digits (`9`: five, or eight and more) |
| `4` `0` | four digits that can be a year; four digits that can only be a clock time or number |
| `G` `g` | a date-time group, `231405Z`; one of another military zone, `281530K` |
| `M` `q` | a month; an abbreviation that needs its year or its full stop |
| `R` `r` | a Roman numeral to XII, in capitals or not |
| `w` `a` `A` `N` | weekday; a.m. or p.m.; a bare `am`; noon or midnight |
| `h` `i` `o` `Z` `T` | hour word; minute word; ordinal ending; zone letter after a number; the T of ISO 8601 |
| `p` `t` `e` `l` `c` `I` | preposition; until; year word; early or late; circa; instant |
| `年` `月` `日` `時` `分` `E` | the signs of Chinese, Japanese and Korean dates; the name of an era |
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

from mabillon.dates.numerals import NUMERALS, ideographic_number
from mabillon.dates.words import Words

_BEFORE, _AFTER = 40, 44
"""Characters around a number that can belong to its date: the longest weekday and month before, a zone after."""

_NUMBER = re.compile(r"\d+")
_NUMBER_OR_NUMERAL = re.compile(rf"\d+|[{NUMERALS}]+(?=[年月])")
_WORN = str.maketrans("OoQIlSB|", "00011581")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_CYRILLIC_ROMAN = str.maketrans("хіХІ", "xiXI")
_LAST_YEAR = 2099
_NEXT_WORD = re.compile(r"\s*(\w*)")
_DIGIT_CODES = frozenset("01234679")
_DASHES = frozenset("-–‒−")
_RULES = frozenset("—―")
_APOSTROPHES = frozenset("’‘`´ʹ")
_RESERVED = frozenset("_~#=")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel to each letter of `codes`: where the token stands, and the number it means."""

    codes: str
    starts: list[int]
    ends: list[int]
    values: list[int]
    worn: frozenset[int]


@cache
def _pieces(words: Words) -> re.Pattern[str]:
    """The pattern that cuts a text into tokens. No groups: their absence lets the engine skip by first letter."""
    signs = sorted(words.signs, key=len, reverse=True)
    return re.compile(
        r"[\dOoQIlSB|](?<![\w.].)[\dOoQIlSB|]{5}[A-IK-Z](?!\w)"
        r"|[\dOIl](?<![\w./-].)(?:[\dOIl]{3}|[\dOIl])(?![\w/])"
        r"|\d+"
        r"|[AaPp]\.[ \xa0]?[Mm](?![^\W_])\.?"
        r"|[oO]['’][cC]lock"
        rf"|[{NUMERALS}]+(?= ?[年月日号號时時点點分])"
        r"|[^\S\n]+(?:\n[^\S\n]*)?"
        r"|\n[^\S\n]*"
        r"|[A-Za-z]+(?![^\W\d_])"
        rf"|(?=[\u3040-\ud7af])(?:{'|'.join([*map(re.escape, signs), '.'])})"
        r"|[^\W\d_]+"
        r"|--+"
        r"|.",
    )


def windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `text[start:end]` that hold numbers, with what can belong to their dates."""
    low = high = -1
    numbers = _NUMBER_OR_NUMERAL if not text.isascii() and "月" in text else _NUMBER
    for match in numbers.finditer(text, start, end):
        first, last = match.span()
        if first - _BEFORE > high:
            if high >= 0:
                yield _on_words(text, low, high, start, end)
            low = first - _BEFORE
        high = last + _AFTER
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
    previous = ""
    known = words.words.get
    for match in _pieces(words).finditer(text, start, end):
        wording = match.group()
        value = 0
        if wording.isalpha():
            meaning = known(wording.lower())
            if meaning or len(wording) < 5 or previous in _DIGIT_CODES:
                code, value = _word(wording, meaning, previous, text, match.end(), words)
            else:
                code = "x"
        elif wording == " ":
            code = " "
        elif wording.isdecimal():
            code, value = _number(wording)
        elif wording.isspace():
            code = _space(wording, previous)
        else:
            code, value = _mark(wording, words)
            if code in "Gg24" and wording.isascii() and not wording[:6].isdecimal() and not wording.isdecimal():
                worn.add(len(codes))
        first, last = match.span()
        codes.append(code)
        starts.append(first)
        ends.append(last)
        values.append(value)
        previous = code
    return Tokens("".join(codes), starts, ends, values, frozenset(worn))


def _number(digits: str) -> tuple[str, int]:
    length = len(digits)
    if length > 7 or length == 5:
        return "9", 0
    value = int(digits)
    if length == 4:
        return ("4" if 1000 <= value <= _LAST_YEAR else "0"), value
    return str(length), value


def _word(
    wording: str, meaning: tuple[str, int] | None, previous: str, text: str, end: int, words: Words
) -> tuple[str, int]:
    if previous in _DIGIT_CODES or previous == "-":
        if previous != "-" and wording == "Z":
            return "Z", 0
        if suffix := words.suffixes.get(wording.lower()):
            return suffix
    roman = _ROMAN.get(wording.lower().translate(_CYRILLIC_ROMAN)) if len(wording) <= 4 else None
    if roman and wording.isupper():
        return "R", roman
    if meaning is None:
        if wording[0] in NUMERALS:
            return _number(str(ideographic_number(wording)))
        if roman:
            return "r", roman
        return ("T" if wording == "T" else "~" if "\u3040" <= wording <= "\ud7b0" else "x"), 0
    return _meaning(wording, meaning, text, end, words)


def _meaning(wording: str, meaning: tuple[str, int], text: str, end: int, words: Words) -> tuple[str, int]:
    """Return `meaning` unless the word has another one here: `may` and `set` are seldom months."""
    lower = wording.lower()
    if meaning[0] == "q" and text[end : end + 1] == "." and lower not in words.need_year:
        return "M", meaning[1]
    if wording in "cC" and text[end : end + 1] != ".":
        return "x", 0
    if lower in words.capital and not wording[0].isupper():
        return ("q", meaning[1]) if meaning[0] == "M" else ("x", 0)
    if lower in words.not_before and _next_word(text, end) in words.not_before[lower]:
        return "x", 0
    return meaning


def _next_word(text: str, end: int) -> str:
    match = _NEXT_WORD.match(text, end)
    return match[1].lower() if match else ""


def _space(wording: str, previous: str) -> str:
    if "\n" in wording:
        return "#" if previous in ("\n", "#") else "\n"
    return " " if len(wording) <= 3 else "_"


def _mark(wording: str, words: Words) -> tuple[str, int]:
    """Return the code of what is neither a word, a number nor white space."""
    if len(wording) == 1:
        if wording in _DASHES:
            return "-", 0
        if wording in _RULES:
            return "=", 0
        if wording in _APOSTROPHES:
            return "'", 0
        return (wording if wording.isascii() and wording not in _RESERVED else "~"), 0
    if wording[0] == "-":
        return "=", 0
    if wording[0] in NUMERALS:
        return _number(str(ideographic_number(wording)))
    if wording[-1] in ".mM" and "." in wording:
        return "a", 12 if wording[0] in "pP" else 0
    if "lock" in wording.lower():
        return "h", 0
    if len(wording) == 7:
        return ("G" if wording[-1] == "Z" else "g"), int(wording[:-1].translate(_WORN))
    digits = wording.translate(_WORN)
    return _number(digits) if digits.isdecimal() else ("x", 0)
