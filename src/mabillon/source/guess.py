"""The encoding of bytes that say nothing of it and are no UTF-8.

Each candidate is judged by whether the characters that it gives are those of one language that was written in it:
its letters, its typographic signs, small letters rather than capitals within words.
"""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 65536
_SIGNS = frozenset("‘’“”„‚«»‹›–—…•§°·№©®™£€¡¿ºª½¼¾×†‡¶\xa0\xad")
_LATIN = {
    "French, Italian": "àâæçèéêëîïôœùûüÿìíòóú",
    "German, Nordic": "äöüßåæøéèà",
    "Spanish, Portuguese": "áéíóúñüàâãçêôõ",
}  # fmt: skip
_PROFILES: tuple[tuple[str, str, str], ...] = (
    *(("cp1252", letters, "") for letters in _LATIN.values()),
    ("cp1250", "áčďéěíňóřšťúůýžäľĺôŕ", ""),  # Czech, Slovak
    ("cp1250", "ąćęłńóśźż", ""),  # Polish
    ("cp1250", "áéíóöőúüű", ""),  # Hungarian
    ("cp1250", "čćđšž", ""),  # Croatian, Slovene
    ("cp1250", "ăâîşţ", ""),  # Romanian
    ("iso8859-2", "áčďéěíňóřšťúůýžäľĺôŕąćęłńśźżőűđăâîşţ", ""),
    ("cp1254", "çğıöşüâîû", ""),  # Turkish
    ("cp1251", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґјљњћџђ", "оеаинтсрвл"),
    ("koi8-r", "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвл"),
    ("cp866", "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвл"),
    ("iso8859-5", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґјљњћџђ", "оеаинтсрвл"),
    ("cp1253", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ", "αοιετνσρηκ"),
    *(("mac-roman", letters, "") for letters in _LATIN.values()),
    *(("cp850", letters, "") for letters in _LATIN.values()),
)
_WIDE: tuple[tuple[str, str], ...] = (
    ("gb18030", "的一是不了人在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会"),
    ("big5", "的一是不了人在有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會"),
    ("shift_jis", "のにはをたがでてとしれさいうこんるかすなもあよりま"),
    ("euc_jp", "のにはをたがでてとしれさいうこんるかすなもあよりま"),
    ("euc_kr", "이다의는에을가를은한고하지로도기사인자어아서"),
)
_MIXED = re.compile(
    r"[a-zà-öø-ÿа-яё][A-ZÀ-ÖØ-ÞА-ЯЁ]"  # a capital inside a word
    r"|[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]"  # two scripts in one word
    r"|[a-zäöüéèåø][†‡„”“«»…•§°©®£½¼¾¿¡][a-zäöüéèåø]"  # a sign inside a word
)


def guess_encoding(content: bytes) -> str:
    """Return the Python codec that gives the likeliest text; Windows-1252 if none is better."""
    sample = content[:_SAMPLE]
    high = sum(1 for byte in sample if byte >= 0x80)
    best, most = "cp1252", 0.0
    for encoding, letters, frequent in _PROFILES:
        score = _score(sample, encoding, letters, frequent)
        if score > most + 1e-9:
            best, most = encoding, score
    if high * 4 > len(sample):
        for encoding, frequent in _WIDE:
            score = _wide_score(content, encoding, frequent)
            if score > most:
                best, most = encoding, score
    return best


def _score(sample: bytes, encoding: str, letters: str, frequent: str) -> float:
    """Return the share of the characters beyond ASCII that the language has, less what no text has."""
    text = sample.decode(encoding, "replace")
    counts = Counter(character for character in text if character > "\x7f")
    total = sum(counts.values())
    if not total:
        return 0.0
    known = frozenset(letters + letters.upper())
    good = sum(count for character, count in counts.items() if character in known or character in _SIGNS)
    usual = sum(count for character, count in counts.items() if character in frequent)
    capitals = sum(count for character, count in counts.items() if character in known and character.isupper())
    inside = len(_MIXED.findall(text))
    return (good + 0.5 * usual - 0.3 * capitals - 2 * inside) / total


def _wide_score(content: bytes, encoding: str, frequent: str) -> float:
    """Return how much of the text is the commonest characters of the language, scaled to stand beside `_score`."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    wide = [character for character in text if character > "\u2e7f"]
    if not wide:
        return 0.0
    return min(1.5, 8 * sum(1 for character in wide if character in frequent) / len(wide))
