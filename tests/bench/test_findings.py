from __future__ import annotations

import pytest

from bench.findings.__main__ import KINDS, Measured, measure
from mabillon.archive.across import registry


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure(120, seed=7)


@pytest.mark.parametrize("kind", KINDS)
def test_what_fires_is_true_and_most_of_what_is_planted_is_found(measured: Measured, kind: str) -> None:
    score = measured.scores[kind]
    assert score.planted >= 5
    assert score.precision == 1.0, score.examples
    assert score.recall >= 0.6, score.examples


def test_the_bench_sees_what_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        registry.KINDS,
        "copies.conflict",
        registry.Kind("copies.conflict", lambda connection, scopes: (), registry.themselves),
    )
    assert measure(40, seed=7).scores["copies.conflict"].recall == 0.0
