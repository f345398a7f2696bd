"""Queries of each kind, drawn from the corpus itself: what people look for is there, more or less often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

import tantivy

from bench.corpus import generate

KINDS = ("rare word", "common word", "AND of 2–3", "phrase", "prefix", "fuzzy", "date range with facets")
_WORD = re.compile(r"[a-z]{3,}")
_SAMPLE = 400
"""Cables whose words are drawn from."""


@dataclass(frozen=True)
class Question:
    """One query: in the language of the project, and taken apart for the other engines."""

    kind: str
    text: str
    words: tuple[str, ...] = ()
    days: tuple[int, int] = (0, 0)


class Asker:
    """Draws questions. `bare` gives the document frequencies."""

    def __init__(self, bare: tantivy.Index, count: int, seed: int) -> None:
        self.searcher = bare.searcher()
        self.count = count
        self.random = Random(seed)
        self.texts = [_WORD.findall(cable.text.lower()) for cable in generate(min(_SAMPLE, count), 1950)]
        self.frequency: dict[str, int] = {}

    def questions(self, kind: str, number: int) -> list[Question]:
        """Return `number` different questions of a kind (fewer where the corpus is too small for them)."""
        found: dict[str, Question] = {}
        for _ in range(number * 200):
            question = self.question(kind)
            if question is not None:
                found.setdefault(question.text, question)
            if len(found) == number:
                break
        return list(found.values())

    def question(self, kind: str) -> Question | None:
        words = self.random.choice(self.texts)
        if len(words) < 20:
            return None
        match kind:
            case "rare word":
                return self.one_word(kind, words, 2, 30)
            case "common word":
                return self.one_word(kind, words, self.count // 20, self.count * 2 // 3)
            case "AND of 2–3":
                chosen = tuple(self.random.sample(words, self.random.randrange(2, 4)))
                return Question(kind, " ".join(chosen), chosen)
            case "phrase":
                at = self.random.randrange(len(words) - 3)
                chosen = tuple(words[at : at + self.random.randrange(2, 4)])
                return Question(kind, f'"{" ".join(chosen)}"', chosen)
            case "prefix":
                word = self.random.choice([word for word in words if len(word) > 5])[:5]
                return Question(kind, f"{word}*", (word,))
            case "fuzzy":
                word = self.random.choice([word for word in words if len(word) > 5])
                return Question(kind, f"{word[:2]}{word[3:]}~", (word[:2] + word[3:],))
        return self.date_range(kind, words)

    def one_word(self, kind: str, words: list[str], least: int, most: int) -> Question | None:
        word = self.random.choice(words)
        if word not in self.frequency:
            self.frequency[word] = self.searcher.doc_freq("body", word)
        return Question(kind, word, (word,)) if least <= self.frequency[word] <= most else None

    def date_range(self, kind: str, words: list[str]) -> Question:
        year, month = self.random.randrange(1945, 1965), self.random.randrange(1, 13)
        last = self.random.randrange(year, 1970)
        days = year * 10000 + month * 100 + 1, last * 10000 + 1228
        return Question(kind, f"date:{year}-{month:02}-01..{last}-12-28", (), days)
