"""Correspondence with known truth: stations that write to their ministry and to one another, and name what they answer.

Each route counts its messages anew each year. One document in five is written but not held. References take many
wordings, some with a date and no number; some say nothing of whose number it is, and cannot be resolved by anybody.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

POSTS = ("Seoul", "Tokyo", "Taipei", "New Delhi", "London", "Paris")
FIRST = dt.date(1949, 11, 1)
HELD = 0.8
WORDS = (
    "The Foreign Minister received me this morning and said that his government had the matter under study.",
    "Press reports of troop movements near the frontier are not confirmed by any source available here.",
    "The proposal was put to the Prime Minister, who asked for time to consult his colleagues.",
    "Local reaction to the resolution has been reserved; editorial comment continues to be cautious.",
    "Further details of the trade negotiations will follow as soon as the delegation has returned.",
)


@dataclass
class Written:
    """One document: `sender` and `recipient` are "Department" or a post; `names` what each reference means."""

    id: int
    sender: str
    recipient: str
    number: int
    day: dt.date
    held: bool
    names: list[tuple[str, Written]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join([_heading(self), _number(self), *self._paragraphs(), self.sender.upper()]) + "\n"

    def _paragraphs(self) -> list[str]:
        mix = random.Random(self.id)
        one, two, three, four = mix.sample(WORDS, 4)
        return [" ".join([*(wording for wording, _ in self.names), one, two]), f"{three} {four}"]


def _heading(one: Written) -> str:
    names = {"Department": "Secretary of State"}
    sender, recipient = (names.get(end, f"American Embassy {end}") for end in (one.sender, one.recipient))
    return f"TELEGRAM\n\nFrom: {sender}\nTo: {recipient}"


def _number(one: Written) -> str:
    return f"No. {one.number}, {_day(one.day)}, {one.day.year}"


def _day(day: dt.date) -> str:
    return f"{day:%B} {day.day}"


def correspondence(count: int, seed: int = 1, pace: float = 0.4) -> list[Written]:
    """Return `count` documents in order of day, those that are not held among them. `pace`: how often a new day comes
    after a document."""
    mix = random.Random(seed)
    written: list[Written] = []
    numbers: dict[tuple[str, str, int], int] = {}
    routes = _routes(mix)
    day = FIRST
    for n in range(count):
        if mix.random() < pace:
            day += dt.timedelta(days=mix.choice((1, 1, 1, 2)))
        sender, recipient = mix.choice(routes)
        series = (sender, recipient, day.year)
        numbers[series] = numbers.get(series, mix.randrange(300) if day.year == FIRST.year else 0) + mix.choice((1, 2))
        one = Written(n, sender, recipient, numbers[series], day, mix.random() < HELD)
        for other in _named(mix, one, written[-400:]):
            one.names.append((_wording(mix, one, other), other))
        written.append(one)
    return written


def _routes(mix: random.Random) -> list[tuple[str, str]]:
    ministry = [route for post in POSTS for route in ((post, "Department"), ("Department", post))]
    between = [(a, b) for a in POSTS for b in POSTS if a < b]
    across = [route for a, b in mix.sample(between, 3) for route in ((a, b), (b, a))]
    return ministry * 2 + across


def _named(mix: random.Random, one: Written, recent: list[Written]) -> list[Written]:
    """Return up to two earlier documents of the same pair of stations, the newest the likeliest."""
    pair = {one.sender, one.recipient}
    known = [other for other in reversed(recent) if {other.sender, other.recipient} == pair and other.day <= one.day]
    chosen = [other for other in known[:8] if mix.random() < 0.22][:2]
    return chosen


def _wording(mix: random.Random, one: Written, other: Written) -> str:
    mine = other.sender == one.sender
    number, day = other.number, _day(other.day)
    if mix.random() < 0.05:
        return f"Reference telegram {number} on this subject."
    whose = "my" if mine else "your"
    forms = [
        f"Reference {whose} No. {number} of {day}.",
        f"With regard to {whose} telegram No. {number}, {day}, the following is submitted.",
        f"{whose.capitalize()} {number}, {day}.",
        f"{'Mytel' if mine else 'Reurtel'} {number}.",
        f"{whose.capitalize()} telegram of {day} has been acted upon.",
        f"Reference {whose} No. {number}.",
    ]
    if not mine:
        forms += [f"In reply to your No. {number}.", f"To your No. {number} of {day}."]
    if other.sender == "Department":
        forms += [f"Deptel {number}, {day}.", f"Deptel {number} refers."]
    elif other.recipient == "Department":
        forms += [f"Embtel {number}, {day}.", f"Embtel {number} refers."]
    return mix.choice(forms)
