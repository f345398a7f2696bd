"""Times of the same questions put to several engines by turns, so that what else the machine does hits all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.search.engines import Ask
from bench.search.questions import Question


@dataclass
class Times:
    """Milliseconds, one a question."""

    spent: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.spent)

    @property
    def p99(self) -> float:
        return sorted(self.spent)[min(len(self.spent) - 1, int(len(self.spent) * 0.99))]


def take_turns(
    engines: dict[str, Ask], questions: Sequence[Question], warm: int = 5, clock: Callable[[], float] = time.thread_time
) -> dict[str, Times]:
    """Return engine → times. Every engine answers each question once; the first `warm` questions are asked twice.

    clock: the time of this thread's processor, which a busy machine stretches least; for a server the time of day
    """
    for ask in engines.values():
        for question in questions[:warm]:
            ask(question)
    times = {name: Times() for name in engines}
    gc.collect()
    gc.freeze()
    for question in questions:
        for name, ask in engines.items():
            begun = clock()
            ask(question)
            times[name].spent.append((clock() - begun) * 1000)
    return times
