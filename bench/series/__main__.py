"""python -m bench.series [--years N] [--seed S]: how often the intervals of undated documents hold, and what strays."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.series.generate import HABITS, Habit, Sent, year_of
from mabillon.connect.between import Gauge, by_week
from mabillon.connect.chains import Point
from mabillon.connect.strands import strands_of
from mabillon.connect.strays import strays_of

YEARS = 200
HEADS = (
    "station", "documents", "undated: intervals hold", "days, median", "beyond the ends", "slips found", "false",
    "lacking: estimated / true",
)  # fmt: skip


@dataclass
class Score:
    """Undated documents: `held` of `intervals` hold the true day. Dates that do not fit: `found` of `slips` that
    differ by more than a week, and `false` ones. `lacking` is the estimate of what `lost` counts."""

    documents: int = 0
    intervals: int = 0
    held: int = 0
    open: int = 0
    open_held: int = 0
    days: list[int] = field(default_factory=list)
    slips: int = 0
    found: int = 0
    false: int = 0
    lacking: float = 0.0
    lost: int = 0
    seconds: float = 0.0

    def add(self, other: Score) -> None:
        for name in ("documents", "intervals", "held", "open", "open_held", "slips", "found", "false", "lacking",
                     "lost", "seconds"):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.days += other.days


def measure(habit: Habit, years: Iterable[int], seed: int) -> Score:
    total = Score()
    for year in years:
        total.add(_measure(list(year_of(habit, year, seed))))
    return total


def _measure(sent: list[Sent]) -> Score:
    truth = {one.key: one for one in sent if one.held}
    points = [Point(one.key, one.number, one.dated, one.dated, one.partner) for one in truth.values()]
    score = Score(documents=len(points))
    start = time.process_time()
    strands = strands_of(points)
    gauges = [Gauge(strand) for strand in strands]
    for strand, gauge in zip(strands, gauges, strict=True):
        for point in strand.open:
            one = truth[point.key]
            for estimate in gauge.estimates(point.number)[:1]:
                if one.number != one.true_number:
                    continue
                holds = estimate.first <= one.day <= estimate.last
                if estimate.below is None or estimate.above is None:
                    score.open += 1
                    score.open_held += holds
                else:
                    score.intervals += 1
                    score.held += holds
                    score.days.append(estimate.last - estimate.first + 1)
        for stray in strays_of(strand, gauge):
            score.found += truth[stray.point.key].slipped
            score.false += not truth[stray.point.key].slipped
        score.lacking += sum(week.missing for week in by_week(strand))
    score.seconds = time.process_time() - start
    score.slips = sum(one.slipped for one in truth.values())
    score.lost = _lost(sent)
    return score


def _lost(sent: list[Sent]) -> int:
    """Return how many documents between the first and the last that are held, dated and read right are not held."""
    known = [one.true_number for one in sent if one.held and one.dated is not None and not one.slipped]
    return sum(min(known) < one.true_number < max(known) and not one.held for one in sent) if known else 0


def measured(years: int, seed: int) -> list[tuple[str, Score]]:
    """Return each kind of station, measured over so many years."""
    return [(habit.name, measure(habit, range(1900, 1900 + years), seed)) for habit in HABITS]


def table(scores: Sequence[tuple[str, Score]]) -> str:
    whole = Score()
    for _, score in scores:
        whole.add(score)
    rows = [_row(name, score) for name, score in (*scores, ("all", whole))]
    return "\n".join([f"| {' | '.join(HEADS)} |", f"|{'---|' * len(HEADS)}", *rows])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.series", description=__doc__)
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    scores = measured(chosen.years, chosen.seed)
    print(table(scores))
    documents, seconds = sum(score.documents for _, score in scores), sum(score.seconds for _, score in scores)
    print(f"\n{documents:,} documents fitted in {seconds:.1f} s of processor time")


def _row(name: str, score: Score) -> str:
    days = sorted(score.days)
    held, beyond = score.held / max(1, score.intervals), score.open_held / max(1, score.open)
    return (
        f"| {name} | {score.documents:,} | {held:.1%} of {score.intervals:,} | {days[len(days) // 2] if days else 0} |"
        f" {beyond:.1%} of {score.open:,} | {score.found} of {score.slips} | {score.false} |"
        f" {score.lacking:,.0f} / {score.lost:,} |"
    )


if __name__ == "__main__":
    main()
