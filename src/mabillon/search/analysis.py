"""Words as the index knows them: folded, and cut down to their stems.

Both sides of a search go through the same functions. `prepare` makes a text ready for Tantivy's simple tokenizer, which
cuts at whatever is no letter or digit. Chinese characters, kana and Hangul syllables become a word each, since n-grams
give false hits there; a run of them in a query is then a phrase. Stems are looked up in memory, word by word: that
takes a third of the time that the stemmers themselves would in the index.
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
"""Scripts that are written without spaces, or (Korean) with endings grown on: one word a character."""

LONGEST_WORD = 200
"""Bytes of a word that is still indexed. Longer runs of letters are the noise of scans."""

_LANGUAGES = {
    "da": "danish", "de": "german", "el": "greek", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Languages with a field of stems of their own. English and Russian share the field `stem`: their stemmers know
different letters, so both run over every word of it, and a text that mixes the two is stemmed right."""

_MOST_REMEMBERED = 400_000

_CJK_RUN = re.compile(f"[{CJK}]+")
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0487\u200b-\u200d\u2060\u00ad]")
_UNUSUAL = re.compile("[\u00ad\u0300-\u036f\u0483-\u0487\u200b-\u200d\u2060\u2150-\u218f\u2460-\u24ff\u2e80-\uffff]")
"""Whatever one of the others would find: most texts have none of it, and are then looked through but once."""

_WIDE = re.compile("[\u3000\uff00-\uffef\u2460-\u24ff\u2150-\u218f\ufb00-\ufb4f]")
_WORD = re.compile(r"[^\W_]+")


def _analyzer(*stemmers: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(LONGEST_WORD))
    for stemmer in stemmers:
        builder = builder.filter(tantivy.Filter.stemmer(stemmer))
    return builder.build()


PLAIN = _analyzer()
"""The analyzer of every field of words: what is put to it was prepared."""

_STEMMERS = {
    "stem": _analyzer("russian", "english"),
    **{f"stem_{code}": _analyzer("russian", language) for code, language in _LANGUAGES.items()},
}
STEM_FIELDS = tuple(_STEMMERS)


def _foldings() -> dict[str, str]:
    """Return letter → the ASCII letters that it is folded to, as Tantivy has it, and ё → е."""
    fold = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.ascii_fold())
    analyzer = fold.filter(tantivy.Filter.lowercase()).build()
    letters = [chr(code) for start, end in ((0xC0, 0x250), (0x1E00, 0x1F00)) for code in range(start, end)]
    found = {letter: analyzer.analyze(letter)[0] for letter in letters}
    return {letter: ascii for letter, ascii in found.items() if ascii != letter and ascii.isascii()} | {"ё": "е"}


FOLDINGS = _foldings()
_FOLDED = re.compile("[" + "".join(FOLDINGS) + "]")


def lowered(text: str) -> str:
    """Return `text` in lower case and composed, without marks that stand alone, CJK characters set apart."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", text)
    low = text.lower()
    if not _UNUSUAL.search(low):
        return low
    if _WIDE.search(text):
        low = unicodedata.normalize("NFKC", text).lower()
    return _CJK_RUN.sub(_space, _COMBINING.sub("", low))


def fold(low: str) -> str:
    """Return a text that was `lowered` without its diacritics: what is handed to the tokenizer."""
    return low if low.isascii() else _FOLDED.sub(_fold, low)


def prepare(text: str) -> str:
    """Return `text` lowered and folded."""
    return fold(lowered(text))


def _fold(letter: re.Match[str]) -> str:
    return FOLDINGS[letter[0]]


def _space(run: re.Match[str]) -> str:
    return f" {' '.join(run[0])} "


def stem_field(language: str | None) -> str:
    """Return the field of stems that a text in `language` (BCP 47) belongs in."""
    code = (language or "").split("-")[0].lower()
    return f"stem_{code}" if code in _LANGUAGES else "stem"


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order."""
    return PLAIN.analyze(prepare(text))


class _Stems(dict[str, str]):
    """Lowered word → its stems in one field, with a space between; worked out when first asked for."""

    def __init__(self, stemmer: tantivy.TextAnalyzer) -> None:
        super().__init__()
        self.stemmer = stemmer

    def __missing__(self, word: str) -> str:
        plain = fold(word)
        both = [fold(" ".join(self.stemmer.analyze(word))), *([] if plain == word else self.stemmer.analyze(plain))]
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = self[word] = " ".join(dict.fromkeys(both))
        return found


_stems = {field: _Stems(stemmer) for field, stemmer in _STEMMERS.items()}


def stems(field: str, word: str) -> str:
    """Return the stem of one lowered word in the field of stems `field`.

    A word with diacritics has two, with a space between: a language's rules need its accents (negociações), and people
    leave them out (negociacoes). Either way of typing meets the one that it makes itself.
    """
    return _stems[field][word]


def stems_of(field: str, word: str) -> list[str]:
    """Return the stems of what was typed as one word, lowered."""
    return stemmed(field, word).split()


def stemmed(field: str, low: str) -> str:
    """Return a lowered text with every word cut down to its stem."""
    known = _stems[field]
    return " ".join(map(known.__getitem__, _WORD.findall(low)))


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """Return one word of a text, folded; "" if it holds no letter or digit."""
    found = words(word)
    return found[0] if found else ""
