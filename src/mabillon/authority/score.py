"""The outcome of a comparison of names."""

from __future__ import annotations

from dataclasses import dataclass

SAME = 0.8
"""A score from here on suggests one and the same name (the threshold that bench/names.py measures)."""


@dataclass(frozen=True, slots=True)
class Match:
    """score: 0 to 1; reasons: what speaks for and against, the weightiest first."""

    score: float
    reasons: tuple[str, ...]
