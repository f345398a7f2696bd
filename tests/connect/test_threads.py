"""References resolved among records: what contradicts never links, and the order of the records does not matter."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.connect import Graph, Thread, Traits, threads, traits_of
from mabillon.connect.judging import SLACK
from mabillon.evidence import Agent, Number, Word
from mabillon.record import Record, Reference, SourceNote

POSTS = ("Seoul", "Tokyo", "London")


def word(value: str) -> Word:
    return Word(value=value, text=value, spans=[], confidence=0.9)


def agent(place: str) -> Agent:
    return Agent(value=f"Embassy {place}", text=place, spans=[], confidence=0.9, place=word(place))


def reference(words: str, text: str, number: str | None, date: str | None) -> Reference:
    """Return a reference that stands in `text` as `words`, where the number (or the day, in EDTF) stands in it too."""
    shown = number or str(date)
    start = text.index(words) + words.rindex(shown)
    value = Word(value=shown, text=shown, spans=[(start, start + len(shown))], confidence=0.9)
    if number is None:
        return Reference(date=value)
    return Reference(number=value, date=word(date) if date else None)


def cable(
    sender: str, recipient: str, number: str, date: str | None, *named: tuple[str, str | None, str | None]
) -> Record:
    """Return a record; `named` are (words, number, date) of its references."""
    text = "\n".join(words for words, _, _ in named)
    return Record(
        id=f"{sender}-{recipient}-{number}-{date}".lower(),
        source=SourceNote(filename="x", media_type="text/plain", sha256="", text=text),
        date=word(date) if date else None,
        numbers=[Number(value=number, text=number, spans=[], confidence=0.9, kind="message")],
        senders=[agent(sender)],
        recipients=[agent(recipient)],
        references=[reference(words, text, no, day) for words, no, day in named],
    )


def graph(*records: Record) -> Graph:
    return Graph(traits_of(record) for record in records)


def links(of: Graph) -> set[tuple[str, str]]:
    return {(id, link.held.id) for id in of.ids() for found in of.resolutions(id) for link in found.links}


def test_your_number_is_the_other_stations_and_mine_my_own() -> None:
    a = cable("Seoul", "Tokyo", "5", "1950-03-01")
    b = cable("Tokyo", "Seoul", "5", "1950-03-02")
    c = cable("Seoul", "Tokyo", "7", "1950-03-05", ("my No. 5", "5", None))
    d = cable("Seoul", "Tokyo", "8", "1950-03-06", ("your No. 5", "5", None))
    assert links(graph(a, b, c, d)) == {(c.id, a.id), (d.id, b.id)}


def test_a_link_says_why() -> None:
    a = cable("Tokyo", "Seoul", "5", "1950-03-02")
    b = cable("Seoul", "Tokyo", "8", "1950-03-06", ("your No. 5", "5", "1950-03-02"))
    [found] = graph(a, b).resolutions(b.id)
    assert found.links[0].reasons[:2] == ("No. 5 is its number", "dated 1950-03-02, as named")
    assert found.named.wording == "your No. 5"


def test_the_number_of_another_year_is_not_meant() -> None:
    old = cable("Tokyo", "Seoul", "5", "1950-01-10")
    new = cable("Tokyo", "Seoul", "5", "1951-01-09")
    asking = cable("Seoul", "Tokyo", "9", "1951-01-12", ("your No. 5", "5", None))
    assert links(graph(old, new, asking)) == {(asking.id, new.id)}
    assert links(graph(old, asking)) == set()


def test_two_documents_of_one_day_leave_a_reference_by_day_open() -> None:
    a, b = (cable("Tokyo", "Seoul", number, "1950-03-02") for number in ("5", "6"))
    c = cable("Seoul", "Tokyo", "8", "1950-03-06", ("your telegram of 1950-03-02", None, "1950-03-02"))
    made = graph(a, b, c)
    [found] = made.resolutions(c.id)
    assert not found.links and {one.held.id for one in found.open} == {a.id, b.id}
    assert threads(made) == []


def test_a_document_that_nobody_holds_joins_those_that_name_it() -> None:
    a = cable("Seoul", "Tokyo", "8", "1950-03-06", ("your No. 5", "5", "1950-03-02"))
    b = cable("Tokyo", "Seoul", "9", "1950-03-08", ("my No. 5", "5", None))
    [thread] = threads(graph(a, b))
    [missing] = thread.missing
    assert (missing.number, missing.date, missing.sender.key, missing.recipient.key) == (
        "5", "1950-03-02", "tokyo", "seoul",
    )  # fmt: skip
    assert {(named.holder, named.wording) for named in missing.said} == {(a.id, "your No. 5"), (b.id, "my No. 5")}
    assert [one.id for one in thread.in_order()] == [missing.id, a.id, b.id]


def test_what_comes_later_is_found_by_what_waited_for_it() -> None:
    asking = cable("Seoul", "Tokyo", "8", "1950-03-06", ("your No. 5", "5", None))
    answered = cable("Tokyo", "Seoul", "5", "1950-03-02")
    made = graph(asking)
    assert links(made) == set()
    made.add(traits_of(answered))
    assert links(made) == {(asking.id, answered.id)}


@pytest.mark.parametrize("place", ["Peking", "Beijing"])
def test_a_station_is_one_under_each_of_its_names(place: str) -> None:
    a = cable("Peking", "Moscow", "5", "1950-03-02")
    b = cable("Moscow", place, "8", "1950-03-06", ("your No. 5", "5", None))
    assert links(graph(a, b)) == {(b.id, a.id)}


@st.composite
def archives(draw: st.DrawFn) -> list[Record]:
    made: dict[str, Record] = {}
    days = st.dates(dt.date(1950, 1, 1), dt.date(1950, 1, 20)).map(dt.date.isoformat)
    for _ in range(draw(st.integers(2, 10))):
        sender, recipient = draw(st.permutations(POSTS))[:2]
        named: list[tuple[str, str | None, str | None]] = []
        for n in range(draw(st.integers(0, 2))):
            whose, number, day = draw(st.sampled_from(("my", "your", "the"))), str(draw(st.integers(1, 4))), draw(days)
            named.append(
                (f"{n} {whose} telegram of {day}", None, day)
                if draw(st.booleans())
                else (f"{n} {whose} No. {number}", number, draw(st.sampled_from((None, day))))
            )
        record = cable(sender, recipient, str(draw(st.integers(1, 4))), draw(st.none() | days), *named)
        made[record.id] = record
    return list(made.values())


def shown(found: list[Thread]) -> list[tuple[object, ...]]:
    return [(thread.held, thread.missing, thread.links) for thread in found]


@settings(max_examples=60)
@given(archives(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records: list[Record], mix: object) -> None:
    traits: list[Traits] = [traits_of(record) for record in records]
    shuffled = list(traits)
    mix.shuffle(shuffled)  # type: ignore[attr-defined]
    assert shown(threads(Graph(traits))) == shown(threads(Graph(shuffled)))


@settings(max_examples=60)
@given(archives())
def test_no_link_joins_documents_whose_dates_contradict(records: list[Record]) -> None:
    made = graph(*records)
    for id in made.ids():
        holder = made.held(id)
        for found in made.resolutions(id):
            for link in found.links:
                assert link.held.id != id
                if holder.days and link.held.days:
                    assert link.held.days[0] <= holder.days[1] + SLACK
                if found.named.days and link.held.days:
                    assert abs(link.held.days[0] - found.named.days[0]) <= SLACK


@settings(max_examples=60)
@given(archives())
def test_each_reference_is_linked_or_open_or_a_document_known_by_mention(records: list[Record]) -> None:
    made = graph(*records)
    said = {(named.holder, named.ordinal) for thread in threads(made) for one in thread.missing for named in one.said}
    for id in made.ids():
        for found in made.resolutions(id):
            named = found.named
            if named.number is not None:
                ways = [bool(found.links), bool(found.open), (named.holder, named.ordinal) in said]
                assert sum(ways) == 1
