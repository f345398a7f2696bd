"""Stations that number what they send, with known truth: even and in bursts, weekends, slips of the pen."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

WEEKEND = (1.0, 1.1, 1.0, 1.0, 0.9, 0.35, 0.15)
"""How busy each day of the week is, Monday first."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One document: `day` is the true day, `dated` what it bears (None where it is undated), `number` what is read."""

    key: int
    station: str
    partner: str
    number: int
    true_number: int
    day: int
    dated: int | None
    held: bool
    slipped: bool


@dataclass(frozen=True, slots=True)
class Habit:
    """How a station wrote. `pace`: messages on a usual day; `bursts`: how uneven, 0 for an even flow; `held`: the share
    that the archive has; `shuffled`: the share numbered a day or two before or after it is dated."""

    name: str
    pace: float
    bursts: float
    held: float
    weekends: bool = True
    shuffled: float = 0.0
    partners: int = 1


HABITS = (
    Habit("a quiet legation", 0.25, 0.0, 0.6),
    Habit("an embassy", 2.0, 0.4, 0.25),
    Habit("an embassy in bursts", 1.5, 1.2, 0.2),
    Habit("a ministry, few held", 8.0, 0.5, 0.03),
    Habit("a register", 30.0, 0.3, 0.01),
    Habit("loosely numbered", 1.0, 0.4, 0.4, shuffled=0.12),
    Habit("evenly, every day", 1.0, 0.0, 0.3, weekends=False),
    Habit("to three correspondents", 1.5, 0.5, 0.3, partners=3),
)


def year_of(
    habit: Habit, year: int, seed: int, undated: float = 0.08, slips: float = 0.02, first: int = 0
) -> Iterator[Sent]:
    """Yield what a station sent in a year, all of it; `held` says which of it the archive has."""
    mix = random.Random(f"{habit.name} {year} {seed}")
    number, level, key = 0, 1.0, first
    begin = dt.date(year, 1, 1).toordinal()
    for day in range(begin, begin + 365):
        level = _next_level(mix, level, habit.bursts)
        rate = habit.pace * level * (WEEKEND[(day - 1) % 7] if habit.weekends else 1.0)
        for _ in range(_poisson(mix, rate)):
            number += 1
            key += 1
            yield _one(mix, habit, key, number, day, undated, slips)


def _one(mix: random.Random, habit: Habit, key: int, number: int, day: int, undated: float, slips: float) -> Sent:
    dated, read, slipped = day, number, False
    if mix.random() < habit.shuffled:
        dated += mix.choice((-2, -1, 1, 2))
    chance = mix.random()
    if chance < slips / 2:
        dated, slipped = dated + mix.choice((-31, 31, 59, -59, 10, -10)), True
    elif chance < slips:
        read, slipped = int("".join(mix.sample(str(number), len(str(number))))) or number, True
        slipped = read != number
    bears = None if mix.random() < undated else dated
    partner = f"P{mix.randrange(habit.partners)}"
    return Sent(key, habit.name, partner, read, number, dated if not slipped else day, bears,
                mix.random() < habit.held, slipped and bears is not None)  # fmt: skip


def _next_level(mix: random.Random, level: float, bursts: float) -> float:
    """Return how busy the next day is: it stays near what it was, and comes back to 1."""
    if not bursts:
        return 1.0
    return max(0.05, min(8.0, 1 + 0.9 * (level - 1) + mix.gauss(0, 0.4) * bursts))


def _poisson(mix: random.Random, rate: float) -> int:
    """Return a count with this mean: how many steps of an even flow fit into one day."""
    count, time = 0, mix.expovariate(1.0)
    while time < rate:
        count, time = count + 1, time + mix.expovariate(1.0)
    return count
