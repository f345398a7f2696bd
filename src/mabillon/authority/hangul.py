"""Hangul syllables and the Korean readings of Chinese characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

from mabillon.authority.names import table

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_SOUNDED = {"ㄲ": "ㄱ", "ㄳ": "ㄱ", "ㅋ": "ㄱ", "ㄺ": "ㄱ", "ㅅ": "ㄷ", "ㅆ": "ㄷ", "ㅈ": "ㄷ", "ㅊ": "ㄷ", "ㅌ": "ㄷ",
            "ㅎ": "ㄷ", "ㅍ": "ㅂ", "ㅄ": "ㅂ", "ㄿ": "ㅂ", "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄼ": "ㄹ", "ㄽ": "ㄹ", "ㄾ": "ㄹ",
            "ㅀ": "ㄹ", "ㄻ": "ㅁ"}  # fmt: skip
_ROWS, _PLACES = range(0xCA, 0xFE), range(0xA1, 0xFF)


def split(syllable: str) -> tuple[str, str, str]:
    """Return onset, vowel and coda (as sounded) of a Hangul syllable."""
    index = ord(syllable) - 0xAC00
    coda = CODAS[index % 28]
    return ONSETS[index // 588], VOWELS[index % 588 // 28], _SOUNDED.get(coda, coda)


def join(onset: str, vowel: str, coda: str) -> str:
    """Return the Hangul syllable of its letters."""
    return chr(0xAC00 + ONSETS.index(onset) * 588 + VOWELS.index(vowel) * 28 + CODAS.index(coda))


@cache
def _hanja() -> dict[str, tuple[str, ...]]:
    """Return hanja → Hangul readings, from the order of KS X 1001 (vocabulary/names/hanja.yaml)."""
    begin = {int(run[1:]): run[0] for run in table("hanja")["begin"].split()}
    found: dict[str, tuple[str, ...]] = {}
    reading, place = "", 0
    for row in _ROWS:
        for cell in _PLACES:
            reading = begin.get(place, reading)
            char = unicodedata.normalize("NFC", bytes((row, cell)).decode("euc_kr"))
            found[char] = (*found.get(char, ()), reading)
            place += 1
    return found


@cache
def _converter(way: str) -> OpenCC:
    return OpenCC(way)


@lru_cache(maxsize=10_000)
def simplified(text: str) -> str:
    """Return `text` with traditional Chinese characters in their simplified forms."""
    return str(_converter("t2s").convert(text))


@lru_cache(maxsize=10_000)
def traditional(text: str) -> str:
    """Return `text` with simplified Chinese characters in their traditional forms."""
    return str(_converter("s2t").convert(text))


def korean_readings(char: str) -> tuple[str, ...]:
    """Return the Hangul readings of a Chinese character, the one listed first in KS X 1001 first; () if none."""
    table_ = _hanja()
    return table_.get(char) or table_.get(traditional(char)) or ()


def is_hangul(text: str) -> bool:
    return bool(re.fullmatch(r"[\uac00-\ud7a3]+", text))
