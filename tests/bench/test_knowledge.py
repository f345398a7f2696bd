"""What is claimed of generated cables is what happened, and the generator says the same each time."""

from __future__ import annotations

from pathlib import Path

from bench.knowledge.generate import correspondence
from bench.knowledge.speed import measure
from bench.knowledge.truth import judge
from mabillon.connect.instants import minutes_of
from mabillon.connect.knowing import claims_of


def test_the_same_seed_gives_the_same_cables() -> None:
    assert [one.text for one in correspondence(60, 3)] == [one.text for one in correspondence(60, 3)]


def test_a_perfect_reader_claims_what_happened_and_nothing_else() -> None:
    for one in correspondence(120, 5):
        truth = one.truth()
        for claim in claims_of(one.record):
            instant = truth[claim.name]
            assert claim.proved == (instant is not None), (one.text, claim)
            assert claim.high is None or (instant is not None and minutes_of(instant) <= claim.high)


def test_claims_on_cables_that_were_read_are_true(tmp_path: Path) -> None:
    score = judge(60, 2, tmp_path)
    assert score.precision >= 0.99 and score.recall >= 0.95, score.faults[:5]
    assert score.found > 150 and score.presumed == score.open


def test_every_question_is_timed(tmp_path: Path) -> None:
    times = measure(80, tmp_path, questions=2)
    assert all(its.spent and len(its.spent) == len(its.clock) for its in times.values())
