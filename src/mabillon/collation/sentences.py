"""Texts cut into sentences. A sentence is a stretch of the text it stands in: offsets keep their meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from mabillon.text import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """`[start, end)` of a text, without white space around it; `text` is what stands there."""

    start: int
    end: int
    text: str


_PARAGRAPH = re.compile(r"\S(?:.(?!\n[^\S\n]*\n))*.?", re.DOTALL)
_END = re.compile(r"(?:[.!?…]+[\"'»”’)\]]*\s+(?=[\"'«“„‘(\[]*[\w])|[。！？][」』”]*)")
_BEFORE = re.compile(r"(\w+)[.]$")
SHORT_NUMBER = 2
LONGEST = 4_000
"""Sentences of a text that are compared: what follows is left alone."""


@cache
def wordings() -> dict[str, Any]:
    """Return the content of vocabulary/sentences.yaml."""
    content = resources.files("mabillon.vocabulary").joinpath("sentences.yaml").read_bytes()
    table: dict[str, Any] = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return table


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(map(str, wordings()["abbreviations"]))


def sentences(text: str, spans: Sequence[Span] = (), everything: bool = False) -> list[Sentence]:
    """Return the sentences of `text`, or of those `spans` of it, in order.

    What has no letter and no figure in it is left out, unless `everything` is wanted.
    """
    pieces = (one for start, end in spans or [(0, len(text))] for one in _in_span(text, start, end))
    found = (one for one in pieces if everything or any(char.isalnum() for char in one.text))
    return [one for _, one in zip(range(LONGEST), found, strict=False)]


def _in_span(text: str, start: int, end: int) -> Iterator[Sentence]:
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        begin = paragraph.start()
        for stop in _END.finditer(text, paragraph.start(), paragraph.end()):
            if _is_end(text, begin, stop):
                yield from _sentence(text, begin, stop.end())
                begin = stop.end()
        yield from _sentence(text, begin, paragraph.end())


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start < end:
        yield Sentence(start, end, text[start:end])


def _is_end(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not after an initial, an abbreviation or a short number (of a paragraph, or
    the day of a month), nor before a small letter."""
    following = text[stop.end() : stop.end() + 3].lstrip("\"'«“„‘([")[:1]
    if stop[0].startswith((".", "…")) and following.islower():
        return False
    before = _BEFORE.search(text[begin : stop.start() + 1][-30:])
    if before is None:
        return True
    word = before[1]
    if word.isdigit():
        return len(word) > SHORT_NUMBER
    return len(word) > 1 and word.casefold() not in _abbreviations()
