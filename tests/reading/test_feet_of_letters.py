"""Letters that are dated at their foot: place and date above the complimentary close, papers sent along below."""

from __future__ import annotations

import pytest

from mabillon.document import Document, fingerprint
from mabillon.pipeline import read_document
from mabillon.record import Record
from mabillon.text import Text

BODY = """sono arrivato in questa città lunedì passato, et ho veduto hieri il signor conte, il quale mi disse che le
navi saranno all'ordine alla fine di questo mese, se li venti non lo impediscono. Di quanto seguirà darò conto alla
Serenità vostra con le prossime lettere, et non mancherò di sollecitare il negotio."""


def read(text: str) -> Record:
    document = Document(filename="x.txt", media_type="text/plain", sha256=fingerprint(text.encode()), text=Text(text))
    return next(iter(read_document(document)))


def letter(head: str, dateline: str, tail: str = "") -> str:
    return (
        f"{head}Serenissimo Principe\n{BODY} Gratie etc.\n{dateline}\ndi vostra Serenità\n"
        f"humilissimo servitore\nGiovanni Bragadin\n{tail}"
    )


@pytest.mark.parametrize(
    ("dateline", "date", "place"),
    [
        ("Di Torino a’ 9 luglio 1617", "1617-07-09", "Torino"),
        ("Dall’Haya all’ultimo di aprile 1618", "1618-04-30", "Haya"),
        ("Dall’Haya a’ x luglio 1618", "1618-07-10", "Haya"),
        ("Da Livorno nel porto de’ galeoni a’ 14 maggio 1618", "1618-05-14", "Livorno"),
    ],
)
@pytest.mark.parametrize("head", ["", "Prima\n", "n° 12\n", "Duplicata\nn° 12 sola\n"])
def test_a_letter_is_dated_and_placed_at_its_foot(head: str, dateline: str, date: str, place: str) -> None:
    record = read(letter(head, dateline))
    assert record.date is not None and record.date.value == date
    assert [sender.place and sender.place.value for sender in record.senders] == [place]


def test_papers_sent_along_do_not_date_the_letter() -> None:
    tail = "\nIn lettere dall’Haya n° 12 de’ 25 giugno 1618\nBeveren, 22 aprile 1618\nInventario delle casse\n"
    record = read(letter("n° 12\n", "Dall’Haya a’ 25 giugno 1618", tail))
    assert record.date is not None and record.date.value == "1618-06-25"
    assert record.senders[0].place is not None and record.senders[0].place.value == "Haya"
