"""Wordings are known as they are printed and as typewriters and capitals write them, without accents."""

from __future__ import annotations

import pytest

from mabillon.vocabulary import _typed, canon, wordings


@pytest.mark.parametrize(
    ("key", "printed", "typed"),
    [("classification", "très secret", "tres secret"), ("precedence", "immédiat", "immediat")],
)
def test_a_wording_is_known_without_its_accents(key: str, printed: str, typed: str) -> None:
    assert {printed, typed} <= set(wordings(key))


def test_what_it_stands_for_is_the_same() -> None:
    assert canon("kind")["télégramme"] == canon("kind")["telegramme"] == "telegram"


def test_short_words_stay_as_they_are() -> None:
    assert _typed("nóta") == {"nóta"} and _typed("нота") == {"нота"}
