"""Sentences with the term statistics of samples: a chain of words, each drawn from those that follow the last."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from random import Random

from bench.corpus.service import load_services
from bench.specimens import golds, source_of

_TAG = re.compile(r"<(script|style|teiHeader).*?</\1>|<[^>]*>", re.DOTALL)
_WORD = re.compile(r"[\w’'.,;:()/-]+")
_END = re.compile(r"[.!?。]$")
_SHORTEST_LINE = 48
"""Characters from which a line of a specimen is taken for running text and not for part of a form."""

CJK = re.compile(r"[\u3400-\u9fff]")


class Tongue:
    """A language as its samples write it."""

    def __init__(self, texts: Iterable[str]) -> None:
        follows: dict[str, Counter[str]] = defaultdict(Counter)
        self.spaced = True
        for text in texts:
            last = ""
            for word in _words(text):
                follows[last][word] += 1
                last = "" if _END.search(word) else word
            self.spaced = self.spaced and not CJK.search(text)
        self._next = {
            word: (list(counts), list(accumulate(counts.values()))) for word, counts in sorted(follows.items())
        }

    def sentence(self, random: Random, shortest: int = 5, longest: int = 32) -> str:
        """Return one sentence; it begins as a sample's does and ends where one ends, or at `longest` words."""
        said: list[str] = []
        word = ""
        while len(said) < longest:
            choices = self._next.get(word) or self._next[""]
            word = choices[0][bisect(choices[1], random.random() * choices[1][-1])]
            said.append(word)
            if _END.search(word) and len(said) >= shortest:
                break
        text = (" " if self.spaced else "").join(said)
        return text if _END.search(text) else text.rstrip(",;:") + ("." if self.spaced else "。")

    def sentences(self, random: Random, count: int) -> list[str]:
        return [self.sentence(random) for _ in range(count)]


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if CJK.search(word):
            yield from re.findall(r"[\u3400-\u9fff]{1,2}[。,、]?|[^\u3400-\u9fff]+", word)
        else:
            yield word


def running_text(content: str) -> str:
    """Return the lines of a specimen that read like sentences."""
    lines = (html.unescape(line).strip() for line in _TAG.sub(" ", content).splitlines())
    return "\n".join(line for line in lines if len(line) > _SHORTEST_LINE or len(CJK.findall(line)) > 8)


def decoded(content: bytes) -> str:
    """Return the text of a specimen, which may be of the days before Unicode."""
    for encoding in ("utf-8", "cp1251" if re.search(rb"[\xc0-\xff]{4}", content) else "cp1252"):
        try:
            return unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


@cache
def tongues() -> dict[str, Tongue]:
    """Return language → its tongue, learnt from the specimens and the phrases of the services."""
    texts: dict[str, list[str]] = defaultdict(list)
    for service in load_services():
        texts[service.language].append(service.phrases)
    for gold in golds():
        language = json.loads(gold.read_text("utf-8")).get("language") or "en"
        path = source_of(gold)
        if path.suffix in (".txt", ".html", ".xml"):
            texts[str(language)[:2]].append(running_text(decoded(path.read_bytes())))
    return {language: Tongue(found) for language, found in sorted(texts.items())}
