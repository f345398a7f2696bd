"""What is an enclosure, what is only spoken of, and where one begins and ends."""

from __future__ import annotations

import pytest

from mabillon.document import Document
from mabillon.form import split
from mabillon.parts import Part
from mabillon.text import Region, Text

COVER = """\
The Ambassador in Peru (Marsh) to the Secretary of State

Lima, May 3, 1949.

Sir: I have the honor to forward a note which the Minister handed to me yesterday after a long conversation.

The Embassy would be glad to learn what answer is to be given to it, and whether anything should be said to the press.

{middle}

Respectfully yours,

Robert Marsh

{end}"""

LETTER = """\
Lima, May 2, 1949.

Mr. Ambassador: The Government has taken note of the reply of the Department and regrets that it cannot share the view.

Luis Duarte"""


SUBLETTER = """\
Cuzco, April 28, 1949.

Mr. Minister: I report that the bridge has been carried off by the river and that no wagon can pass before June.

Ana Silva"""


def read(text: str, regions: tuple[Region, ...] = ()) -> Part:
    (part,) = split(Document("a.txt", "text/plain", "0" * 64, Text(text, regions)))
    return part


def words(part: Part) -> str:
    return "\n".join(line.text for line in part.lines)


@pytest.mark.parametrize(
    "heading",
    ["[Enclosure]", "[Inclosure 1 in No. 214.]", "ENCLOSURE", "Enclosure No. 1", "[Attachment]", "Tab A", "Annex A",
     "Приложение", "[Inclosure in No. 12.—Translation.]", "Attachment 1"],
)  # fmt: skip
def test_a_heading_with_a_text_below_opens_an_enclosure(heading: str) -> None:
    part = read(COVER.format(middle="", end=f"{heading}\n\n{LETTER}"))
    (enclosure,) = part.enclosures
    assert words(enclosure).startswith(heading)
    assert words(enclosure).endswith("Luis Duarte")
    assert "Luis Duarte" not in words(part)


@pytest.mark.parametrize(
    "note",
    ["Enclosure: none", "Enclosures: 2", "Annex: 1 list", "attachment on four sheets", "Attachments a/s",
     "Encl.: as stated", "Enclosures:\n1. Note of the Minister, May 2, 1949.\n2. Memorandum on the loan.",
     "Attachment:\n  Packing list, 1 page"],
)  # fmt: skip
def test_an_enclosure_that_is_only_named_is_none(note: str) -> None:
    assert read(COVER.format(middle="", end=note)).enclosures == []


def test_two_enclosures_stand_side_by_side() -> None:
    part = read(COVER.format(middle="", end=f"[Enclosure 1]\n\n{LETTER}\n\n[Enclosure 2]\n\n{LETTER}"))
    assert [words(enclosure)[:13] for enclosure in part.enclosures] == ["[Enclosure 1]", "[Enclosure 2]"]


def test_an_enclosure_of_an_enclosure_is_nested_in_it() -> None:
    part = read(COVER.format(middle="", end=f"[Enclosure]\n\n{LETTER}\n\n[Subenclosure]\n\n{SUBLETTER}"))
    (enclosure,) = part.enclosures
    (inner,) = enclosure.enclosures
    assert words(inner).startswith("[Subenclosure]")


def test_a_message_between_marks_with_a_salutation_is_an_enclosure() -> None:
    middle = "BEGIN TEXT:\n\nDEAR MR. PRESIDENT:\n\nI WAS GLAD TO HAVE YOUR LETTER OF MAY 2.\n\nEND TEXT."
    (enclosure,) = read(COVER.format(middle=middle, end="")).enclosures
    assert words(enclosure).startswith("DEAR MR. PRESIDENT")


def test_a_quoted_telegram_is_cut_into_dateline_and_text() -> None:
    middle = (
        "“May 1, 9 p. m. The Vice Minister told me this evening that the loan will be asked for again before June.”"
    )
    (enclosure,) = read(COVER.format(middle=middle, end="")).enclosures
    assert [(line.zone, line.text[:14]) for line in enclosure.lines] == [
        ("dateline", "May 1, 9 p. m."),
        ("body", "The Vice Minis"),
    ]


def test_quoted_words_without_a_date_or_signature_are_no_enclosure() -> None:
    middle = (
        "“Nothing will be done before the Prime Minister has come back, and then it will be too late for the harvest.”"
    )
    assert read(COVER.format(middle=middle, end="")).enclosures == []


def test_what_the_markup_calls_an_enclosure_is_one() -> None:
    text = COVER.format(middle="", end=LETTER)
    start = text.index("Lima, May 2")
    (enclosure,) = read(text, (Region("enclosure", start, len(text)),)).enclosures
    assert words(enclosure).startswith("Lima, May 2")


def test_notes_at_the_end_stay_with_the_cover() -> None:
    part = read(
        COVER.format(middle="", end=f"[Enclosure]\n\n{LETTER}\n\n1. Not printed.\n\n2. Dated May 1, not printed.")
    )
    assert "Not printed" in words(part)
    assert "Not printed" not in words(part.enclosures[0])
