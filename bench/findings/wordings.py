"""Accounts of events in sentences that can be told in other words, as two translators would."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

FRAMES = (
    (
        "{who} received me on {day} and said that {side} had landed {n} divisions near {where}.",
        "On {day} {who} received me and stated that {side} had put ashore {n} divisions near {where}.",
    ),
    (
        "The situation in the area of {where} is extremely grave, and {n} battalions are cut off from their supplies.",
        "The situation around {where} is extremely serious; {n} battalions have been cut off from their supplies.",
    ),
    (
        "{who} asked for direct military aid and stressed that without it {side} could not hold out for {n} weeks.",
        "{who} requested direct military assistance and stressed that {side} could not hold out {n} weeks without it.",
    ),
    (
        "I replied that I would report this to my government without delay and expected an answer by {day}.",
        "I answered that I would inform my government of this at once and that an answer could be expected by {day}.",
    ),
    (
        "According to {who}, the enemy has lost {n} aircraft since the fighting at {where} began.",
        "{who} maintains that the enemy lost {n} aeroplanes since the beginning of the fighting at {where}.",
    ),
    (
        "The railway between {where} and the frontier was bombed again and cannot be used before {day}.",
        "The railway line from {where} to the frontier has again been bombed and will not be usable before {day}.",
    ),
    (
        "{side} has called up {n} thousand men, among them many who served in the last war.",
        "{n} thousand men have been called up by {side}, among them many who had served in the last war.",
    ),
    (
        "In the opinion of {who} the negotiations should be carried on in secret until {day}.",
        "{who} believes that the talks ought to be continued in secrecy until {day}.",
    ),
    (
        "The harvest around {where} was poor this year, and grain for {n} months only is in the stores.",
        "This year the harvest around {where} was bad; the stores hold grain for only {n} months.",
    ),
    (
        "{who} complained that the instructors promised in the agreement had not reached {where}.",
        "{who} complained of the fact that the instructors promised under the agreement have not arrived at {where}.",
    ),
    (
        "Our consul at {where} confirms that {n} ships are being unloaded in the harbour under guard.",
        "It is confirmed by our consul at {where} that {n} vessels are being unloaded under guard in the port.",
    ),
    (
        "It was agreed that both staffs should meet at {where} on {day} to settle the question of command.",
        "Agreement was reached that the two staffs would meet on {day} at {where} in order to settle the command.",
    ),
)
WHO = ("Kim Il Sung", "Pak Hon-yong", "Zhou Enlai", "Peng Dehuai", "the Minister", "the Chief of Staff")
SIDES = ("the southern army", "the coalition", "the northern command", "the garrison")
PLACES = ("Seoul", "Wonsan", "Inchon", "Sinuiju", "Taejon", "Andong", "Hamhung", "Chongjin")
MONTHS = ("January", "March", "June", "July", "September", "October", "November")
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 12: "twelve"}


@dataclass(frozen=True)
class Account:
    """Sentences, and of each which frame it fills with what."""

    sentences: tuple[str, ...]
    frames: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]

    @property
    def text(self) -> str:
        half = max(2, len(self.sentences) // 2)
        return "\n\n".join(" ".join(part) for part in (self.sentences[:half], self.sentences[half:]) if part)

    def without(self, place: int) -> Account:
        kept = [n for n in range(len(self.sentences)) if n != place]
        return Account(tuple(self.sentences[n] for n in kept), tuple(self.frames[n] for n in kept))

    def numbers(self) -> list[tuple[int, str, str]]:
        """Return places of sentences with a number, the number as written there, and another one."""
        found = []
        for place, sentence in enumerate(self.sentences):
            for word in re.findall(r"\b\d+\b(?= (?:div|batt|weeks|airc|aerop|thousand|months|ships|vess))", sentence):
                found.append((place, word, str(int(word) + 11)))
        return found

    def with_number(self, place: int, number: str, other: str) -> Account:
        changed = re.sub(rf"\b{number}\b(?= (?!{'|'.join(MONTHS)}))", other, self.sentences[place], count=1)
        return Account((*self.sentences[:place], changed, *self.sentences[place + 1 :]), self.frames)


def account(mix: random.Random, count: int) -> Account:
    """Return an account of `count` sentences, at least one of them with a number of something in it."""
    while True:
        frames = tuple((n, _filling(mix)) for n in mix.sample(range(len(FRAMES)), count))
        made = Account(tuple(_said(FRAMES[n][0], dict(filling)) for n, filling in frames), frames)
        if made.numbers():
            return made


def _filling(mix: random.Random) -> tuple[tuple[str, str], ...]:
    day = f"{mix.randrange(1, 29)} {mix.choice(MONTHS)}"
    filled = {"who": mix.choice(WHO), "side": mix.choice(SIDES), "where": mix.choice(PLACES), "day": day}
    return (*filled.items(), ("n", str(mix.choice(list(NUMBERS)))))


def retold(mix: random.Random, told: Account) -> Account:
    """Return the same account in other words; every number is the same, some of them spelt out."""
    sentences = []
    spelt = 0
    for n, filling in told.frames:
        values = dict(filling)
        if spelt < 2 and "{n} thousand" not in FRAMES[n][1] and mix.random() < 0.25:
            values["n"] = NUMBERS[int(values["n"])]
            spelt += 1
        sentences.append(_said(FRAMES[n][1], values))
    other = Account(tuple(sentences), told.frames)
    if other.numbers():
        return other
    return Account(tuple(_said(FRAMES[n][1], dict(filling)) for n, filling in told.frames), told.frames)


def _said(frame: str, filling: dict[str, str]) -> str:
    words = frame.format(**filling)
    return words[:1].upper() + words[1:]
