"""Words as the index knows them: folded, and cut down to their stems.

Both sides of a search go through the same functions. `prepare` makes a text ready for Tantivy's simple tokenizer (which
cuts at whatever is no letter or digit): one script one rule, no offsets kept. Chinese characters, kana and Hangul
syllables become a token each, since n-grams give false hits there; a run of them in a query is then a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import tantivy

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff"
)
"""Scripts that are written without spaces, or (Korean) with endings grown on: one token a character."""

LONGEST_WORD = 200
"""Bytes of a word that is still indexed. Longer runs of letters are the noise of scans."""

STEMMERS = {
    "da": "danish", "de": "german", "el": "greek", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Languages with a field of stems of their own. English and Russian share the field `stem`: their stemmers know
different letters, so both run over every word of it, and a text that mixes the two is stemmed right."""

_CJK_CHARACTER = re.compile(f"([{CJK}])")
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0487\u200b-\u200d\u2060\u00ad]")
_WIDE = re.compile("[\u3000\uff00-\uffef]")
_YO = str.maketrans("ёЁ", "еЕ")


def prepare(text: str) -> str:
    """Return `text` as it is handed to the tokenizer: composed, without marks that stand alone, CJK set apart."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
    text = _COMBINING.sub("", text).translate(_YO)
    return _CJK_CHARACTER.sub(r" \1 ", text)


def _analyzer(*stemmers: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(LONGEST_WORD))
    builder = builder.filter(tantivy.Filter.ascii_fold()).filter(tantivy.Filter.lowercase())
    for stemmer in stemmers:
        builder = builder.filter(tantivy.Filter.stemmer(stemmer))
    return builder.build()


PLAIN = _analyzer()
"""Folded words, unstemmed."""

ANALYZERS: dict[str, tantivy.TextAnalyzer] = {
    "plain": PLAIN,
    "stem": _analyzer("russian", "english"),
    **{f"stem_{code}": _analyzer("russian", language) for code, language in STEMMERS.items()},
}
"""Name of an analyzer → the analyzer. Those that stem are named as the field that they fill."""

STEM_FIELDS = tuple(name for name in ANALYZERS if name != "plain")


def stem_field(language: str | None) -> str:
    """Return the field of stems that a text in `language` (BCP 47) belongs in."""
    code = (language or "").split("-")[0].lower()
    return f"stem_{code}" if code in STEMMERS else "stem"


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order."""
    return PLAIN.analyze(prepare(text))


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Return one word of a text, folded; "" if it holds no letter or digit."""
    found = words(word)
    return found[0] if found else ""


@lru_cache(maxsize=200_000)
def stem(field: str, word: str) -> str:
    """Return the stem of one word in the field of stems `field`; "" if it holds no letter or digit."""
    found = ANALYZERS[field].analyze(prepare(word))
    return found[0] if found else ""
