"""What it costs to commit the index often, and how long a record waits to be found if it is committed seldom."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from bench.corpus import generate
from mabillon.search import Index

EVERY = (1, 10, 100, 1_000, 5_000)
MOST_COMMITS = 100
"""Enough commits to tell what one costs."""


def lines(folder: Path, count: int) -> list[str]:
    """Return a table: an index of `count` records, then as many of them again by so many in a commit."""
    records = [cable.record for cable in generate(count)]
    found = [
        f"Commits: records put in an index of {count:,} in place of themselves, so many in a commit (processor time).",
        "",
        "| records in a commit | milliseconds a record | milliseconds a commit |",
        "|---|---|---|",
    ]
    for every in EVERY:
        shutil.rmtree(folder, ignore_errors=True)
        with Index.open(folder, create=True) as index:
            index.add(records, new=True)
            index.commit()
            some = records[: every * MOST_COMMITS]
            begun = time.process_time()
            for start in range(0, len(some), every):
                index.add(some[start : start + every])
                index.commit(start)
            spent = (time.process_time() - begun) * 1000
        found.append(f"| {every:,} | {spent / len(some):.2f} | {spent / -(-len(some) // every):.1f} |")
    shutil.rmtree(folder, ignore_errors=True)
    return [*found, ""]
