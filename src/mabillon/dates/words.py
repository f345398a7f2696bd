"""The wordings of dates in every language, from `vocabulary/languages/<code>/dates.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = (
    *("en", "ru", "fr", "de", "es", "it", "pl", "cs", "ro", "hu", "pt", "nl", "tr", "uk", "bg", "sv", "da", "fi", "la"),
    *("zh", "ja", "ko"),
)
"""In the order in which a word that two languages share is understood."""

Meaning = tuple[str, int]
"""The token code of a word (codes.py) and its number: of the month, the weekday, minutes past midnight."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What the words of dates mean.

    words: any word in lower case; suffixes: words that stand right behind a number
    signs: those of `words` that are written without spaces between them
    phrases: wordings of more than one word, as they are written
    capital: words that count only with a capital letter
    need_year: abbreviations that are common words, too
    not_before: words that make another word of the one before
    """

    words: dict[str, Meaning] = field(default_factory=dict)
    suffixes: dict[str, Meaning] = field(default_factory=dict)
    signs: set[str] = field(default_factory=set)
    phrases: dict[str, Meaning] = field(default_factory=dict)
    capital: set[str] = field(default_factory=set)
    need_year: set[str] = field(default_factory=set)
    not_before: dict[str, set[str]] = field(default_factory=dict)
    zones: set[str] = field(default_factory=set)
    zone_time: set[str] = field(default_factory=set)
    zone_patterns: set[str] = field(default_factory=set)
    zone_places: set[str] = field(default_factory=set)
    old_style: set[str] = field(default_factory=set)


NIGHT = 24
"""The value of `at night`: the hours before midnight and those after it."""

_SIMPLE: tuple[tuple[str, Meaning], ...] = (
    ("clock", ("h", 1)),
    ("hour", ("h", 0)),
    ("minute", ("i", 0)),
    ("bare-am", ("A", 0)),
    ("pm", ("a", 12)),
    ("before-noon", ("b", 0)),
    ("after-noon", ("b", 12)),
    ("night", ("b", NIGHT)),
    ("noon", ("N", 12)),
    ("midnight", ("N", 0)),
    ("instant", ("I", 0)),
    ("ultimo", ("I", -1)),
    ("proximo", ("I", 1)),
    ("until", ("t", 0)),
    ("year", ("e", 0)),
    ("part", ("l", 0)),
    ("circa", ("c", 0)),
    ("number", ("x", 1)),
    ("at", ("p", 1)),
    ("join", ("p", 0)),
)

_SIGNS = {"year": "年", "month": "月", "day": "日", "hour": "時", "minute": "分"}


def _forms(entry: str | Iterable[str]) -> list[str]:
    """A string is words apart by spaces; in a list each item is one wording."""
    return entry.split() if isinstance(entry, str) else list(entry)


def _add(into: dict[str, Meaning], forms: Iterable[str], meaning: Meaning) -> None:
    for form in forms:
        into.setdefault(form, meaning)


def _add_months(words: Words, months: Iterable[str]) -> None:
    for number, entry in enumerate(months, 1):
        for form in entry.split():
            words.words.setdefault(form.rstrip("."), ("q" if form.endswith(".") else "M", number))


LAST_DAY = 32
"""The value of `the last of` a month."""


def _add_days(words: Words, data: Mapping[str, Any]) -> None:
    for number, entry in enumerate((*data.get("days", ()), *[""] * 31)[:31] + (data.get("last-day", ""),), 1):
        for form in entry.split():
            into = words.words if form.isalpha() else words.phrases
            into.setdefault(form.replace("_", " "), ("D", number))


def _add_language(words: Words, data: Mapping[str, Any]) -> None:
    _add_months(words, data.get("months", ()))
    _add_days(words, data)
    for number, entry in enumerate(data.get("weekdays", ())):
        _add(words.words, entry.split(), ("w", number))
    for key, meaning in _SIMPLE:
        forms = _forms(data.get(key, ""))
        _add(words.words, (form for form in forms if form.isalnum()), meaning)
        _add(words.phrases, (form for form in forms if not form.isalnum()), meaning)
    if "signs" in data:
        _add_signs(words, data)
        return
    for key, code in (("ordinal", "o"), ("hour", "h"), ("minute", "i")):
        _add(words.suffixes, _forms(data.get(key, "")), (code, 0))
    words.capital.update(_forms(data.get("capital", "")))
    words.need_year.update(_forms(data.get("need-year", "")))
    words.not_before.update({word: set(_forms(forms)) for word, forms in data.get("not-before", {}).items()})
    words.zones.update(_forms(data.get("zones", "")))
    words.old_style.update(data.get("old-style", ()))
    words.zone_patterns.update(data.get("zone-patterns", ()))
    words.zone_places.update(_forms(data.get("zone-places", "")))
    words.zone_time.update(_forms(data.get("zone-time", "")))


def _add_signs(words: Words, data: Mapping[str, Any]) -> None:
    """Add the words of a language written without spaces, so that the tokenizer can cut them out."""
    for key, code in _SIGNS.items():
        _add(words.words, data["signs"].get(key, ""), (code, 0))
    for era, before in data.get("eras", {}).items():
        words.words.setdefault(era, ("E", before))
    keys = ("weekdays", "noon", "midnight", "before-noon", "after-noon")
    words.signs.update(form for key in keys for form in _forms(data.get(key, "")))
    words.signs.update(sign for signs in data["signs"].values() for sign in signs)
    words.signs.update(data.get("eras", {}))


@cache
def load_words(languages: tuple[str, ...] = LANGUAGES) -> Words:
    """Return the words of these languages, the earlier one winning a word that two of them share."""
    words = Words()
    folder = files("mabillon.vocabulary") / "languages"
    for code in languages:
        content = (folder / code / "dates.yaml").read_text(encoding="utf-8")
        _add_language(words, yaml.load(content, Loader=_LOADER))
    return words
