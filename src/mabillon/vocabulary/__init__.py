"""Wordings of services and languages, as data.

Each folder below `languages/` and `forms/` may hold a `terms.yaml` with the same keys; the core never asks which
language or service it reads, it asks for all the wordings of one key. Adding a service is adding a folder.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _tables() -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for shelf in ("languages", "forms"):
        for folder in sorted(resources.files(__name__).joinpath(shelf).iterdir(), key=lambda entry: entry.name):
            table = folder.joinpath("terms.yaml")
            if table.is_file():
                content = yaml.load(table.read_bytes(), Loader=_Loader) or {}
                found.append((f"{shelf}/{folder.name}", content))
    return found


def _at(table: dict[str, Any], key: str) -> Any:
    for step in key.split("."):
        table = table.get(step, {}) if isinstance(table, dict) else {}
    return table


_SHORTEST_TYPED = 5


def _typed(word: str) -> set[str]:
    """Return a wording, and as a typewriter or capitals write it without accents: `TRES SECRET`. Short words stay as
    they are: `à` is no `a`."""
    if word.isascii() or len(word) < _SHORTEST_TYPED:
        return {word}
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    return {word, plain} if plain.isascii() else {word}


@cache
def wordings(key: str) -> tuple[str, ...]:
    """Return all wordings of `key` (`classification`, `copies.file`, `labels.sender`) in every language and form,
    longest first, lower case."""
    found: set[str] = set()
    for _, table in _tables():
        entry = _at(table, key)
        if isinstance(entry, list):
            for word in entry:
                found.update(_typed(str(word).casefold()))
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def canon(key: str) -> dict[str, str]:
    """Return wording → canonical term of `key` (`event`, `kind`, `channel`, `language_names`), lower case wordings."""
    found: dict[str, str] = {}
    for _, table in _tables():
        entry = _at(table, key)
        if not isinstance(entry, dict):
            continue
        for term, words in entry.items():
            if isinstance(words, list):
                for word in words:
                    for typed in _typed(str(word).casefold()):
                        found.setdefault(typed, str(term))
            else:
                found.setdefault(str(term).casefold(), str(words))
    return found


_ATOMS = {" ": r"\s+", "'": "['’]", "-": "[-–—]"}
"""How a character of a wording is matched: any white space, either apostrophe, any dash."""


def alternation(words: tuple[str, ...] | list[str]) -> str:
    """Return a regular expression for any of `words`, the longest that matches: any white space, either apostrophe.

    The words are written as a trie, so that a position of the text that begins none of them is left at once.
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for character in word:
            node = node.setdefault(_ATOMS.get(character) or re.escape(character), {})
        node[""] = {}
    return _written(trie) if trie else "(?!)"


def _written(node: dict[str, Any]) -> str:
    """Return the expression of a trie: longer ways on are tried before the end of a word."""
    ends = "" in node
    branches = [atom + (_written(below) if below != {"": {}} else "") for atom, below in node.items() if atom]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")


@cache
def pattern(key: str, *, whole: bool = False) -> re.Pattern[str]:
    """Return the compiled pattern of the wordings of `key`, at word boundaries; `whole` anchors it at both ends."""
    words = wordings(key) or tuple(canon(key))
    body = alternation(words) if words else r"(?!)"
    edges = (r"^\s*", r"[\s.!:]*$") if whole else (r"(?<![^\W_])", r"(?![^\W_])")
    return re.compile(edges[0] + body + edges[1], re.IGNORECASE)


def fold_space(text: str) -> str:
    """Return `text` in lower case with single spaces, without the white space at its ends."""
    return " ".join(text.split()).casefold()


@cache
def place_names() -> frozenset[str]:
    """Return the names, old and new, in every script, of the places in `places.yaml`."""
    content = yaml.load(resources.files(__name__).joinpath("places.yaml").read_bytes(), Loader=_Loader) or {}
    found: set[str] = set()
    for entry in content.values():
        found.update((entry["name"], *entry.get("names", ()), *(former[0] for former in entry.get("former", ()))))
    return frozenset(str(name) for name in found)
