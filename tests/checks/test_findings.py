"""Each finding on a record made wrong on purpose, and on its like that is right: the whole set is asserted."""

from __future__ import annotations

import pytest

from mabillon.checks import CHECKS, check, definitions
from mabillon.evidence import Agent, Count, Number, Word
from mabillon.record import Catalogue, Copies, Copy, Event, Record, Reference, SourceNote


def word(value: str, text: str | None = None, at: int = 0) -> Word:
    return Word(value=value, text=text or value, spans=[(at, at + len(text or value))], confidence=0.9)


def agent(name: str, place: str | None = None, at: int = 0) -> Agent:
    return Agent(
        value=name, text=name, spans=[(at, at + len(name))], confidence=0.9, place=word(place) if place else None
    )


def event(kind: str, time: str, at: int, place: str | None = None, zone: str | None = None) -> Event:
    return Event(
        type=word(kind, at=at),
        time=word(time, at=at),
        place=word(place) if place else None,
        zone=word(zone) if zone else None,
    )


def count(value: int) -> Count:
    return Count(value=value, text=str(value), spans=[(0, len(str(value)))], confidence=0.9)


def copies(printed: int, *holders: tuple[int, str]) -> Copies:
    return Copies(
        stated=count(printed), entries=[Copy(number=count(number), recipient=word(name)) for number, name in holders]
    )


def found(record: Record) -> set[str]:
    return {finding.id for finding in check(record)}


def telegram(**fields: object) -> Record:
    return Record(type=word("telegram"), **fields)  # type: ignore[arg-type]


def test_every_finding_is_defined_and_checked() -> None:
    alone = {id for id, entry in definitions().items() if "among" not in entry}
    assert set(CHECKS) == alone
    assert all({"severity", "definition"} <= set(entry) for entry in definitions().values())


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # both at the receiving end, on one clock
        ([event("received", "1950-09-30T23:32", 1), event("arrived", "1950-09-30T23:30", 2)], {"chain.out-of-order"}),
        ([event("received", "1950-09-30T23:30", 1), event("arrived", "1950-09-30T23:32", 2)], set()),
        # across midnight
        ([event("received", "1950-04-12T22:40", 1), event("typed", "1950-04-13T00:50", 2)], set()),
        # Seoul is fourteen hours ahead of Washington, Paris six
        (
            [event("sent", "1951-07-12T18:00", 1, "Seoul"), event("received", "1951-07-12T08:14", 2, "Washington")],
            set(),
        ),
        ([event("sent", "1949-03-03T16:00", 1, "Paris"), event("received", "1949-03-02T09:40", 2, "Washington")],
         {"chain.out-of-order"}),
        # stated zones settle it
        (
            [
                event("sent", "1951-06-21T20:10", 1, zone="Peking time"),
                event("received", "1951-06-21T17:25", 2, zone="Moscow"),
            ],
            set(),
        ),
        ([event("sent", "1965-11-03T09:15", 1, zone="Z"), event("received", "1965-11-03T08:40", 2, zone="Z")],
         {"chain.out-of-order"}),
        # a form for outgoing cables gives the receipt by the cipher office first
        ([event("received", "1950-05-22T03:25", 1), event("sent", "1950-05-22T04:50", 2)], set()),
        # a despatch is typed before it is sent
        ([event("typed", "1963-03-18", 1), event("sent", "1963-03-21", 2)], set()),
    ],
)  # fmt: skip
def test_the_order_of_the_chain(events: list[Event], expected: set[str]) -> None:
    assert found(telegram(events=events)) == expected


def test_a_wire_does_not_take_a_month() -> None:
    late = telegram(events=[event("sent", "1962-11-02T10:00", 1), event("received", "1962-12-03T08:30", 2)])
    assert found(late) == {"chain.implausible-transit"}
    letter = Record(type=word("letter"), events=[event("sent", "1872-04-12", 1), event("received", "1872-06-20", 2)])
    assert found(letter) == set()


def test_a_year_that_the_pen_slipped_into() -> None:
    chain = [
        event("sent", "1950-10-06T21:10", 1),
        event("received", "1950-10-06T22:47", 2),
        event("typed", "1940-10-07T00:40", 3),
    ]
    assert found(telegram(date=word("1950-10-06"), events=chain)) == {"date.year-slip"}
    turn = [event("sent", "1950-12-31T23:10", 1), event("received", "1951-01-01T02:47", 2)]
    assert found(telegram(date=word("1950-12-31"), events=turn)) == set()


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("31 September 1950", "31 September 1950", {"date.impossible"}),
        ("September 7, 1958—13:45 p.m.", "1958-09-07T13:45", {"date.impossible"}),
        ("30 September 1950 at 25:10", "1950-09-30", {"date.impossible"}),
        ("29 February 1952", "1952-02-29", set()),
        ("September 7, 1958—1:45 p.m.", "1958-09-07T13:45", set()),
    ],
)
def test_dates_that_no_calendar_has(text: str, value: str, expected: set[str]) -> None:
    assert found(telegram(events=[Event(type=word("received"), time=word(value, text))])) == expected


@pytest.mark.parametrize(("day", "expected"), [("Thursday", {"date.weekday-mismatch"}), ("Tuesday", set())])
def test_the_weekday_named_with_a_date(day: str, expected: set[str]) -> None:
    text = f"Peking, {day}, 26 September 1950"
    source = SourceNote(filename="x.txt", media_type="text/plain", sha256="0" * 64, text=text)
    assert found(telegram(source=source, date=word("1950-09-26", "26 September 1950", text.index("26")))) == expected


def test_the_archive_dates_it_otherwise() -> None:
    catalogue = Catalogue(date=word("1949-06-18"))
    assert found(telegram(catalogue=catalogue, date=word("1949-07-18", at=40))) == {"date.conflict"}
    assert found(telegram(catalogue=Catalogue(date=word("1949-07")), date=word("1949-07-18", at=40))) == set()
    journal = Record(
        type=word("report"),
        title=word("Journal of the Ambassador for 9 April 1958"),
        catalogue=Catalogue(date=word("1958-04-09")),
        date=word("1958-04-19", at=60),
    )
    assert found(journal) == set()


def test_copies_printed_and_listed() -> None:
    assert found(telegram(copies=copies(3, (1, "Stalin"), (2, "Molotov")))) == {"copies.unaccounted"}
    assert found(telegram(copies=copies(3, (1, "Stalin"), (2, "Molotov"), (3, "file")))) == set()
    assert found(telegram(copies=copies(2, (1, "Stalin"), (2, "Molotov"), (3, "file")))) == {"copies.overassigned"}
    assert found(telegram(copies=copies(3, (1, "Stalin"), (2, "Molotov"), (2, "Beria"), (3, "file")))) == {
        "copies.overassigned"
    }
    only_this = Copies(stated=count(10), entries=[Copy(number=count(3))])
    assert found(telegram(copies=only_this)) == set()


def test_the_numbers_of_title_and_heading() -> None:
    def cable(title: str, number: str) -> Record:
        own = Number(value=number, text=number, spans=[(200, 200 + len(number))], confidence=0.9, kind="message")
        return telegram(title=word(title), numbers=[own])

    assert found(cable("Ciphered Telegram No. 21286, Krasovsky to Filippov", "21268")) == {"number.conflict"}
    assert found(cable("Ciphered Telegram No. 21268, Krasovsky to Filippov", "21268")) == set()
    assert found(cable("Telegram of 12 March 1963", "3461")) == set()


def test_the_signature_is_not_the_senders() -> None:
    text = "The Ambassador (Gifford) to the Secretary of State\n" + "x" * 40 + "\nHolmes"
    source = SourceNote(filename="x.txt", media_type="text/plain", sha256="0" * 64, text=text)
    record = telegram(source=source, senders=[agent("Gifford", at=16)], signatories=[agent("Holmes", at=len(text) - 6)])
    assert found(record) == {"sender.conflict"}
    signed_for = text.replace("\nHolmes", "\nFor the Ambassador:\nHolmes")
    source = SourceNote(filename="x.txt", media_type="text/plain", sha256="0" * 64, text=signed_for)
    record = telegram(
        source=source, senders=[agent("Gifford", at=16)], signatories=[agent("Holmes", at=len(signed_for) - 6)]
    )
    assert found(record) == set()
    post = telegram(senders=[agent("Embassy in Iran")], signatories=[agent("Sullivan", at=90)])
    assert found(post) == set()


def test_an_enclosure_older_and_younger_than_its_cover() -> None:
    for day, expected in (("1956-10-29", {"enclosure.after-cover"}), ("1956-10-27", set())):
        record = telegram(date=word("1956-10-28"), enclosures=[Record(type=word("letter"), date=word(day))])
        assert found(record) == expected


def test_a_reference_to_what_did_not_yet_exist() -> None:
    for day, expected in (("1950-07-09", {"reference.future"}), ("1950-07-05", set()), ("1950-07-08", set())):
        record = telegram(
            date=word("1950-07-07", at=90), references=[Reference(number=word("3231", at=100), date=word(day, at=110))]
        )
        assert found(record) == expected


def test_evidence_stands_on_both_sides_of_a_finding() -> None:
    record = telegram(events=[event("received", "1950-09-30T23:32", 1), event("arrived", "1950-09-30T23:30", 30)])
    (finding,) = check(record)
    assert [value.value for value in finding.evidence] == ["1950-09-30T23:32", "1950-09-30T23:30"]
    assert finding.severity == "error" and "23:30" in finding.message
