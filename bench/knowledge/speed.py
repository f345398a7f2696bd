"""How quickly it is answered who knew what, and how quickly one more document is followed."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from bench.knowledge.generate import PHRASES, READERS, correspondence
from bench.knowledge.store import build, take_in
from mabillon.archive import Archive
from mabillon.archive.finder import Finder
from mabillon.archive.knew import Question, first_to_know, knew, spread
from mabillon.store.sources import start_run

ROUNDS = 3


@dataclass
class Times:
    """Milliseconds of each asking: of processor time, and of each question the quickest by the clock."""

    spent: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)

    def take(self, ask: Callable[[], object]) -> None:
        best: list[tuple[float, float]] = []
        for _ in range(ROUNDS):
            spent, begun = time.process_time(), time.perf_counter()
            ask()
            best.append(((time.process_time() - spent) * 1000, (time.perf_counter() - begun) * 1000))
        self.spent.append(min(one[0] for one in best))
        self.clock.append(min(one[1] for one in best))

    @property
    def median(self) -> float:
        return statistics.median(self.spent)

    def at(self, share: float) -> float:
        return _rank(self.spent, share)

    def clocked(self, share: float) -> float:
        return _rank(self.clock, share)


def _rank(figures: list[float], share: float) -> float:
    """Return a quantile by the nearest rank."""
    return sorted(figures)[max(0, math.ceil(len(figures) * share) - 1)]


def measure(count: int, folder: Path, questions: int = 40) -> dict[str, Times]:
    """Return what was asked → how long it took, over an archive of `count` cables in `folder`."""
    archive = build(folder, count)
    finder, found = Finder(archive), dict[str, Times]()
    mix = Random(3)
    for name, asks in _asked(archive, finder, mix, questions).items():
        times = found.setdefault(name, Times())
        for ask in asks:
            times.take(ask)
    found["one more document"] = _updates(archive, count)
    finder.close()
    archive.close()
    return found


def _asked(archive: Archive, finder: Finder, mix: Random, questions: int) -> dict[str, list[Callable[[], object]]]:
    def moment() -> str:
        return (
            f"{mix.randrange(1946, 1958)}-{mix.randrange(1, 13):02}-{mix.randrange(1, 29):02}T{mix.randrange(24):02}:00"
        )

    def ask(who: str, at: str, about: str = "") -> Callable[[], object]:
        return lambda: knew(finder, Question(who, at, "Moscow", about))

    ids = list(islice(archive.ids(), 0, 100 * questions, 100))
    coined = [one.copies[0] for one in islice(correspondence(questions, 9), questions)]
    rare = [f'"No. {mix.randrange(5, 200)}"' for _ in range(questions)]
    return {
        "a person and a moment": [ask(mix.choice(READERS), moment()) for _ in range(questions)],
        "a person, ever": [ask(name, "") for name in READERS],
        "a person whom the authority does not know": [ask(name, moment()) for name in coined],
        "a person, a moment, a common phrase": [
            ask(mix.choice(READERS), moment(), mix.choice(PHRASES)) for _ in range(questions)
        ],
        "a person, a moment, a rare phrase": [ask(mix.choice(READERS), moment(), phrase) for phrase in rare],
        "who knew first of a phrase": [(lambda about=about: first_to_know(finder, about)) for about in PHRASES],  # type: ignore[misc]
        "how a document spread": [(lambda id=id: spread(archive, id)) for id in ids[:questions]],  # type: ignore[misc]
    }


def _updates(archive: Archive, count: int) -> Times:
    """Take in ten more cables one by one, each with its names and with who knew what."""
    with archive.store.writing() as connection:
        run = start_run(connection, "ingest", "")
    more = correspondence(10, seed=int(time.time()))
    times = Times()
    for one in more:
        spent, begun = time.process_time(), time.perf_counter()
        take_in(archive, run, [one.record])
        times.spent.append((time.process_time() - spent) * 1000)
        times.clock.append((time.perf_counter() - begun) * 1000)
    return times
