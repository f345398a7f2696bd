"""Cables from a seed, each with the record that a perfect reader would make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from bench.corpus.coined import coin, draw_rank
from bench.corpus.days import write_day
from bench.corpus.page import Page
from bench.corpus.service import Service, load_services
from bench.corpus.tongue import tongues
from mabillon.document import fingerprint, record_id
from mabillon.evidence import Agent, Citation, Count, Mention, Number, Word
from mabillon.record import (
    Body,
    Catalogue,
    Copies,
    Copy,
    Event,
    Finding,
    Record,
    Reference,
    SourceNote,
)

_STYLES = ("dots", "dmy", "mdy", "mdy-upper", "fr", "de", "zh")
_POOL = 6_000
"""Sentences of each language that bodies are put together from."""

_MEAN_LENGTH = 1_550
"""Characters of a body on average: with its form a cable is of 2 kB."""

_CONNECTIONS = ("{} reports.", "{} was present.", "It was said by {}.", "The matter of {} is open.", "See {}.")
_LOCAL = {
    "ru": ("Сообщает {}.", "Присутствовал {}.", "Вопрос о {} остаётся открытым."),
    "fr": ("{} rapporte.", "L’affaire {} reste ouverte.", "{} était présent."),
    "de": ("{} berichtet.", "Die Sache {} bleibt offen.", "{} war anwesend."),
    "zh": ("{}报告。", "{}在场。"),
}
FAULTS = {"copies.unaccounted": 0.02, "chain.out-of-order": 0.01, "date.year-slip": 0.005}
"""How often a cable contradicts itself, and in what."""


@dataclass(frozen=True)
class Generated:
    """A text as its file holds it, and the truth about it."""

    filename: str
    text: str
    record: Record


def generate(count: int, seed: int = 1950, first: int = 0) -> Iterator[Generated]:
    """Yield `count` cables. The same seed gives the same ones; cable number n does not depend on `count`."""
    services = load_services()
    shares = [service.share for service in services]
    pools = {name: tongue.sentences(Random(f"{seed}-{name}"), _POOL) for name, tongue in tongues().items()}
    for ordinal in range(first, first + count):
        random = Random(seed * 1_000_003 + ordinal)
        [service] = random.choices(services, shares)
        yield _Cable(service, random, ordinal, pools[service.language]).generated()


class _Cable:
    def __init__(self, service: Service, random: Random, ordinal: int, pool: list[str]) -> None:
        self.service = service
        self.random = random
        self.ordinal = ordinal
        self.pool = pool
        self.page = Page()
        self.faults = {name for name, rate in FAULTS.items() if random.random() < rate}
        if not service.layout.count("{stated}"):
            self.faults.discard("copies.unaccounted")

    def generated(self) -> Generated:
        self.decide()
        self.page.fill(self.service.layout, self.words)
        text = self.page.text
        name = f"{self.service.name}-{self.ordinal:07}.txt"
        return Generated(name, text, self.record(name, text))

    def decide(self) -> None:
        """Settle what is true of the cable before a word of it is typed."""
        service, random = self.service, self.random
        low, high = (date(year, 1, 1).toordinal() for year in service.years)
        self.sent = datetime.combine(date.fromordinal(random.randrange(low, high)), datetime.min.time())
        self.sent += timedelta(minutes=random.randrange(24 * 60))
        self.received = self.sent + timedelta(minutes=random.randrange(40, 900))
        self.cited_day = self.sent.date() - timedelta(days=random.randrange(1, 40))
        if "chain.out-of-order" in self.faults:
            self.received = self.sent - timedelta(minutes=random.randrange(1600, 4000))
        if "date.year-slip" in self.faults:
            self.received = self.received.replace(year=self.received.year - 2, day=min(self.received.day, 28))
        self.place, self.sender = random.choice(service.posts)
        if random.random() < 0.3:
            self.sender = coin(draw_rank(random, 20_000))
        self.recipient, self.office = random.choice(service.offices)
        self.copied = random.sample(service.copies, random.randrange(2, min(7, len(service.copies))))
        self.stated = len(self.copied) + ("copies.unaccounted" in self.faults) * random.randrange(1, 3)
        self.number, self.cited = str(random.randrange(100, 1000 + self.ordinal)), str(random.randrange(100, 9999))
        self.sender_number = f"{random.randrange(1, 2000)}/{random.choice('abvgdsh')}"
        self.classification = random.choice(service.classification)
        self.precedence = random.choice(service.precedence)
        self.mentioned = [coin(draw_rank(random)) for _ in range(random.randrange(2, 7))]
        self.refers = random.random() < 0.5
        self.words = self.typed()

    def typed(self) -> dict[str, dict[str, str] | str]:
        """Return name of a value → its words, by style where it is a day."""
        days = {"date": self.sent.date(), "received_day": self.received.date(), "cited_day": self.cited_day}
        found: dict[str, dict[str, str] | str] = {
            name: {style: write_day(day, style) for style in _STYLES} for name, day in days.items()
        }
        found |= {"sent_time": f"{self.sent:%H:%M}", "received_time": f"{self.received:%H:%M}"}
        for name in (
            "number",
            "cited",
            "sender_number",
            "classification",
            "precedence",
            "place",
            "sender",
            "recipient",
        ):
            found[name] = getattr(self, name)
        return found | {
            "signatory": self.sender,
            "stated": str(self.stated),
            "copies": ", ".join(self.copied),
            "body": self.body(found),
        }

    def body(self, words: dict[str, dict[str, str] | str]) -> str:
        """Return paragraphs of the length that cables have: log-normal, a few very long."""
        random, separator = self.random, "" if self.service.language == "zh" else " "
        wanted = min(20_000, _MEAN_LENGTH * random.lognormvariate(-0.25, 0.7))
        said = self.cited_words(words) if self.refers else []
        said += [random.choice(self.connections).format(name) for name in self.mentioned]
        length = sum(map(len, said))
        while length < wanted:
            said.append(random.choice(self.pool))
            length += len(said[-1])
        head, rest = said[: self.refers], said[self.refers :]
        random.shuffle(rest)
        said = head + rest
        return "\n\n".join(separator.join(said[at : at + 5]) for at in range(0, len(said), 5))

    @property
    def connections(self) -> tuple[str, ...]:
        return _LOCAL.get(self.service.language, _CONNECTIONS)

    def cited_words(self, words: dict[str, dict[str, str] | str]) -> list[str]:
        page = Page()
        page.fill(self.service.reference, words)
        return [page.text]

    def record(self, name: str, text: str) -> Record:
        source = SourceNote(filename=name, media_type="text/plain", sha256=fingerprint(text.encode()), text=text)
        [(start, end)] = self.page.places["body"]
        place = self.word("place", self.place) if "place" in self.page.places else None
        return Record(
            id=record_id(source.sha256),
            source=source,
            type=_unstated("telegram"),
            title=_unstated(self.title()),
            date=self.word("date", self.sent.date().isoformat()),
            numbers=self.numbers(),
            senders=[self.agent("sender", self.sender, place)],
            recipients=[self.agent("recipient", self.recipient, None)],
            signatories=[self.agent("signatory", self.sender, None)],
            precedence=self.word("precedence", self.precedence) if self.precedence else None,
            classification=self.word("classification", self.classification),
            language=_unstated(self.service.language),
            events=self.events(place),
            copies=self.copies(),
            references=self.references(start, text) if self.refers else [],
            mentions=[self.mention(name, text, start, end) for name in dict.fromkeys(self.mentioned)],
            body=Body(spans=[(start, end)]),
            catalogue=Catalogue(citation=self.citation()),
            findings=[Finding(id=fault, message="", evidence=[], severity="warning") for fault in sorted(self.faults)],
        )

    def title(self) -> str:
        page = Page()
        page.fill(self.service.title, self.words)
        return page.text

    def word(self, name: str, value: str, form: type[Word] = Word, **more: Any) -> Any:
        """Return a value with the words that were typed for it."""
        spans = self.page.places.get(name, [])[:1]
        text = self.page.text[slice(*spans[0])] if spans else ""
        return form(value=value, text=text, spans=spans, confidence=1.0, reason=None if spans else "content", **more)

    def agent(self, name: str, value: str, place: Word | None) -> Agent:
        found: Agent = self.word(name, value, Agent, place=place)
        return found

    def numbers(self) -> list[Number]:
        found = [self.word("number", self.number, Number, kind="message")]
        if "sender_number" in self.page.places:
            found.append(self.word("sender_number", self.sender_number, Number, kind="sender"))
        return found

    def events(self, place: Word | None) -> list[Event]:
        received = self.word("received_time", self.received.strftime("%Y-%m-%dT%H:%M"))
        events = [Event(type=_unstated("received"), time=received)]
        if "sent_time" in self.page.places:
            sent = self.word("sent_time", self.sent.strftime("%Y-%m-%dT%H:%M"))
            events.insert(0, Event(type=_unstated("sent"), time=sent, place=place))
        return events

    def copies(self) -> Copies:
        stated = self.page.places.get("stated")
        count = Count(value=self.stated, text=str(self.stated), spans=stated, confidence=1.0) if stated else None
        return Copies(stated=count, entries=[Copy(recipient=self.copy(name)) for name in self.copied])

    def copy(self, name: str) -> Word:
        [(start, end)] = self.page.places["copies"]
        at = start + ", ".join(self.copied).index(name)
        return Word(value=name, text=name, spans=[(at, at + len(name))], confidence=1.0)

    def references(self, start: int, text: str) -> list[Reference]:
        at = text.index(self.cited, start)
        number = Word(value=self.cited, text=self.cited, spans=[(at, at + len(self.cited))], confidence=1.0)
        return [
            Reference(
                kind="telegram", number=number, date=_unstated(self.cited_day.isoformat()), direction="replies-to"
            )
        ]

    def mention(self, name: str, text: str, start: int, end: int) -> Mention:
        at = text.index(name, start, end)
        return Mention(value=name, text=name, spans=[(at, at + len(name))], confidence=1.0, kind="person")

    def citation(self) -> Citation:
        parts = {"repository": self.service.repository, **self.service.levels}
        parts["file"] = self.service.levels.get("file", str(300 + self.ordinal % 97))
        said = ", ".join(value if key == "repository" else f"{key} {value}" for key, value in parts.items())
        return Citation(value=said, text="", spans=[], confidence=1.0, reason="outside", parts=parts)


def _unstated(value: str) -> Word:
    return Word(value=value, text="", spans=[], confidence=1.0, reason="content")
