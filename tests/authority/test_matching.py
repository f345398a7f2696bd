"""Names are found under any spelling, and namesakes are kept apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from mabillon.authority.keys import keys
from mabillon.authority.matching import match
from mabillon.authority.score import SAME
from mabillon.authority.spelling import spell_out

ONE_PERSON = [
    [
        "Shtykov",
        "Chtykov",
        "Schtykow",
        "Štykov",
        "Штыков",
        "Т. Ф. Штыков",
        "Shtykov, Terentii Fomich",
        "Cde. T.F. Shtykov",
    ],
    ["Pak Heon-Yeong", "Pak Hon-yong", "Pak Hŏn-yŏng", "Park Hun-young", "박헌영", "朴憲永", "Пак Хен Ен"],
    ["Mao Tse-tung", "Mao Zedong", "毛泽东", "毛澤東", "Мао Цзэдун", "Mao Tsé-toung"],
    ["Zhou Enlai", "Chou En-lai", "Tschou En-lai", "Чжоу Эньлай", "周恩来"],
    ["Vyshinsky", "Wyschinski", "Vychinski", "Вышинский", "Vyšinskij", "A. Ya. Vyshinskii"],
    ["Khrushchev", "Chruschtschow", "Khrouchtchev", "Хрущёв", "Chruszczow", "N. S. Khrushchev"],
    ["Jno. Russell Young", "John Russell Young", "J. R. Young"],
    ["Kim Il Sung", "Kim Il-sŏng", "김일성", "金日成", "Ким Ир Сен", "Kim Ir Sen"],
]
PAIRS = [pair for group in ONE_PERSON for pair in combinations(group, 2)]
STRANGERS = [
    ("Kim Il-sung", "Kim Il-sun"), ("Kim Il", "Kim Chaek"), ("Pak Il-u", "Pak Hon-yong"), ("Li Xiannian", "Li Fuchun"),
    ("N. Ivanov", "A. Ivanov"), ("Ivanov", "Ivanova"), ("John Foster Dulles", "Allen Dulles"), ("李明", "李鸣"),
    ("Johnson", "Johnston"), ("Kim", "Kim Il Sung"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_spellings_of_one_name_agree_and_share_a_key(a: str, b: str) -> None:
    assert match(a, b).score >= SAME
    assert keys(a) & keys(b)


@pytest.mark.parametrize(("a", "b"), STRANGERS)
def test_strangers_do_not_agree(a: str, b: str) -> None:
    assert match(a, b).score < SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [("Inchon", "仁川"), ("Pyongyang", "Пхеньян"), ("Chungking", "Chongqing"), ("Tientsin", "天津")],
)
def test_places_agree_by_their_syllables(a: str, b: str) -> None:
    assert match(a, b, "place").score >= SAME


def test_places_with_one_name_are_told_apart_by_their_qualifier() -> None:
    assert match("Birmingham, Alabama", "Birmingham, England", "place").score < 0.5


def test_a_reason_says_why() -> None:
    assert "given names conflict" in match("N. Ivanov", "A. Ivanov").reasons


def test_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        match("a", "b", "ship")


@pytest.mark.parametrize(
    ("name", "spelt"),
    [("Shtykov", {"Штыков", "Schtykow", "Chtykov", "Štykov"}), ("Вышинский", {"Vyshinskii", "Wyschinski", "Vychinski"}),
     ("박헌영", {"Pak Hŏn-yŏng", "Park Heon-yeong", "Пак Хон Ён"}), ("Chou En-lai", {"Zhou Enlai", "Чжоу Эньлай"})],
)  # fmt: skip
def test_a_name_is_spelt_out_in_the_other_ways(name: str, spelt: set[str]) -> None:
    assert spelt <= set(spell_out(name))
