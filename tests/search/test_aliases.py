"""Whoever seeks a person finds what speaks of him under a cover name, at its time and in its context only."""

from __future__ import annotations

import pytest

from mabillon.search import Alias
from tests.search.shelf import Shelf, make

FILIPPOV = Alias(
    ("Filippov", "Филиппов"), 19490101, 19530331, ("Peking", "Pyongyang"), "Filippov: cover name of Stalin"
)


def covers(name: str) -> tuple[Alias, ...]:
    return (FILIPPOV,) if name in ("Stalin", "Joseph Stalin") else ()


def expand(name: str) -> tuple[str, ...]:
    return ("Stalin",) if name == "Joseph Stalin" else ()


@pytest.fixture(scope="module")
def shelf(shelve) -> Shelf:
    return shelve(
        make("own", "Stalin read it in Peking.", date="1950-10-01", to="Stalin"),
        make("cover", "Peking. To Filippov, personally.", date="1950-10-01", to="Filippov"),
        make("russian", "Пекин, Peking. Филиппов", date="1951", language="ru", to="Филиппов"),
        make("later", "Peking. Filippov, the engineer.", date="1960-01-01", to="Filippov"),
        make("undated", "Peking. Filippov, whoever he is.", to="Filippov"),
        make("elsewhere", "Filippov in Lisbon.", date="1950-10-01", to="Filippov"),
        make("both", "Stalin signs as Filippov in Pyongyang.", date="1950-10-02"),
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Stalin", "own cover russian both"),
        ("to:Stalin", "own cover russian"),
        ('"Stalin"', "own both"),
        ('to:"Stalin"', "own"),
        ("Joseph Stalin", "own cover russian both"),
        ("NOT Stalin", "later undated elsewhere"),
        ("Filippov", "cover later undated elsewhere both"),
    ],
)
def test_a_cover_name_is_found_at_its_time_and_in_its_context(shelf: Shelf, query: str, found: str) -> None:
    assert shelf.ids(query, covers=covers, expand=expand) == set(found.split())


def test_a_hit_says_why(shelf: Shelf) -> None:
    reasons = {hit.id: hit.because for hit in shelf.search("Stalin", covers=covers).hits}
    assert reasons["cover"] == reasons["russian"] == reasons["both"] == (FILIPPOV.reason,)
    assert reasons["own"] == ()


def test_the_cover_name_is_marked(shelf: Shelf) -> None:
    [cover] = [hit for hit in shelf.search("Stalin", covers=covers).hits if hit.id == "cover"]
    assert [part.text for part in cover.snippet if part.marked] == ["Filippov"]


def test_nothing_is_said_of_a_name_that_is_not_sought(shelf: Shelf) -> None:
    assert all(hit.because == () for hit in shelf.search("Peking", covers=covers).hits)
