"""Whom a heading names as the one written to: the name alone, with his office and where he is for the time being."""

from __future__ import annotations

import pytest

from mabillon.document import Document, fingerprint
from mabillon.pipeline import read_document
from mabillon.record import Record
from mabillon.text import Text


def read(
    heading: str, body: str = "The talks were broken off this morning and nobody knows when they will go on."
) -> Record:
    text = f"{heading}\n\nWashington, March 3, 1955.\n\n{body}\n"
    document = Document(filename="x.txt", media_type="text/plain", sha256=fingerprint(text.encode()), text=Text(text))
    (record,) = read_document(document)
    return record


@pytest.mark.parametrize(
    ("heading", "name", "role", "place"),
    [
        ("Telegram From the Department of State to Secretary of State Acheson at Paris", "Acheson",
         "Secretary of State", "Paris"),
        ("The Director of the Planning Staff (Nitze) to General of the Army Omar Bradley, at Bonn", "Omar Bradley",
         None, "Bonn"),
        ("Memorandum From the Chairman of the Joint Chiefs (Twining) to the Secretary of Defense Gates)", "Gates",
         "Secretary of Defense", None),
        ("Memorandum From the Deputy Secretary of State (Murphy) to the Under Secretary of State (Herter 2)", "Herter",
         "Under Secretary of State", None),
        ("Telegram From the Commander in Chief, Far East (Clark) to the Chief of Staff (Collins), in London", "Collins",
         "Chief of Staff", "London"),
        ("Memorandum by Mr. Paul Strand, Deputy to the Assistant Secretary (Thorp), to the Director of Far Eastern"
         " Affairs (Butterworth)", "Butterworth", "Director of Far Eastern Affairs", None),
        ("Mr. Bernard Cole to Mr. John Foster Hart, Member of the United States Delegation", "John Foster Hart",
         "Member of the United States Delegation", None),
        ("The Deputy Director (McClurkin) to Robert Grant, Jr., Counsel for Military Affairs in the Office of the"
         " Secretary of Defense", "Robert Grant, Jr.",
         "Counsel for Military Affairs in the Office of the Secretary of Defense", None),
        ("Memorandum From Ann Poole of the National Security Council Staff to the President's Assistant for National"
         " Security Affairs (Kissinger1", "Kissinger", "President's Assistant for National Security Affairs", None),
        ("Telegram From the President's Special Assistant (Rostow) to President Johnson in Texas", "Johnson",
         "President", "Texas"),
        ("Letter From President Nixon to Korean President Park", "Park", "Korean President", None),
        ("Memorandum by Philip Jessup, Consultant to the Secretary of State, to the Secretary of State",
         "Secretary of State", None, None),
    ],
)  # fmt: skip
def test_a_name_stands_without_office_bracket_note_and_place(
    heading: str, name: str, role: str | None, place: str | None
) -> None:
    (recipient,) = read(heading).recipients
    assert recipient.value == name
    if role is not None:
        assert recipient.role and recipient.role.value == role
    assert (recipient.place.value if recipient.place else None) == place


def test_where_a_conversation_was_held_is_nobody() -> None:
    record = read(
        "Memorandum of a Conversation Between the Danish Ambassador (Kauffmann) and the Director of the Office of"
        " Western European Affairs (Byington), Department of State, Washington, March 3, 1955"
    )
    assert "Department of State" not in {agent.value for agent in (*record.senders, *record.recipients)}


def test_a_place_that_is_withheld_is_nobody() -> None:
    heading = "Telegram From Headquarters in Florida to the Stations in Guatemala and [2 places not declassified]"
    assert [agent.value for agent in read(heading).recipients] == ["Stations in Guatemala"]


def test_who_a_telegram_is_for_ends_with_the_sentence() -> None:
    record = read(
        "Telegram From the Department of State to the Embassy in Laos", "811. For Unger. Reference your 1502."
    )
    assert [agent.value for agent in record.recipients] == ["Embassy in Laos", "Unger"]


@pytest.mark.parametrize(
    ("lead", "names"),
    [
        ("8. For Bundy. Ref: Deptel 982.", ["Department of State", "Bundy"]),
        ("8. For Ambassador Only. The talks", ["Department of State"]),
        ("8. For Amb. Harlan. The talks", ["Department of State", "Harlan"]),
    ],
)
def test_an_attention_line_names_a_man(lead: str, names: list[str]) -> None:
    record = read("Telegram From the Embassy in Korea to the Department of State", f"{lead} The talks go on as before.")
    assert [agent.value for agent in record.recipients] == names
