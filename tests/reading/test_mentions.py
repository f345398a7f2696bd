"""Names in the body: what shows them, and what must not be taken for one."""

from __future__ import annotations

from mabillon.document import Document, fingerprint
from mabillon.pipeline import read_document
from mabillon.text import Text


def mentions(body: str) -> dict[str, str]:
    head = "CIPHERED TELEGRAM No. 17\nFrom PYONGYANG\nsent at 1905 8 February 1952\nTo Comrade STALIN"
    text = f"{head}\n\n{body}\n\nSHTYKOV\n"
    document = Document(filename="x.txt", media_type="text/plain", sha256=fingerprint(text.encode()), text=Text(text))
    (record,) = read_document(document)
    assert record.source and record.source.text
    for mention in record.mentions:
        for (start, end), words in zip(mention.spans, mention.text.split(" … "), strict=True):
            assert record.source.text[start:end] == words
    return {mention.value: mention.kind for mention in record.mentions}


def test_persons_behind_honorifics_and_in_capitals() -> None:
    found = mentions("Today Comrade Nam Il asked me to forward his request, and KIM IL SUNG agreed to it at once.")
    assert found["Nam Il"] == "person" and found["Kim Il Sung"] == "person"


def test_places_under_old_and_new_names() -> None:
    found = mentions("The enemy landed at Chemulpo in the night; the road from Seoul to Wonsan is cut.")
    assert {"Chemulpo", "Seoul", "Wonsan"} <= found.keys() and found["Chemulpo"] == "place"


def test_plain_words_are_no_names() -> None:
    assert mentions("The weather was bad and nobody came to the office; bread is short.") == {}


def test_a_name_is_given_once_with_all_its_places() -> None:
    text = "I saw Comrade Mikoyan in the morning. In the evening Comrade Mikoyan came back for an hour."
    assert list(mentions(text)) == ["Mikoyan"]
