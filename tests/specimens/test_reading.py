"""What reading must reach over all specimens, judged by their scorer, and laws that hold for every one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.reading.specimens import Specimens, measure
from mabillon.pipeline import read_path
from mabillon.source import walk


@pytest.fixture(scope="module")
def said(shared: Path) -> Specimens:
    return measure(shared / "specimens", shared)


def test_all_specimens(said: Specimens) -> None:
    assert said.all.f1 >= 0.95


@pytest.mark.parametrize("family", ["seed", "soviet", "frus", "world", "machine"])
def test_each_family(said: Specimens, family: str) -> None:
    assert said.families[family].f1 >= 0.92


def test_findings_that_fire_are_right_and_few_are_missed(said: Specimens) -> None:
    assert said.findings.precision >= 0.95
    assert said.findings.recall >= 0.90


def test_every_value_quotes_its_words(said: Specimens) -> None:
    assert said.evidence > 3000
    assert said.quoted == said.evidence


def test_confidences_are_honest(said: Specimens) -> None:
    assert said.confidences.error() <= 0.05


def test_the_seed_document_and_its_three_findings(shared: Path) -> None:
    seed = measure(shared / "seed", shared)
    assert seed.all.f1 >= 0.97
    assert (seed.findings.right, seed.findings.wrong, seed.findings.missing) == (3, 0, 0)


def test_the_same_bytes_give_the_same_records(shared: Path) -> None:
    for path in walk([shared / "specimens" / "soviet"]):
        assert isinstance(path, Path)
        once, again = list(read_path(path)), list(read_path(path))
        assert once == again
        assert len({record.id for record in once}) == len(once)
