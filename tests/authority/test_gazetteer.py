"""Towns of the world, from tables distilled once."""

from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.authority import cache
from mabillon.authority.gazetteer import Gazetteer, SortedLines, standard_gazetteer
from mabillon.authority.register import Register


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return standard_gazetteer()


@pytest.mark.parametrize(
    ("name", "town"),
    [("Пхеньян", "Pyongyang"), ("平壤", "Pyongyang"), ("Peking", "Beijing"), ("Chemulpo", "Incheon")],
)
def test_a_town_is_found_by_any_of_its_names(gazetteer: Gazetteer, name: str, town: str) -> None:
    assert gazetteer.find(name)[0].name == town


def test_namesakes_are_told_apart_by_country(gazetteer: Gazetteer) -> None:
    assert {town.country for town in gazetteer.find("Georgetown")} >= {"GY", "US"}
    assert {town.country for town in gazetteer.find("Georgetown", "GY")} == {"GY"}
    best = Register(gazetteer=gazetteer).candidates("Georgetown, Guyana", "place")[0]
    assert best[1] > 0.9 and "in GY" in best[2][0]


def test_a_place_of_the_vocabulary_is_not_offered_twice(gazetteer: Gazetteer) -> None:
    found = Register(gazetteer=gazetteer).candidates("Pyongyang", "place")
    assert [who for who, score, _ in found if score >= 0.8] == ["place:pyongyang"]


def test_a_town_of_the_gazetteer_is_an_authority(gazetteer: Gazetteer) -> None:
    register = Register(gazetteer=gazetteer)
    who = register.candidates("Arequipa", "place")[0][0]
    town = register.get(who)
    assert town is not None and town.country == "PE"
    assert town.identifiers == (("geonames", who.removeprefix("geonames:")),)


@pytest.mark.parametrize("name", ["", "zzzz", "\t", "a" * 5_000, "country:Guyana"])
def test_no_town_is_found_where_there_is_none(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name) == []


def test_every_key_of_a_sorted_file_is_found_and_no_other(tmp_path: Path) -> None:
    rows = {f"k{number}": f"v{number}" for number in range(300)} | {"k": "v", "k1 b": "x", "я": "y"}
    path = tmp_path / "rows.tsv"
    path.write_bytes(b"".join(sorted(f"{key}\t{value}\n".encode() for key, value in rows.items())))
    lines = SortedLines(path)
    assert {key: lines.find(key) for key in rows} == rows
    assert [lines.find(key) for key in ("", "a", "k3000", "zz", "k1 c")] == [None] * 5


def test_a_derived_table_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MABILLON_CACHE", str(tmp_path / "new"))
    assert cache.read("x") is None
    assert cache.write("x", b"1") == tmp_path / "new" / "x"
    assert cache.read("x") == b"1"
    monkeypatch.setenv("MABILLON_CACHE", str(tmp_path / "new" / "x"))
    assert cache.write("y", b"1") is None
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["x"]
