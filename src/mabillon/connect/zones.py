"""By whose clock a service gave its times, where it does not say: what each hypothesis implies over a whole route.

Three are weighed for the time of sending (the receipt is stamped where it is received, by the clock that hangs there):
the sender's own clock, the recipient's clock, as a service that runs on the time of its capital has it, and universal
time. A wrong one shifts every transit of the route by the same hours: some messages then arrive before they went, or
none is ever quick; and clerks are shown at their desks at four in the morning. Both are put to the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, pi, sqrt

HYPOTHESES = ("sender", "recipient", "universal")

LEAST = 8
"""Messages from which on a route can say which clock it went by."""

DECIDED = 0.95
"""Weight from which on one hypothesis is taken for true."""

_MEDIANS = (20, 45, 90, 180, 360, 720)
_SPREADS = (0.6, 1.0, 1.5)
"""Transits of a service in minutes: medians and spreads (of logarithms) that are tried for each hypothesis."""

_ASTRAY = 0.05
"""Share of the messages that went by no rule: misread times, wires down."""

_HOURS = (0.25,) * 6 + (0.5,) * 2 + (1.6,) * 5 + (1.9,) * 7 + (1.0,) * 4
_BUSY = tuple(0.15 + 0.85 * hour * 24 / sum(_HOURS) for hour in _HOURS)
"""How likely a message leaves in an hour of the sender's day, next to an even spread."""

_TEMPER = 0.5
"""Messages of one route are not independent witnesses: each counts for half."""

_NIGHT = 6
"""Hours of the sender's clock before which nobody is expected to write."""


@dataclass(frozen=True, slots=True)
class Observed:
    """`count` messages alike: the minute of the day at which they were sent, the minutes from there to the receipt as
    the clocks stand, and by how many minutes the two places' clocks are ahead of Greenwich."""

    clock: int
    minutes: int
    ahead: tuple[int, int]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What it would mean if a route went by this clock. Quartiles in minutes; `backwards` messages arrive before they
    were sent, `by_night` so many left between midnight and six; `weight` is how far it is believed, of 1."""

    name: str
    weight: float
    quartiles: tuple[float, float, float]
    backwards: int
    by_night: int
    messages: int


def shift(name: str, ahead: tuple[int, int]) -> int:
    """Return the minutes to add to a transit as the clocks stand, if the time of sending was given by this clock."""
    return {"sender": ahead[0] - ahead[1], "recipient": 0, "universal": -ahead[1]}[name]


def weigh(observed: Sequence[Observed]) -> list[Hypothesis]:
    """Return the hypotheses, the likeliest first; none where there is nothing to weigh."""
    if not observed:
        return []
    scores = {name: _score(name, observed) for name in HYPOTHESES}
    best = max(scores.values())
    powers = {name: exp(_TEMPER * (score - best)) for name, score in scores.items()}
    whole = sum(powers.values())
    found = [_implied(name, powers[name] / whole, observed) for name in HYPOTHESES]
    return sorted(found, key=lambda one: -one.weight)


def decided(hypotheses: Sequence[Hypothesis]) -> str | None:
    """Return the clock that the route went by, None while that is open: too few messages, or no clear difference."""
    if not hypotheses or hypotheses[0].messages < LEAST or hypotheses[0].weight < DECIDED:
        return None
    return hypotheses[0].name


def _score(name: str, observed: Sequence[Observed]) -> float:
    """Return the logarithm of how likely the observed times are, under the best of the usual transits."""
    transits = [(one.minutes + shift(name, one.ahead), one.count) for one in observed]
    speed = max(_lognormal(transits, median, spread) for median in _MEDIANS for spread in _SPREADS)
    return speed + sum(one.count * log(_BUSY[_local_hour(name, one)]) for one in observed)


def _lognormal(transits: Iterable[tuple[int, int]], median: float, spread: float) -> float:
    total = 0.0
    for minutes, count in transits:
        likely = _ASTRAY / 20_000
        if minutes > 0:
            off = (log(minutes) - log(median)) / spread
            likely += (1 - _ASTRAY) * exp(-off * off / 2) / (minutes * spread * sqrt(2 * pi))
        total += count * log(likely)
    return total


def _local_hour(name: str, one: Observed) -> int:
    """Return the hour that the sender's own clock showed."""
    zone = {"sender": one.ahead[0], "recipient": one.ahead[1], "universal": 0}[name]
    return (one.clock - zone + one.ahead[0]) // 60 % 24


def _implied(name: str, weight: float, observed: Sequence[Observed]) -> Hypothesis:
    transits = sorted((one.minutes + shift(name, one.ahead), one.count) for one in observed)
    messages = sum(count for _, count in transits)
    return Hypothesis(
        name=name,
        weight=round(weight, 3),
        quartiles=(_at(transits, messages, 0.25), _at(transits, messages, 0.5), _at(transits, messages, 0.75)),
        backwards=sum(count for minutes, count in transits if minutes < 0),
        by_night=sum(one.count for one in observed if _local_hour(name, one) < _NIGHT),
        messages=messages,
    )


def _at(transits: Sequence[tuple[int, int]], messages: int, share: float) -> float:
    """Return the transit below which a share of the messages lies."""
    passed = 0
    for minutes, count in transits:
        passed += count
        if passed >= share * messages:
            return minutes
    return transits[-1][0]
