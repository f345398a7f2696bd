"""Whose number a reference gives."""

from __future__ import annotations

import pytest

from mabillon.connect.traits import traits_of
from mabillon.connect.wording import number_key, station_in
from mabillon.pipeline import read_document
from mabillon.source import open_bytes


@pytest.mark.parametrize(
    ("number", "key"),
    [("1351", "1351"), ("0047", "47"), ("STATE 23456", "23456"), ("600308/sh", "600308"),
     ("FK 1015/50", "fk1015/50"), ("1,351", "1351")],
)  # fmt: skip
def test_numbers_are_compared_without_station_and_register(number: str, key: str) -> None:
    assert number_key(number) == key


def test_a_number_may_name_its_station() -> None:
    assert station_in("STATE 23456") == "STATE"
    assert station_in("NEW DELHI 4410") == "NEW DELHI"
    assert station_in("1351") is None


@pytest.mark.parametrize(
    ("words", "whose", "sender"),
    [
        ("Reference your No. 1351 of 29 September.", "yours", "washington"),
        ("Reference my telegram of 28 September.", "mine", "seoul"),
        ("Deptel 631, September 30, has arrived.", "yours", "washington"),
        ("Embtel 640, October 1, gave details.", "mine", "seoul"),
        ("Reurtel 202 the position is clear.", "yours", "washington"),
        ("To your No. 203, October 2.", "yours", "washington"),
    ],
)
def test_the_word_before_the_number_says_whose_it_is(words: str, whose: str, sender: str) -> None:
    text = f"TELEGRAM\n\nFrom: American Embassy Seoul\nTo: Secretary of State\n\nNo. 647, October 3, 1950\n\n{words}"
    text += " The Prime Minister has asked for time to consult.\n\nMUCCIO\n"
    document = next(iter(open_bytes(text.encode(), "cable.txt")))
    [named] = traits_of(next(iter(read_document(document)))).named
    assert (named.whose, named.sender.key) == (whose, sender)
    assert named.wording and named.wording in words.replace("  ", " ")
