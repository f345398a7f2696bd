"""Times of the same questions put to several engines by turns, so that what else the machine does hits all alike."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.search.engines import Ask
from bench.search.questions import Question

Clock = Callable[[], float]


@dataclass
class Times:
    """Milliseconds of every asking, and of the quickest asking of each question."""

    spent: list[float] = field(default_factory=list)
    best: dict[str, float] = field(default_factory=dict)

    def add(self, question: Question, spent: float) -> None:
        self.spent.append(spent)
        self.best[question.text] = min(spent, self.best.get(question.text, spent))

    @property
    def median(self) -> float:
        """The median question, each at its quickest: what else the machine does is not the engine's."""
        return statistics.median(self.best.values())

    @property
    def p99(self) -> float:
        """By the nearest rank: of 200 askings the 198th."""
        return sorted(self.spent)[max(0, math.ceil(len(self.spent) * 0.99) - 1)]


def take_turns(
    engines: dict[str, Ask], questions: Sequence[Question], rounds: int = 3, clock: Clock = time.process_time
) -> dict[str, Times]:
    """Return engine → times. Every engine answers each question `rounds` times, after a round that is not counted.

    clock: the processor time of all threads of this process, which a busy machine stretches least; the time of day
        where a server does the work
    """
    times = {name: Times() for name in engines}
    gc.collect()
    gc.freeze()
    for number in range(rounds + 1):
        for question in questions:
            for name, ask in engines.items():
                begun = clock()
                ask(question)
                if number:
                    times[name].add(question, (clock() - begun) * 1000)
    return times
