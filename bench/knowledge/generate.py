"""Cables that are sent, received, given out and answered at instants that are known.

Each has a sender at his post and a recipient at home. The clerks of either end write the time of their own clock, with
no word of the zone. Two in five say when the copies went out; one in a hundred slips by ten years in saying so. Half
name an earlier cable of the same post. Who is copied follows Zipf's law over ten men that the authority knows and
three thousand that it does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bench.corpus.coined import coin, draw_rank
from bench.corpus.page import Page
from mabillon.authority.clocks import clock_offset
from mabillon.document import fingerprint, record_id
from mabillon.evidence import Agent, Number, Word
from mabillon.record import Body, Copies, Copy, Event, Record, Reference, SourceNote

HOME = "Moscow"
POSTS = (("Pyongyang", "Shtykov"), ("Beijing", "Roshchin"), ("Tokyo", "Derevyanko"), ("Ulaanbaatar", "Prikhodov"))
OFFICES = ("Vyshinsky", "Gromyko", "Zorin", "Stalin")
READERS = (
    "Stalin",
    "Molotov",
    "Beria",
    "Malenkov",
    "Mikoyan",
    "Kaganovich",
    "Bulganin",
    "Vyshinsky",
    "Gromyko",
    "Zorin",
)
CLERK = "Shcherbakova"
FIRST, LAST = dt.datetime(1946, 1, 5), dt.datetime(1957, 12, 1)
GIVEN_OUT, SLIPS, ANSWERS, COINED = 0.4, 0.01, 0.5, 3_000
PHRASES = (
    "the 38th parallel",
    "deliveries of coal",
    "the harbour of Chemulpo",
    "training of pilots",
    "rice and cotton",
)
LAYOUT = """STRICTLY SECRET
Making copies is prohibited
CIPHERED TELEGRAM No. {number}
from {place:upper} sent at {sent}
received at {received}
Moscow
MINISTRY OF FOREIGN AFFAIRS
to Cde. {recipient:upper}

{answer}{body}

{signatory:upper}
{date}

{count} copies printed
{copies}

{given_out}"""
ANSWER = "With reference to my No. {cited} of {cited_day}. "
_BODY = (
    "The situation as regards {} has not changed since the last report.",
    "It was said by all those who were asked that {} would be decided within the month.",
    "Instructions are requested on {}; the time that remains is short.",
)


@dataclass(frozen=True)
class Answered:
    """A cable that another names: its place in the whole, its number and day."""

    ordinal: int
    number: int
    day: dt.datetime


@dataclass
class Sent:
    """A cable. `sent`, `received` and `given_out` are instants of universal time; `slip` tells that the paper puts the
    last ten years too early; `answers` is an earlier cable that it names."""

    ordinal: int
    place: str
    sender: str
    recipient: str
    number: int
    sent: dt.datetime
    received: dt.datetime
    given_out: dt.datetime | None
    slip: bool
    copies: tuple[str, ...]
    answers: Answered | None
    words: tuple[str, ...]
    page: Page

    @property
    def text(self) -> str:
        return self.page.text

    def truth(self) -> dict[str, dt.datetime | None]:
        """Return name → the instant at which he had it, None where the paper does not say when."""
        delivered = None if self.slip else self.given_out
        given = dict.fromkeys((*self.copies, *((CLERK,) if self.given_out else ())), delivered)
        return given | {self.recipient: self.received, self.sender: self.sent}

    @property
    def record(self) -> Record:
        """The record that a perfect reader would make of it."""
        sha256 = fingerprint(self.text.encode())
        source = SourceNote(filename=f"{self.ordinal}.txt", media_type="text/plain", sha256=sha256, text=self.text)
        place = self._word("place", self.place)
        events = [self._event("sent", self.sent, self.place), self._event("received", self.received, HOME)]
        if self.given_out is not None:
            events.append(self._event("given_out", self.given_out, HOME, "distributed", self.slip))
        return Record(
            id=record_id(sha256), source=source, type=_unstated("telegram"),
            title=_unstated(f"Ciphered Telegram No. {self.number}, {self.sender} to {self.recipient}"),
            date=self._word("date", local(self.sent, self.place).date().isoformat()),
            numbers=[self._word("number", str(self.number), Number, kind="message")],
            senders=[self._word("signatory", self.sender, Agent, place=place)],
            signatories=[self._word("signatory", self.sender, Agent)],
            recipients=[self._word("recipient", self.recipient, Agent, place=_unstated(HOME))],
            events=events, copies=Copies(entries=list(self._copies())), references=self._references(),
            body=Body(spans=self.page.places["body"]),
        )  # fmt: skip

    def _word(self, name: str, value: str, form: type[Word] = Word, **more: object) -> object:  # type: ignore[misc]
        spans = self.page.places[name][:1]
        return form(value=value, text=self.text[slice(*spans[0])], spans=spans, confidence=1.0, **more)  # type: ignore[arg-type]

    def _event(self, name: str, instant: dt.datetime, place: str, type: str = "", slip: bool = False) -> Event:
        shown = local(instant, place)
        time = f"{shown.year - 10 * slip}-{shown:%m-%dT%H:%M}"
        return Event(type=self._word(name, type or name), time=self._word(name, time))  # type: ignore[arg-type]

    def _copies(self) -> Iterator[Copy]:
        at = self.page.places["copies"][0][0]
        for name in self.copies:
            start = self.text.index(name, at)
            yield Copy(recipient=Word(value=name, text=name, spans=[(start, start + len(name))], confidence=1.0))

    def _references(self) -> list[Reference]:
        if self.answers is None:
            return []
        number = self._word("cited", str(self.answers.number))
        date = self._word("cited_day", self.answers.day.date().isoformat())
        return [Reference(kind="telegram", number=number, date=date, direction="mentions")]  # type: ignore[arg-type]


def local(instant: dt.datetime, place: str) -> dt.datetime:
    """Return what the clock of a place shows at an instant of universal time."""
    offset = clock_offset(place, instant.date().isoformat())
    assert offset is not None, place
    return instant + offset


def correspondence(count: int, seed: int = 1) -> Iterator[Sent]:
    """Yield `count` cables in the order in which they were sent."""
    mix = Random(seed)
    step = (LAST - FIRST) / max(1, count)
    numbers: dict[tuple[str, int], int] = {}
    recent: dict[str, list[Answered]] = {}
    for ordinal in range(count):
        yield _cable(mix, ordinal, FIRST + ordinal * step, numbers, recent)


def _cable(
    mix: Random, ordinal: int, sent: dt.datetime, numbers: dict[tuple[str, int], int], recent: dict[str, list[Answered]]
) -> Sent:
    place, sender = mix.choice(POSTS)
    numbers[place, sent.year] = number = numbers.get((place, sent.year), 0) + mix.choice((1, 1, 2))
    received = sent + dt.timedelta(minutes=mix.randrange(40, 900))
    given_out = received + dt.timedelta(minutes=mix.randrange(60, 1500)) if mix.random() < GIVEN_OUT else None
    copies = {
        mix.choice(READERS) if mix.random() < 0.7 else coin(draw_rank(mix, COINED)) for _ in range(mix.randrange(3, 8))
    }
    recipient = mix.choice(OFFICES)
    before = recent.setdefault(place, [])
    answers = mix.choice(before) if before and mix.random() < ANSWERS else None
    one = Sent(
        ordinal, place, sender, recipient, number, sent.replace(second=0, microsecond=0),
        received.replace(second=0, microsecond=0), given_out and given_out.replace(second=0, microsecond=0),
        mix.random() < SLIPS and sent.month != 2, tuple(sorted(copies - {recipient, sender})) or ("Bulganin",), answers,
        tuple(mix.choice(_BODY).format(mix.choice(PHRASES)) for _ in range(3)), Page(),
    )  # fmt: skip
    one.page.fill(LAYOUT.replace("{answer}", ANSWER if answers else ""), _typed(one))
    before.append(Answered(ordinal, number, local(one.sent, place)))
    del before[:-6]
    return one


def _reader(mix: Random) -> str:
    return mix.choice(READERS) if mix.random() < 0.7 else coin(draw_rank(mix, COINED))


def _typed(one: Sent) -> dict[str, str]:
    given = f"Sent by {CLERK} at {_when(one.given_out, HOME, one.slip)}\n" if one.given_out else ""
    copies = "\n".join(f"Copy No. {n} to Cde. {name}" for n, name in enumerate(one.copies, 1))
    return {
        "number": str(one.number), "place": one.place, "sent": _when(one.sent, one.place),
        "received": _when(one.received, HOME), "recipient": one.recipient, "body": " ".join(one.words),
        "cited": str(one.answers.number) if one.answers else "",
        "cited_day": _day(one.answers.day) if one.answers else "", "signatory": one.sender,
        "date": _day(local(one.sent, one.place)), "count": str(len(one.copies)), "copies": copies, "given_out": given,
    }  # fmt: skip


def _when(instant: dt.datetime, place: str, slip: bool = False) -> str:
    shown = local(instant, place)
    return f"{shown:%H:%M} {shown.day} {shown:%B} {shown.year - 10 * slip}"


def _day(day: dt.datetime) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _unstated(value: str) -> Word:
    return Word(value=value, text="", spans=[], confidence=1.0, reason="content")
