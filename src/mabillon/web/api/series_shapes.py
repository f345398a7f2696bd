"""What the API and the command's `--json` answer about series of numbers and times of transit."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import msgspec

from mabillon.archive.series import sheets, ways
from mabillon.connect.zones import Hypothesis
from mabillon.evidence import Word
from mabillon.web.api.shapes import BASE, Entry


class Station(msgspec.Struct, kw_only=True):
    """A station whose numbers are series. `first` and `last` are years, null where nothing of it is dated; `held` are
    the documents that bear its numbers, `missing` estimates how many more there were."""

    key: str
    label: str
    first: int | None
    last: int | None
    held: int
    missing: float
    url: str

    @classmethod
    def of(cls, one: sheets.Station) -> Station:
        return cls(
            key=one.key, label=one.label, first=one.first or None, last=one.last or None, held=one.held,
            missing=round(one.missing, 1), url=f"{BASE}/series/{quote(one.key, safe='')}",
        )  # fmt: skip


class Stations(msgspec.Struct):
    stations: list[Station]


class Week(msgspec.Struct):
    """`monday` begins the week; `missing` is the share of the lacking numbers that falls into it."""

    monday: str
    held: int
    missing: float


class Placed(msgspec.Struct, kw_only=True):
    """A document and the days that its number allows. `date` is inferred from the neighbours: nine in ten hold; its
    alternatives are other years that can be meant. `stated` is the date that the document itself bears; `beside` are
    the documents with the numbers below and above."""

    number: int
    record: Entry
    stated: str | None
    date: Word
    beside: list[Entry]

    @classmethod
    def of(cls, one: sheets.Placed) -> Placed:
        sides = {side.id: Entry.of_row(side) for side in (one.below, one.above) if side is not None}
        return cls(
            number=one.number, record=Entry.of_row(one.entry), stated=one.entry.date, date=one.date,
            beside=list(sides.values()),
        )  # fmt: skip


class Counter(msgspec.Struct, kw_only=True):
    """What one counter gave in one year (null: unknown). `kind` is sent, or incoming where a register counts
    what came in; `form` is written around the numbers; `partners` are those it counts letters to, or from where it is
    incoming; `undated` are documents that it dates, `strays` those whose dates do not fit their numbers."""

    kind: str
    form: str
    year: int | None
    partners: list[str]
    held: int
    first: int | None
    last: int | None
    missing: float
    weeks: list[Week]
    undated: list[Placed]
    strays: list[Placed]

    @classmethod
    def of(cls, one: sheets.Counter) -> Counter:
        return cls(
            kind=one.kind, form=one.form, year=one.year or None, partners=[name for name in one.partners if name],
            held=one.held, first=one.first, last=one.last, missing=one.missing,
            weeks=[Week(week.monday.isoformat(), week.held, week.missing) for week in one.weeks],
            undated=[Placed.of(place) for place in one.undated], strays=[Placed.of(place) for place in one.strays],
        )  # fmt: skip


class Counters(msgspec.Struct):
    station: str
    label: str
    counters: list[Counter]


class Route(msgspec.Struct, kw_only=True, rename={"from_": "from"}):
    """From one station to another. `messages` are those timed at two links or more, `first` and `last` their months;
    `odd` counts steps that are implausible."""

    origin: str
    goal: str
    from_: str
    to: str
    messages: int
    first: str | None
    last: str | None
    odd: int
    url: str

    @classmethod
    def of(cls, one: ways.RouteListed) -> Route:
        address = urlencode({"origin": one.origin, "goal": one.goal})
        return cls(
            origin=one.origin, goal=one.goal, from_=one.from_, to=one.to, messages=one.messages, first=one.first,
            last=one.last, odd=one.odd, url=f"{BASE}/transit/route?{address}",
        )  # fmt: skip


class Routes(msgspec.Struct):
    routes: list[Route]


class Measured(msgspec.Struct, kw_only=True):
    """Quartiles in minutes of one month or kind of document (`by`; "" where none is known, or for the whole). Where not
    `precise` only days were known."""

    by: str
    precise: bool
    messages: int
    lower: int
    median: int
    upper: int


class Step(msgspec.Struct, kw_only=True):
    """From one link of the chain to the next. `bins` counts what took less than each of the route's `bounds` and no
    less than the one before; the last, what took longer than all."""

    first: str
    last: str
    whole: list[Measured]
    by_service: list[Measured]
    by_month: list[Measured]
    bins: list[int]


class Odd(msgspec.Struct, kw_only=True):
    record: Entry
    first: str
    last: str
    minutes: int


class Clock(msgspec.Struct, kw_only=True):
    """What it would mean if the times of sending were the clock's of this `name`: sender, recipient or universal.
    `weight` says how far that is believed, of 1; `quartiles` of the transit in minutes; `backwards` messages would have
    come before they went, `by_night` have gone between midnight and six by the sender's clock."""

    name: str
    weight: float
    quartiles: tuple[float, float, float]
    backwards: int
    by_night: int
    messages: int

    @classmethod
    def of(cls, one: Hypothesis) -> Clock:
        return cls(
            name=one.name, weight=one.weight, quartiles=one.quartiles, backwards=one.backwards, by_night=one.by_night,
            messages=one.messages,
        )  # fmt: skip


class Way(msgspec.Struct, kw_only=True, rename={"from_": "from"}):
    """What is measured on a route. `clock` is that by which its times of sending were given, null while it is open;
    then each office is taken to have given its own."""

    origin: str
    goal: str
    from_: str
    to: str
    clock: str | None
    clocks: list[Clock]
    bounds: list[int]
    steps: list[Step]
    odd: list[Odd]

    @classmethod
    def of(cls, one: ways.Way) -> Way:
        return cls(
            origin=one.origin, goal=one.goal, from_=one.from_, to=one.to, clock=one.clock,
            clocks=[Clock.of(hypothesis) for hypothesis in one.hypotheses], bounds=list(ways.BOUNDS),
            steps=[_step(step) for step in one.steps],
            odd=[
                Odd(record=Entry.of_row(odd.entry), first=odd.first, last=odd.last, minutes=odd.minutes)
                for odd in one.odd
            ],
        )  # fmt: skip


def _step(step: ways.StepShown) -> Step:
    whole, services, months = (
        [
            Measured(
                by=one.by, precise=one.precise, messages=one.messages, lower=one.lower, median=one.median,
                upper=one.upper,
            )
            for one in some
        ]
        for some in (step.whole, step.by_service, step.by_month)
    )  # fmt: skip
    return Step(
        first=step.first, last=step.last, whole=whole, by_service=services, by_month=months, bins=list(step.bins)
    )
