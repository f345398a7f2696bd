"""Papers with planted contradictions, and as many that are sound: what fires on those is wrong.

A case is a few papers and the findings that are true of them, each as its id and a word that its message must hold.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.findings.wordings import Account, account, retold
from bench.threads.generate import Written, correspondence


@dataclass
class Paper:
    """A text in a file of this name; `true` are the findings that it should be shown at or quoted in."""

    name: str
    text: str
    true: list[tuple[str, str]] = field(default_factory=list)


LIVES = (
    ("John Foster Dulles", 1951, 1959), ("Dean Acheson", 1947, 1971), ("Konrad Adenauer", 1949, 1967),
    ("Ernest Bevin", 1945, 1951), ("Andrei Vyshinsky", 1945, 1954), ("Lester B. Pearson", 1946, 1972),
    ("Jawaharlal Nehru", 1947, 1964), ("Anthony Eden", 1940, 1976), ("Robert Schuman", 1948, 1963),
    ("Zhou Enlai", 1949, 1976),
)  # fmt: skip
"""Persons, and years between the first of which and the year before the last they wrote."""

TENURES = (
    ("John Foster Dulles", "Secretary of State", 1953, 1959), ("Dean Acheson", "Secretary of State", 1949, 1953),
    ("Dean Rusk", "Secretary of State", 1961, 1969), ("Christian Herter", "Secretary of State", 1959, 1961),
    ("Andrei Vyshinsky", "Minister of Foreign Affairs", 1949, 1953),
    ("James F. Byrnes", "Secretary of State", 1945, 1947),
    ("Andrei Gromyko", "Minister of Foreign Affairs", 1957, 1985),
)  # fmt: skip
NOBODY = ("Walter Dulles", "James Acheson", "Peter Bevin", "Ellis Briggs", "Paul Sedgwick", "Hans Adenauer")
POSTS = ("Tokyo", "Seoul", "Manila", "Bangkok", "Rangoon")
READERS = (
    "Stalin", "Molotov", "Malenkov", "Beria", "Mikoyan", "Kaganovich", "Bulganin", "Khrushchev", "Vyshinsky",
    "Gromyko", "Zorin", "Vasilevsky",
)  # fmt: skip
SENDERS = (("Shtykov", "Pyongyang"), ("Roshchin", "Peking"), ("Panyushkin", "Washington"), ("Puzanov", "Pyongyang"))


def references(count: int, seed: int) -> list[Paper]:
    """Return the papers of a correspondence of which a fifth is not held, each with what it names and is not there."""
    written = correspondence(count, seed)
    return [Paper(f"c{one.id:06}", one.text, list(_unheld(one))) for one in written if one.held]


def _unheld(one: Written) -> Iterator[tuple[str, str]]:
    for wording, other in one.names:
        if not other.held and f"{other.number}" in wording and "Reference telegram" not in wording:
            yield "reference.unheld", f"No. {other.number} "


def persons(count: int, seed: int) -> Iterator[Paper]:
    """Yield telegrams of the living and the dead, of those in office and out of it, and of their namesakes."""
    mix = random.Random(seed)
    for n in range(count):
        kind = n % 5
        if kind == 0:
            name, first, died = mix.choice(LIVES)
            yield _of_person(mix, n, name, mix.randrange(first, died), [])
        elif kind == 1:
            name, _, died = mix.choice(LIVES)
            yield _of_person(mix, n, name, died + mix.randrange(1, 9), [("agent.after-death", "died")])
        elif kind == 2:
            name, office, first, last = mix.choice(TENURES)
            year = mix.randrange(first + 1, last) if last - first > 1 else first
            yield _of_person(mix, n, f"{name}, {office}", year, [], month=8)
        elif kind == 3:
            name, office, first, last = mix.choice(TENURES)
            year = mix.choice([year for year in range(first - 5, last + 4) if year < first - 1 or year > last + 1])
            dead = any(who == name and year > end for who, _, end in LIVES)
            true = ("agent.after-death", "died") if dead else ("role.not-held", "is called")
            yield _of_person(mix, n, f"{name}, {office}", year, [true])
        else:
            yield _of_person(mix, n, mix.choice(NOBODY), mix.randrange(1950, 1975), [])


def _of_person(
    mix: random.Random, n: int, sender: str, year: int, true: list[tuple[str, str]], month: int | None = None
) -> Paper:
    day = dt.date(year, month or mix.randrange(3, 11), mix.randrange(1, 28))
    text = (
        f"TELEGRAM\n\nFrom: {sender}\nTo: American Embassy {mix.choice(POSTS)}\nNo. {n + 1}\n{day:%B} {day.day},"
        f" {day.year}\n\n{account(mix, 4).text}\n"
    )
    return Paper(f"p{n:06}", text, true)


def versions(count: int, seed: int) -> Iterator[Paper]:
    """Yield pairs of versions: a text and one told in other words; in most of them something is missing or changed."""
    mix = random.Random(seed)
    day = dt.date(1949, 1, 3)
    for n in range(count):
        day += dt.timedelta(days=1 + n % 3)
        told = account(mix, mix.randrange(5, 12))
        readers = mix.sample(READERS, 6)
        true, other, other_readers = _changed(mix, n % 6, told, readers)
        sender = mix.choice(SENDERS)
        yield Paper(f"v{n:06}a", _cable(n, day, sender, told, readers), true)
        yield Paper(f"v{n:06}b", _cable(n, day, sender, other, other_readers))


def _changed(
    mix: random.Random, kind: int, told: Account, readers: list[str]
) -> tuple[list[tuple[str, str]], Account, list[str]]:
    """Return what is true of a pair, and its second version: 0 and 1 are sound."""
    other = retold(mix, told)
    if kind == 2:
        gone = mix.randrange(1, len(told.sentences) - 1)
        return [("version.differs", "passage")], other.without(gone), readers
    if kind == 3:
        place, number, changed = mix.choice(other.numbers())
        return [("version.differs", changed)], other.with_number(place, number, changed), readers
    if kind == 4:
        strangers = [name for name in READERS if name not in readers]
        swapped = mix.choice(strangers)
        return [("copies.conflict", swapped)], other, [*readers[:-1], swapped]
    if kind == 5:
        return [("version.differs", "lists who got it")], other, []
    return [], other, readers


def _cable(n: int, day: dt.date, sender: tuple[str, str], told: Account, readers: list[str]) -> str:
    name, place = sender
    copies = [f"{len(readers)} copies printed:", *(f"{number} - {who}" for number, who in enumerate(readers, 1))]
    heading = f"CIPHERED TELEGRAM No. {1000 + n}\n\nFrom: {name}, {place}\nTo: Moscow\n{day.day} {day:%B %Y}"
    return f"{heading}\n\n{told.text}\n\n{name.upper()}\n\n" + ("\n".join(copies) if readers else "") + "\n"
