"""Who signs: the name, and not the complimentary close above it."""

from __future__ import annotations

import pytest

from mabillon.document import Document, fingerprint
from mabillon.pipeline import read_document
from mabillon.text import Text


def signatories(text: str) -> list[str]:
    document = Document(filename="x.txt", media_type="text/plain", sha256=fingerprint(text.encode()), text=Text(text))
    (record,) = read_document(document)
    return [agent.value for agent in record.signatories]


@pytest.mark.parametrize(
    ("close", "name"),
    [
        ("I have the honour to be, with great respect,\nYour Lordship's most obedient humble servant,", "Henry Wade"),
        ("I am, Sir, your obedient servant,", "Henry Wade"),
        ("di vostra Serenità\nhumilissimo, et devotissimo servitore", "Pietro Loredan"),
        ("de Votre Excellence\nle très humble et très obéissant serviteur", "Jules Morel"),
        ("Euer Exzellenz\ngehorsamster Diener", "Karl Brandt"),
        ("Dios guarde a V. E. muchos años.\nsu seguro servidor\nq. b. s. m.", "Juan Robles"),
    ],
)
def test_the_complimentary_close_signs_nothing(close: str, name: str) -> None:
    text = (
        "British Legation, Turin, March 3, 1855.\n\nMy Lord,\n\nI saw the Minister this morning and he told me that the"
        f" treaty would be laid before the Chambers next week.\n\n{close}\n{name}\n"
    )
    assert signatories(text) == [name]


@pytest.mark.parametrize(
    ("head", "foot", "place"),
    [
        ("From: Harlan, Ambassador", "", None),
        ("From: Harlan", "HARLAN", None),
        ("From: ZINDER", "HARLAN", "Zinder"),
        ("From: Lagos", "", "Lagos"),
    ],
)
def test_who_writes_is_no_place(head: str, foot: str, place: str | None) -> None:
    text = (
        f"CIPHER TELEGRAM No. 118\n\n{head}\nTo: Ministry of Foreign Affairs\n3 March 1965\n\nThe Minister received me"
        f" this morning and said that nothing would be done before the rains.\n\n{foot}\n"
    )
    document = Document(filename="x.txt", media_type="text/plain", sha256=fingerprint(text.encode()), text=Text(text))
    (record,) = read_document(document)
    assert {sender.place.value for sender in record.senders if sender.place} == ({place} if place else set())
