"""The code of one token: what a word, a number, white space or a mark stands for (the table in tokens.py)."""

from __future__ import annotations

import re
from difflib import get_close_matches

from mabillon.dates.numerals import NUMERALS, ideographic_number
from mabillon.dates.words import Meaning, Words

DIGIT_CODES = frozenset("01234679")
_WORN = str.maketrans("OoQIlSB|", "00011581")
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {"x" * (n // 10) + _UNITS[n % 10]: n for n in range(1, 32)}
_CYRILLIC_ROMAN = str.maketrans("хіХІ", "xiXI")
_LAST_YEAR = 2099
_NEXT_WORD = re.compile(r"\s*(\w*)")
_DASHES = frozenset("-–‒−")
_RULES = frozenset("—―")
_APOSTROPHES = frozenset("’‘`´ʹ")
_RESERVED = frozenset("_~#=")


def number_code(digits: str) -> Meaning:
    length = len(digits)
    if length > 7 or length == 5:
        return "9", 0
    value = int(digits)
    if length == 4:
        return ("4" if 1000 <= value <= _LAST_YEAR else "0"), value
    return str(length), value


def word_code(wording: str, meaning: Meaning | None, previous: str, text: str, end: int, words: Words) -> Meaning:
    if previous in DIGIT_CODES or previous == "-":
        if previous != "-" and (wording == "Z" or wording == "T" and text[end : end + 1].isdecimal()):
            return wording, 0
        if suffix := words.suffixes.get(wording.lower()):
            return suffix
    roman = _ROMAN.get(wording.lower().translate(_CYRILLIC_ROMAN)) if len(wording) <= 6 else None
    if roman and wording.isupper():
        return "R", roman
    if meaning is None:
        if wording[0] in NUMERALS:
            return number_code(str(ideographic_number(wording)))
        if roman:
            return "r", roman
        return ("~" if "\u3040" <= wording <= "\ud7b0" else "x"), 0
    return _meaning(wording, meaning, text, end, words)


def misspelt_month(wording: str, words: Words) -> Meaning:
    """Return the month that a word between a day and a year is a slip for, of a pen or a scan: `19 giungo 1618`,
    `3 Septemher 1950`; another word where no month, or more than one, is that near."""
    months = {form for form, meaning in words.words.items() if meaning[0] == "M" and len(form) > 4}
    near = get_close_matches(wording.lower(), months, n=3, cutoff=0.82)
    meant = {words.words[form] for form in near}
    return meant.pop() if len(meant) == 1 else ("x", 0)


def _meaning(wording: str, meaning: Meaning, text: str, end: int, words: Words) -> Meaning:
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


def space_code(wording: str, previous: str) -> str:
    if "\n" in wording:
        return "#" if previous in ("\n", "#") else "\n"
    return " " if len(wording) <= 3 else "_"


def mark_code(wording: str, words: Words) -> Meaning:
    """Return the code of what is neither a word, a number nor white space."""
    if meaning := words.phrases.get(wording) or words.words.get(wording.lower()):
        return meaning
    if len(wording) == 1:
        if wording in _DASHES:
            return "-", 0
        if wording == "·":  # 11·40 P.M.: British prints set the point of a clock time high
            return ".", 0
        if wording in _RULES:
            return "=", 0
        if wording in _APOSTROPHES:
            return "'", 0
        return (wording if wording.isascii() and wording not in _RESERVED else "~"), 0
    if wording[0] == "-":
        return "=", 0
    if wording[0] in NUMERALS:
        return number_code(str(ideographic_number(wording)))
    if wording[-1] in ".mM" and "." in wording:
        return "a", 12 if wording[0] in "pP" else 0
    if "lock" in wording.lower():
        return "h", 1
    digits = wording[:6].translate(_WORN)
    if len(wording) == 7 and digits.isdecimal() and not wording[-1].isdecimal():
        return ("G" if wording[-1] == "Z" else "g"), int(digits)
    digits = wording.translate(_WORN)
    return number_code(digits) if digits.isdecimal() else ("x", 0)
