"""An ingest killed at random points and run again, as a person would run it: the command, in a process of its own."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.archive.command import mabillon
from mabillon.archive import ARCHIVIST, Archive
from mabillon.record import encode

MOST_IN_A_ROW = 5
"""An ingest that was killed so often is let through, or a slow machine would never come to an end."""


@dataclass
class Kills:
    """What `count` kills cost: records lost and doubled, and archives that differ in a byte of what they export."""

    count: int = 0
    archives: int = 0
    lost: int = 0
    doubled: int = 0
    different: int = 0


def kill(folder: Path, scratch: Path, times: int, seed: int = 1950) -> Kills:
    """Ingest `folder`, kill that `times` times in all, and hold each archive against one that was never killed."""
    begun = time.perf_counter()
    whole = scratch / "never-killed"
    shutil.rmtree(whole, ignore_errors=True)
    subprocess.run(mabillon("ingest", "--archive", whole, folder), stdout=subprocess.DEVNULL, check=True)
    length, expected = time.perf_counter() - begun, _export(whole)
    rng, kills = random.Random(seed), Kills()
    while kills.count < times:
        place = scratch / "killed"
        shutil.rmtree(place, ignore_errors=True)
        for number in range(MOST_IN_A_ROW + 1):
            if _ended(folder, place, None if number == MOST_IN_A_ROW else rng.uniform(0.1, 1.2 * length)):
                break
            kills.count += 1
        _compare(kills, expected, _export(place))
    return kills


def _ended(folder: Path, place: Path, seconds: float | None) -> bool:
    """Run an ingest; kill it after `seconds`, or let it through if None. Tell whether it ended by itself."""
    run = subprocess.Popen(mabillon("ingest", "--archive", place, folder), stdout=subprocess.DEVNULL)
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
        return False
    if run.returncode:
        raise RuntimeError(f"an ingest of {folder} failed with {run.returncode}")
    return True


def _export(place: Path) -> list[tuple[str, bytes]]:
    with Archive.open(place) as archive:
        return [(record.id, encode(record)) for record in archive.records(ARCHIVIST)]


def _compare(kills: Kills, expected: list[tuple[str, bytes]], found: list[tuple[str, bytes]]) -> None:
    ids = [id for id, _ in found]
    kills.archives += 1
    kills.lost += len({id for id, _ in expected} - set(ids))
    kills.doubled += len(ids) - len(set(ids)) + len(set(ids) - {id for id, _ in expected})
    kills.different += found != expected
