"""A name as written, taken apart: titles off, words, initials, script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml
from anyascii import anyascii

from mabillon.vocabulary import wordings

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´ʹ′ʿʾ‛＇", "'") | dict.fromkeys("‐‑‒–—−＝・·", "-"))
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}|\"[^\"]*\"|«[^»]*»|“[^”]*”")
_WORD = re.compile(r"[^\s.,;:/]+\.?")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_FOREIGN = re.compile(r"[^\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_ROLE_WORDS = frozenset(("in", "of", "to", "at", "for", "and", "the", "on", "from", "в", "по", "при", "и"))
LONGEST = 200
"""Letters of a name that are looked at: no name of a person, body or place is longer."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, case folded; `initial` if it stands for a longer one, `capitals` if written in them."""

    text: str
    initial: bool = False
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name without titles. `family`: how many words stood before a comma, 0 if none did. `script`: latin, cyrillic,
    han, hangul, kana or other."""

    wording: str
    words: tuple[Word, ...]
    family: int
    script: str

    @property
    def full(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if not word.initial)


@cache
def table(name: str) -> Any:
    """Return the content of `vocabulary/names/<name>.yaml`."""
    path = resources.files("mabillon.vocabulary").joinpath("names", f"{name}.yaml")
    return yaml.load(path.read_bytes(), Loader=_Loader)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return `text` as plain lower-case ASCII letters, spaces and hyphens, whatever its script."""
    plain = anyascii(text).casefold() if not text.isascii() else text.casefold()
    return " ".join(re.sub(r"[^a-z0-9 -]+", "", plain.replace("'", "")).split())


@lru_cache(maxsize=20_000)
def unaccented(text: str) -> str:
    """Return `text` in its own script and lower case, without accents, hyphens and double spaces."""
    bare = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", "".join(bare)).casefold().replace("-", " ").split())


@cache
def _titles(place: str) -> frozenset[str]:
    listed = {fold(word) for word in table("titles")[place]}
    if place == "before":
        listed |= {fold(word) for key in ("honorific", "office") for word in wordings(key) if "." not in word}
    return frozenset(word for word in listed if word)


@lru_cache(maxsize=20_000)
def script_of(text: str) -> str:
    """Return the script that decides how `text` is read."""
    for script, pattern in (("kana", _KANA), ("hangul", _HANGUL), ("han", _HAN), ("cyrillic", _CYRILLIC)):
        if pattern.search(text):
            return script
    letters = anyascii(text)
    return "latin" if any(ord(c) < 0x250 and c.isalpha() for c in text) or not letters.strip() else "other"


def clean(text: str) -> str:
    """Return `text` in NFC with plain apostrophes, hyphens and spaces, without bracketed additions."""
    text = unicodedata.normalize("NFC", text[: 4 * LONGEST]).translate(_APOSTROPHES)
    bare = _BRACKETED.sub(" ", text).strip()
    text = bare or re.sub(r"[()\[\]{}\"«»“”]", " ", text)
    return " ".join(text.split())[:LONGEST].strip(" ,;:-'").removesuffix("'s")


def _is_initial(token: str, word: str) -> bool:
    letters = word.replace("-", "")
    if token.endswith("."):
        return len(letters) <= 3
    return len(letters) == 1 and letters.isalpha() and script_of(letters) in ("latin", "cyrillic")


def _words(text: str) -> list[Word]:
    found = []
    for token in _WORD.findall(text):
        word = token.rstrip(".")
        bare = word.strip("-'")
        if bare and any(c.isalnum() for c in bare):
            capitals = len(bare) > 2 and bare.isupper()
            found.append(Word(bare.casefold(), _is_initial(token, bare), capitals))
    return found


def _strip_before(words: list[Word]) -> list[Word]:
    titles = _titles("before")
    stripped = True
    while stripped and len(words) > 1:
        stripped = False
        for length in (4, 3, 2, 1):
            if length >= len(words) or not _is_title(words[:length], titles, len(words)):
                continue
            words, stripped = words[length:], True
            break
    return words


def _is_title(head: list[Word], titles: frozenset[str], total: int) -> bool:
    title = fold(" ".join(word.text for word in head))
    if title not in titles:
        return False
    single = len(head) == 1 and len(title) == 1
    return not single or (total == 2 and title in ("t", "m", "u"))


def _strip_after(words: list[Word]) -> list[Word]:
    titles = _titles("after")
    while len(words) > 1 and fold(words[-1].text) in titles:
        words = words[:-1]
    return words


def _strip_east(text: str) -> str:
    for title in table("titles")["after_east"]:
        if text.endswith(title) and len(text) - len(title) >= 1:
            return text[: -len(title)].strip()
    return text


def _is_role(text: str, words: list[Word]) -> bool:
    """Return whether what stands after a comma is an office (`Ambassador in Korea`) or a suffix, and no given name."""
    if any(token in _ROLE_WORDS for token in text.split()):
        return True
    left = _strip_before(words)
    short = len(left[0].text) > 1 if left else False
    only_titles = len(left) == 1 and (short or not left[0].initial) and fold(left[0].text) in _titles("before")
    return only_titles or all(fold(word.text) in _titles("after") for word in words)


def _parts(text: str) -> tuple[list[Word], int]:
    """Return the words of a name in Latin or Cyrillic letters and how many of them stood before a comma."""
    head, *rest = [part for part in text.split(",") if part.strip()] or [""]
    family = _strip_after(_strip_before(_words(head)))
    given = _words(rest[0]) if rest else []
    if not given or _is_role(rest[0], given):
        return family, 0
    return family + _strip_after(_strip_before(given)), len(family)


@lru_cache(maxsize=20_000)
def parse(name: str) -> Name:
    """Return the parts of `name`. An empty or wordless name has no words; never raises."""
    text = clean(name)
    script = script_of(text)
    if script in ("han", "hangul", "kana"):
        text = _strip_east(text)
        bare = _FOREIGN.sub("", text)
        return Name(name, (Word(bare),) if bare else (), 0, script)
    words, family = _parts(text)
    return Name(name, tuple(words), family, script)
