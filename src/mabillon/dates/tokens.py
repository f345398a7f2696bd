r"""A text as a string of one-letter codes, so that one pattern reads the notations of all languages.

| code | stands for |
|---|---|
| `1` `2` `3` `6` `7` `9` | a number of so many digits (`9`: five, or eight and more) |
| `4` `0` | four digits that can be a year; four digits that can only be a clock time or number |
| `G` `g` | a date-time group, `231405Z`; one of another military zone, `281530K` |
| `M` `q` | a month; an abbreviation that needs its year or its full stop |
| `R` `r` | a Roman numeral to XXXI, in capitals or not |
| `D` | a day of the month as a word: first, last |
| `w` `a` `A` `b` `N` | weekday; a.m. or p.m.; a bare `am`; in the morning, at night; noon or midnight |
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

from mabillon.dates.codes import DIGIT_CODES, mark_code, misspelt_month, number_code, space_code, word_code
from mabillon.dates.numerals import NUMERALS
from mabillon.dates.words import Words

_BEFORE, _AFTER = 40, 44
"""Characters around a number that can belong to its date: the longest weekday and month before, a zone after."""

_YEAR_NEXT = re.compile(r"[.,]?\s1\d{3}(?!\d)")
_NUMBER = re.compile(r"\d+")
_NUMBER_OR_NUMERAL = re.compile(rf"\d+|[{NUMERALS}]+(?=[年月])")


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
    phrases = "".join(f"{re.escape(each)}|" for each in sorted(words.phrases, key=len, reverse=True))
    return re.compile(
        phrases + r"[\dOoQIlSB|](?<![\w.].)[\dOoQIlSB|]{5}[A-IK-Z](?!\w)"
        r"|[\dOIl](?<![\w./-].)(?:[\dOIl]{3}|[\dOIl])(?![\w/])"
        r"|[7-9xX](?<!\w.)b(?:ris|re|er|r)(?!\w)"
        r"|10b(?:ris|er)(?!\w)"
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
            if meaning or len(wording) < 5 or previous in DIGIT_CODES or wording[0] in "xX":
                code, value = word_code(wording, meaning, previous, text, match.end(), words)
            elif previous == " " and codes[-2:-1] in (["1"], ["2"]) and _YEAR_NEXT.match(text, match.end()):
                code, value = misspelt_month(wording, words)
                if code == "M":
                    worn.add(len(codes))
            else:
                code = "x"
        elif wording == " ":
            code = " "
        elif wording.isdecimal():
            code, value = number_code(wording)
        elif wording.isspace():
            code = space_code(wording, previous)
        else:
            code, value = mark_code(wording, words)
            if code in "Gg24" and wording.isascii() and not wording[:6].isdecimal() and not wording.isdecimal():
                worn.add(len(codes))
        first, last = match.span()
        codes.append(code)
        starts.append(first)
        ends.append(last)
        values.append(value)
        previous = code
    return Tokens("".join(codes), starts, ends, values, frozenset(worn))
