"""Who knew a document by what it says: what the words prove, from when on, and what they leave to be presumed."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mabillon.connect.citing import Cited, told
from mabillon.connect.instants import GREENWICH, asked_instant, either, minutes_of, moment_of, stretch_of
from mabillon.connect.knowing import Claim, Words, claims_of
from mabillon.connect.present import present
from mabillon.evidence import Agent, Word
from mabillon.record import Copies, Copy, Event, Record, SourceNote


def word(value: str, form: type[Word] = Word, **more: object) -> Word:
    spans = more.pop("spans", [(0, len(value))])
    return form(value=value, text=value, spans=spans, confidence=0.95, **more)  # type: ignore[arg-type]


def agent(name: str, **more: object) -> Agent:
    return word(name, Agent, **more)  # type: ignore[return-value]


def event(type: str, time: str | None = None, **more: object) -> Event:
    return Event(type=word(type), time=word(time) if time else None, **more)  # type: ignore[arg-type]


def cable(**more: object) -> Record:
    plain = {
        "date": word("1950-09-30"),
        "senders": [agent("Shtykov", place=word("Pyongyang"))],
        "signatories": [agent("Shtykov")],
        "recipients": [agent("Gromyko", place=word("Moscow"))],
        "copies": Copies(entries=[Copy(recipient=word("Mikoyan"))]),
        "events": [event("sent", "1950-09-30T20:35"), event("received", "1950-09-30T23:32")],
    }
    return Record(**(plain | more))  # type: ignore[arg-type]


def of(record: Record, name: str) -> list[Claim]:
    return [claim for claim in claims_of(record) if claim.name == name]


def at(claim: Claim) -> datetime:
    assert claim.high is not None
    return moment_of(claim.high)


def test_whoever_signs_knows_what_he_signed_before_it_is_sent() -> None:
    [signed, sent] = of(cable(), "Shtykov")
    assert (signed.way, signed.proved, sent.way, sent.proved) == ("signed", True, "sent", True)
    # no zone is stated: 20:35 by the clock of Moscow is the latest that it can mean
    assert at(signed) == datetime(1950, 9, 30, 17, 35)
    assert [words.text for words in signed.words] == ["Shtykov", "1950-09-30T20:35", "sent"]


def test_the_addressee_has_it_once_all_that_is_timed_at_his_end_is_done() -> None:
    times = [event("received", "1950-09-30T23:32"), event("decrypted", "1950-10-01T00:40")]
    [got] = of(cable(events=times), "Gromyko")
    assert got.proved and at(got) == datetime(1950, 9, 30, 21, 40)


def test_a_copy_without_a_time_of_delivery_is_presumed_from_the_receipt_on() -> None:
    [copied] = of(cable(), "Mikoyan")
    assert (copied.way, copied.proved, copied.high, copied.doubts) == ("copied", False, None, ("no-delivery",))
    assert copied.low is not None and moment_of(copied.low) >= datetime(1950, 9, 30, 14, 32)


def test_a_copy_is_proved_by_the_time_at_which_copies_went_out() -> None:
    record = cable(events=[event("received", "1950-09-30T23:32"), event("distributed", "1950-10-01T01:45")])
    [copied] = of(record, "Mikoyan")
    assert copied.proved and at(copied) == datetime(1950, 9, 30, 22, 45)


def test_a_time_before_the_document_itself_is_a_slip_and_proves_nothing() -> None:
    record = cable(events=[event("received", "1950-09-30T23:32"), event("distributed", "1940-10-01T01:45")])
    [copied] = of(record, "Mikoyan")
    assert not copied.proved and copied.doubts == ("conflict",)
    assert copied.low is not None and moment_of(copied.low).year == 1950


def test_a_document_dated_years_before_it_was_sent_is_known_from_the_sending_on() -> None:
    record = cable(date=word("1940-09-30"))
    assert at(of(record, "Shtykov")[0]) == datetime(1950, 9, 30, 17, 35)


def test_what_no_words_say_is_presumed() -> None:
    inferred = word("1950-09-30", spans=[])
    assert of(cable(date=inferred, events=[]), "Shtykov")[0].doubts == ("inferred",)
    hard = Agent(value="Gromyko", text="Grom", spans=[(0, 4)], confidence=0.4)
    assert of(cable(recipients=[hard]), "Gromyko")[0].doubts == ("unsure",)


def test_a_recipient_who_is_reached_through_another_only_presumably_has_it() -> None:
    record = cable(recipients=[agent("Gromyko"), agent("Stalin", via="Gromyko")])
    assert of(record, "Gromyko")[0].proved
    assert of(record, "Stalin")[0].doubts == ("through",)


def test_a_time_of_receipt_is_that_of_the_recipient_of_its_place_alone() -> None:
    ends = [agent("Bruce", place=word("Paris")), agent("Gifford", place=word("London"))]
    record = cable(recipients=ends, events=[event("received", "1950-09-30T23:32", place=word("London"))])
    assert of(record, "Bruce")[0].doubts == ("other-place",)
    assert of(record, "Gifford")[0].proved


def test_whoever_handled_it_had_it() -> None:
    record = cable(
        events=[event("read", "1950-10-01T09:00", agent=word("Stalin")), event("drafted", agent=word("Ivanov"))]
    )
    [read], [drafted] = of(record, "Stalin"), of(record, "Ivanov")
    assert (read.way, read.proved, at(read)) == ("read", True, datetime(1950, 10, 1, 6, 0))
    assert drafted.way == "drafted" and drafted.proved


def test_whoever_is_exempt_did_not_get_it() -> None:
    assert not of(cable(recipients=[agent("Tokyo", capacity="exempt")]), "Tokyo")


def test_a_day_means_its_end_and_an_unknown_clock_any_on_earth() -> None:
    assert moment_of(asked_instant("1950-10-01")) == datetime(1950, 10, 1, 23, 59)
    assert asked_instant("1950-10-01T06:00", (180, 180)) == asked_instant("1950-10-01T03:00")
    anywhere = stretch_of("1950-10-01T06:00", None)
    assert anywhere and (anywhere.high - anywhere.low) == 26 * 60
    assert stretch_of("1950-10-01T06:00+09:00", None) == stretch_of("1950-09-30T21:00", GREENWICH)
    assert stretch_of("1950-02-31", GREENWICH) is None and stretch_of("1950/..", GREENWICH) is None


moments = st.datetimes(datetime(1900, 1, 1), datetime(1999, 1, 1))


@given(moments)
def test_minutes_and_moments_are_one(moment: datetime) -> None:
    whole = moment.replace(second=0, microsecond=0)
    assert moment_of(minutes_of(whole)) == whole


@given(moments, moments, st.lists(st.tuples(st.integers(-720, 0), st.integers(0, 840)), max_size=3))
def test_a_stretch_holds_every_instant_that_its_clocks_allow(first: datetime, last: datetime, clocks: list) -> None:
    days = sorted((first.date(), last.date()))
    edtf = f"{days[0].isoformat()}/{days[1].isoformat()}"
    clock = either(*clocks)
    wide = stretch_of(edtf, clock)
    assert wide is not None
    for one in clocks:
        narrow = stretch_of(days[0].isoformat(), one)
        assert narrow and wide.low <= narrow.low <= narrow.high <= max(wide.high, narrow.high)
        assert narrow.low >= wide.low and narrow.high <= wide.high


MEMCON = """MEMORANDUM OF CONVERSATION

PARTICIPANTS

    Laos
    Prince Souvanna Phouma, Prime Minister
    United States
    The Secretary
    William P. Bundy, Assistant Secretary, FE

1. The Prime Minister opened with the flood.

SUMMARY OF CONCLUSIONS
"""


def meeting(text: str, type: str = "memorandum-of-conversation") -> Record:
    source = SourceNote(filename="x", media_type="text/plain", sha256="", text=text)
    return Record(source=source, type=word(type), date=word("1966-10-11"), senders=[agent("Hamilton")])


def test_whoever_took_part_was_in_the_room() -> None:
    claims = [claim for claim in claims_of(meeting(MEMCON)) if claim.way == "present"]
    assert [claim.name for claim in claims] == ["Prince Souvanna Phouma", "William P. Bundy"]
    assert all(claim.proved for claim in claims)
    for claim in claims:
        [(start, end)] = claim.words[0].spans
        assert MEMCON[start:end] == claim.name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Present: Comrades Novotný, Široký and Fierlinger.\n\nAgreed.", ["Novotný", "Široký", "Fierlinger"]),
        ("PRESENT:\n- Joseph J. Sisco, Under Secretary\n\nU.S.\n- Wells Stabler\n\nThey met.",
         ["Joseph J. Sisco", "Wells Stabler"]),
        ("Participants:\n  State - Mr. Warren Nutter      CIA - Mr. Helms\n\nText.", ["Warren Nutter", "Helms"]),
        ("The present situation: grave.\n\nWilliam Bundy spoke.", []),
        ("PARTICIPANTS\nLaos\nThe Secretary\n\nText that goes on.", []),
    ],
)  # fmt: skip
def test_names_of_those_present_are_read_from_lists_of_several_shapes(text: str, names: list[str]) -> None:
    assert [name.value for name in present(meeting(text, "minutes"))] == names


def test_a_letter_has_nobody_present() -> None:
    assert present(meeting(MEMCON, "letter")) == []


def test_whoever_headed_a_mission_presumably_knew_what_it_got() -> None:
    seoul = agent("American Embassy", place=word("Seoul"))
    claims = claims_of(
        cable(recipients=[seoul], date=word("1950-06-27"), events=[event("received", "1950-06-27T10:00")])
    )
    [mission, ambassador] = [claim for claim in claims if claim.way == "received"]
    assert mission.proved and mission.person is None
    assert (ambassador.person, ambassador.proved, ambassador.doubts) == ("person:muccio", False, ("office",))
    assert ambassador.low == mission.low
    nobodys = claims_of(cable(recipients=[agent("Embassy", place=word("Seoul"))]))
    assert not any(claim.person for claim in nobodys), "nothing says whose embassy it is"


def test_whoever_wrote_an_enclosure_knew_that_and_is_not_told_of_what_its_cover_names() -> None:
    letter = Record(date=word("1950-09-29"), signatories=[agent("Kim Il Sung")])
    claims = claims_of(cable(enclosures=[letter]))
    [wrote] = [claim for claim in claims if claim.name == "Kim Il Sung"]
    assert (wrote.way, wrote.proved, wrote.relation) == ("enclosed", True, "enclosed")
    cited = Cited("x", True, Words("your No. 47", ((0, 11),)), True)
    through = {claim.name: claim for claim in told(claims, cited)}
    assert "Kim Il Sung" not in through
    assert (through["Shtykov"].way, through["Gromyko"].way) == ("answered", "told")
    assert through["Shtykov"].words[0].text == "your No. 47" and through["Mikoyan"].proved is False
    doubtful = told(claims, Cited("x", False, cited.words, False))
    assert not any(claim.proved for claim in doubtful) and all("reference" in claim.doubts for claim in doubtful)
