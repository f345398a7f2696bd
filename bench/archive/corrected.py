"""How soon a corrected record is found while another process takes documents in and indexes them."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.archive.command import mabillon
from mabillon.archive import ARCHIVIST, Archive
from mabillon.archive.finder import Finder

PAUSE = 0.4
LONGEST = 30.0
"""Seconds after which a correction is given up as not found."""


@dataclass
class Waits:
    """Seconds that each correction took to be written, and from then on to be found."""

    written: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)
    taken_in: int = 0


def correct_while_ingesting(first: Path, bulk: Path, place: Path, most: int = 60, seed: int = 7) -> Waits:
    """Make an archive of `first`, then correct its records for as long as `mabillon ingest` takes in `bulk`."""
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run(mabillon("ingest", "--archive", place, first), stdout=subprocess.DEVNULL, check=True)
    waits, rng = Waits(), random.Random(seed)
    with Archive.open(place, busy_seconds=LONGEST) as archive:
        ids, finder = list(archive.ids(ARCHIVIST)), Finder(archive)
        before = len(ids)
        ingesting = subprocess.Popen(mabillon("ingest", "--archive", place, bulk), stdout=subprocess.DEVNULL)
        while archive.count() == before and ingesting.poll() is None:
            time.sleep(0.05)
        while ingesting.poll() is None and len(waits.found) < most:
            _correct(archive, finder, rng.choice(ids), f"emended{len(waits.found)}", waits)
            time.sleep(PAUSE)
        waits.taken_in = archive.count() - before
        ingesting.kill()
        ingesting.wait()
        finder.close()
    return waits


def _correct(archive: Archive, finder: Finder, id: str, word: str, waits: Waits) -> None:
    begun = time.perf_counter()
    archive.correct(id, "title", word, "editor", "bench")
    written = time.perf_counter()
    while finder.search(word).total == 0 and time.perf_counter() - written < LONGEST:
        time.sleep(0.01)
    waits.written.append(written - begun)
    waits.found.append(time.perf_counter() - written)
