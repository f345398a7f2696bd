"""Of what people type, names are spelt out and other words are left alone."""

from __future__ import annotations

import pytest

from mabillon.authority.typed import name_runs, typed_spellings


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("shtykov", "Штыков"), ("rasuwajew", "Razuvaev"), ("Iwanowski", "Ивановский"), ("peking", "北京"),
        ("Штыков", "Schtykow"), ("毛泽东", "Mao Zedong"), ("chou en-lai", "Zhou Enlai"), ("Pak Il-u", "박일우"),
    ],
)  # fmt: skip
def test_a_typed_name_is_spelt_out(typed: str, wanted: str) -> None:
    assert wanted in typed_spellings(typed)


ORDINARY = ["parallel", "line", "which", "song", "38th", "the day", "to the", "", "a*", "x" * 9_999]


@pytest.mark.parametrize("typed", ORDINARY)
def test_other_words_are_left_alone(typed: str) -> None:
    assert typed_spellings(typed) == ()


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        ("Mao Tse tung visit", [(0, 3)]), ("letter of Chou En-lai to Kim Il Sung", [(2, 4), (5, 8)]),
        ("38th parallel crossing", []), ("stalin", []), ("", []),
    ],
)  # fmt: skip
def test_neighbouring_words_that_are_one_name_are_found(typed: str, runs: list[tuple[int, int]]) -> None:
    assert [(first, end) for first, end, _ in name_runs(typed.split())] == runs
