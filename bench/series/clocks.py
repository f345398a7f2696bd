"""python -m bench.series.clocks: how often a route says rightly by whose clock its times of sending were given."""

from __future__ import annotations

import random
from collections import Counter
from itertools import permutations

from bench.series.archive import POSTS
from mabillon.clocks import hours_ahead
from mabillon.connect.zones import HYPOTHESES, Observed, decided, weigh

MESSAGES = (10, 30, 100)
ROUTES = 60


def route(mix: random.Random, clock: str, messages: int, ahead: tuple[int, int]) -> list[Observed]:
    """Return messages between two places whose clocks are so many minutes ahead of Greenwich. How busy the hours of
    the sender's day are and how long messages take differs from route to route; one in fifty is late by days."""
    peak, median, spread = mix.uniform(11, 22), mix.uniform(3.5, 6.2), mix.uniform(0.5, 1.2)
    found = []
    for _ in range(messages):
        local = round(60 * mix.triangular(7, 25, peak))
        took = round(mix.lognormvariate(median, spread)) + (1440 * mix.randint(1, 6) if mix.random() < 0.02 else 0)
        zone = {"sender": ahead[0], "recipient": ahead[1], "universal": 0}[clock]
        sent = local - ahead[0] + zone
        found.append(Observed(sent % 1440, local - ahead[0] + took + ahead[1] - sent, ahead))
    return found


def said(clock: str, messages: int, seed: int = 1) -> Counter[str]:
    """Count routes that say it rightly, wrongly, or leave it open. Those whose three clocks are not two hours apart at
    the least are left out: nothing could tell them."""
    mix = random.Random(f"{clock} {messages} {seed}")
    hours = {post: hours_ahead(post) or 0.0 for post in POSTS}
    apart = [pair for pair in permutations(POSTS, 2) if _apart(hours[pair[0]], hours[pair[1]])]
    counted: Counter[str] = Counter()
    for one, other in mix.sample(apart, ROUTES):
        found = decided(weigh(route(mix, clock, messages, (round(60 * hours[one]), round(60 * hours[other])))))
        counted["open" if found is None else "right" if found == clock else "wrong"] += 1
    return counted


def _apart(one: float, other: float) -> bool:
    return min(abs(one - other), abs(one), abs(other)) >= 2


def main() -> None:
    print("| times of sending | messages | right | open | wrong |\n|---|---|---|---|---|")
    for clock in HYPOTHESES:
        for messages in MESSAGES:
            counted = said(clock, messages)
            shares = [f"{counted[name] / ROUTES:.0%}" for name in ("right", "open", "wrong")]
            print(f"| {clock} | {messages} | {' | '.join(shares)} |")


if __name__ == "__main__":
    main()
