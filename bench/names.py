#!/usr/bin/env python3
"""Measure the linking of names against tests/authority/pairs.tsv: precision, recall, speed.

    bench/names.py             both halves, by the rules of writing alone and with the register
    bench/names.py --errors    the pairs of the dev half that came out wrong (the test half is never shown: rules
                               and thresholds may be tuned on dev alone)
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mabillon.authority.keys import keys
from mabillon.authority.matching import match
from mabillon.authority.register import standard
from mabillon.authority.score import SAME, Match

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "authority" / "pairs.tsv"


@dataclass(frozen=True)
class Pair:
    half: str
    kind: str
    verdict: str
    a: str
    b: str
    group: str


@dataclass
class Figures:
    """Counts of pairs that were called the same and are or are not, and of those that were missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Pair(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def score(pairs: list[Pair], judge: Callable[[str, str, str], Match]) -> tuple[Figures, list[tuple[Pair, Match]]]:
    """Return the figures and the pairs that came out wrong."""
    figures, wrong = Figures(), []
    for pair in pairs:
        found = judge(pair.a, pair.b, pair.kind)
        said, is_same = found.score >= SAME, pair.verdict == "same"
        figures.right += said and is_same
        figures.wrong += said and not is_same
        figures.missed += is_same and not said
        if said != is_same:
            wrong.append((pair, found))
    return figures, wrong


def blocked(pairs: list[Pair]) -> float:
    """Return the share of the pairs that are the same which share a blocking key."""
    same = [pair for pair in pairs if pair.verdict == "same"]
    return sum(bool(keys(pair.a, pair.kind) & keys(pair.b, pair.kind)) for pair in same) / max(1, len(same))


def speed(pairs: list[Pair]) -> str:
    """Return the processor time of a comparison and of the expansion of a name, each name met for the first time."""
    start = time.process_time()
    for pair in pairs:
        match(pair.a, pair.b, pair.kind)
    matching = (time.process_time() - start) / len(pairs)
    register, names = standard(), sorted({pair.a for pair in pairs})[:200]
    register.expand_ranked("Acheson")
    start = time.process_time()
    for name in names:
        register.expand_ranked(name)
    expanding = (time.process_time() - start) / len(names)
    return f"a comparison {matching * 1e6:.0f} µs; all spellings of a name {expanding * 1e3:.2f} ms"


def report(show_errors: bool) -> None:
    pairs = read_pairs()
    print(f"{len(pairs)} pairs, {sum(pair.verdict == 'same' for pair in pairs)} of them the same; {speed(pairs)}")
    judges = {"rules alone": match, "with the register": standard().match}
    for half in ("dev", "test"):
        mine = [pair for pair in pairs if pair.half == half]
        for name, judge in judges.items():
            figures, wrong = score(mine, judge)
            print(f"{half:4}  {name:18}  precision {figures.precision:.3f}  recall {figures.recall:.3f}  n {len(mine)}")
            if show_errors and half == "dev":
                for pair, found in wrong:
                    print(f"      {pair.verdict:9} {pair.kind:6} {pair.a} | {pair.b} {found.score:.2f}", *found.reasons)
        print(f"{half:4}  pairs of one name that share a key: {blocked(mine):.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show the pairs of the dev half that came out wrong")
    report(parser.parse_args().errors)
