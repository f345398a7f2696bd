"""The generated correspondence is what the figures say, and its references are found again."""

from __future__ import annotations

from bench.threads.__main__ import measure
from bench.threads.generate import correspondence


def test_the_same_seed_gives_the_same_correspondence() -> None:
    assert [one.text for one in correspondence(80, 3)] == [one.text for one in correspondence(80, 3)]


def test_what_is_named_was_written_before() -> None:
    for one in correspondence(300, 3):
        assert all(other.id < one.id and other.day <= one.day for _, other in one.names)


def test_generated_references_are_resolved() -> None:
    score = measure(150, seed=3)
    assert score.to_find > 60
    assert score.precision >= 0.95 and score.recall >= 0.9
