"""What a caption or the shape of a line settles, whatever the sequence model made of it."""

from __future__ import annotations

import pytest

from mabillon.form.blocks import settle_blocks
from mabillon.form.cues import cues_of
from mabillon.parts import PartLine


def zoned(*rows: str) -> list[PartLine]:
    """Return lines from `zone|text`."""
    found, start = [], 0
    for index, row in enumerate(rows):
        zone, text = row.split("|", 1)
        found.append(PartLine(index, start, start + len(text), text, zone, 0.5, cues_of(text)))
        start += len(text) + 1
    return found


def settled(*rows: str) -> list[str]:
    lines = zoned(*rows)
    settle_blocks(lines)
    return [line.zone for line in lines]


@pytest.mark.parametrize(
    "caption", ["Verteiler:", "Otrzymują:", "Отпечатано 3 экз.", "3 copies", "Written in three copies:"]
)
def test_the_caption_of_a_list_settles_its_entries(caption: str) -> None:
    rows = ["body|He said so.", f"signature|{caption}", "footnote|1 - Cde. Orlov", "footnote|2 - file"]
    assert settled(*rows)[1:] == ["distribution"] * 3


def test_a_caption_without_entries_settles_nothing() -> None:
    assert settled(
        "body|He said so.", "mark|Verteiler:", "body|It was late when we parted, and it had rained all day."
    ) == [
        "body",
        "mark",
        "body",
    ]


@pytest.mark.parametrize("caption", ["Anwesend:", "Present:", "Obecni:", "Присутствовали:"])
def test_the_people_of_a_meeting_are_no_addressees(caption: str) -> None:
    zones = settled(
        f"addressing|{caption}", "addressing|Genosse Stude", "addressing|Dr. Lam", "body|They spoke of rice."
    )
    assert zones == ["participants"] * 3 + ["body"]


@pytest.mark.parametrize(
    "words", ["(-) Kiryluk", "gez. Stude", "(Signed) Walter Loridan", "/s/ A. Orlov", "(ss) T. Haș"]
)
def test_the_sign_of_a_signature_settles_it(words: str) -> None:
    assert settled("body|He said so.", f"body|{words}")[1] == "signature"


def test_speeches_are_not_signatures() -> None:
    rows = ["body|ORLOV. It is so.", "body|ZIMIN. Not quite so.", "signature|EVERYONE. Agreed."]
    assert settled(*rows) == ["body"] * 3


def test_the_days_of_a_journal_do_not_date_it() -> None:
    rows = [
        "signature|26 February 1957",
        "dateline|5 February 1957",
        "body|Visited the minister at his request.",
        "signature|11 February 1957",
        "body|Received the ambassador, who leaves.",
        "signature|/A. ORLOV/",
    ]
    assert settled(*rows) == ["dateline", "body", "body", "body", "body", "signature"]


def test_a_sites_date_above_a_heading_is_the_archives() -> None:
    rows = [
        "heading|Title: Cablegram from Department to Embassy",
        "dateline|Date: 21 June 1947",
        "heading|307 Department to Embassy",
        "dateline|CANBERRA, 12 June 1947",
        "body|We should be glad.",
    ]
    assert settled(*rows)[1] == "archive-date"


def test_a_dateline_in_the_right_column_is_found_from_any_zone() -> None:
    for zone in ("masthead", "salutation", "addressing"):
        assert (
            settled(f"{zone}|Sir,                          Cairo, March 6, 1937.", "body|With reference.")[0]
            == "dateline"
        )
