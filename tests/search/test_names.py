"""Names are found in any spelling, unless quoted."""

from __future__ import annotations

import pytest

from tests.search.shelf import Shelf, make

SPELLINGS = [
    {"Shtykov", "Chtykov", "Штыков"},
    {"Pak Hon-yong", "Pak Heon-yeong", "박헌영", "朴憲永"},
    {"Mao Tse-tung", "Mao Zedong", "毛泽东"},
]


def expand(name: str) -> list[str]:
    return sorted(other for names in SPELLINGS if name in names for other in names - {name})


@pytest.fixture(scope="module")
def shelf(shelve) -> Shelf:
    return shelve(
        make("english", "Shtykov reported the talk with Pak Hon-yong.", sender="Shtykov"),
        make("russian", "Штыков сообщил о беседе.", sender="Штыков", language="ru"),
        make("korean", "박헌영 동지와의 담화.", sender="박헌영", language="ko"),
        make("chinese", "毛泽东同志来电。", sender="毛泽东", language="zh"),
        make("pinyin", "A letter of Mao Zedong arrived.", sender="Mao Zedong"),
        make("other", "Hon-yong Pak's namesake and Mao of another family, Tse-tung.", sender="Mao Anying"),
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Chtykov", "english russian"),
        ("from:Chtykov", "english russian"),
        ("Штыков", "english russian"),
        ('"Chtykov"', ""),
        ('"Штыков"', "russian"),
        ('from:"Chtykov"', ""),
        ("from:(Pak Heon-yeong)", "korean"),
        ("Pak Heon-yeong", "english korean"),
        ("Mao Tse-tung", "chinese pinyin other"),
        ('"Mao Tse-tung"', ""),
        ("letter Mao Tse-tung", "pinyin"),
        ("Mao Tse-tung NOT letter", "chinese other"),
        ("NOT Chtykov", "korean chinese pinyin other"),
    ],
)
def test_a_name_is_found_in_any_spelling_unless_quoted(shelf: Shelf, query: str, found: str) -> None:
    assert shelf.ids(query, expand=expand) == set(found.split())


def test_what_else_was_looked_for_is_said_as_far_as_it_was_found(shelf: Shelf) -> None:
    assert shelf.search("Mao Tse-tung", expand=expand).spellings == ("Mao Zedong", "毛泽东")
    assert shelf.search("Chtykov", expand=expand).spellings == ("Shtykov", "Штыков")
    assert shelf.search("letter", expand=expand).spellings == ()


def test_another_spelling_is_marked_too(shelf: Shelf) -> None:
    marked = {part.text for hit in shelf.search("Chtykov", expand=expand).hits for part in hit.snippet if part.marked}
    assert marked == {"Shtykov", "Штыков"}
