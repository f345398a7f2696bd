"""Linking reaches what it promises: on the labelled pairs, and on mentions that editors linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.names import Pair, blocked, link_volume, read_pairs, score
from mabillon.authority.matching import match
from mabillon.authority.register import standard


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return read_pairs()


def test_the_labelled_pairs_are_many_and_no_pair_stands_twice(pairs: list[Pair]) -> None:
    assert len({(pair.kind, *sorted((pair.a, pair.b))) for pair in pairs}) == len(pairs) >= 400
    assert {pair.verdict for pair in pairs} == {"same", "different"}


@pytest.mark.parametrize("half", ["dev", "test"])
def test_linking_is_precise_and_complete(pairs: list[Pair], half: str) -> None:
    figures, _ = score([pair for pair in pairs if pair.half == half], standard().match)
    assert figures.precision >= 0.97
    assert figures.recall >= 0.93


def test_what_the_rules_join_shares_a_key(pairs: list[Pair]) -> None:
    joined = [pair for pair in pairs if match(pair.a, pair.b, pair.kind).score >= 0.8]
    assert blocked(joined) >= 0.99


def test_mentions_are_linked_to_a_volumes_list_of_persons(shared: Path) -> None:
    volume = shared / "data" / "tei" / "frus" / "frus1969-76ve09p1.xml"
    if not volume.is_file():
        pytest.skip(f"{volume} is not there")
    links = link_volume(volume)
    assert links.right / (links.right + links.wrong) >= 0.97
    assert links.right / (links.right + links.wrong + links.several + links.none) >= 0.93
