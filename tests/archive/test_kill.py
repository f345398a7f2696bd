"""An ingest may be killed at any moment and run again: nothing is lost, nothing is doubled, nothing is different."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from mabillon.archive import ARCHIVIST, Archive, ingest
from mabillon.record import encode
from tests.archive.reader import read_text

WORKERS = (1, 1, 1, 2)
KILLS = int(os.environ.get("MABILLON_KILLS", "10"))
MOST_IN_A_ROW = 5


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources of all sorts: single cables, volumes, second copies under other names, and some that cannot be read."""
    folder = tmp_path_factory.mktemp("pile")
    cables = [
        f"No. {n}\n19{50 + n % 9}-09-{n % 28 + 1:02}\nFrom: Shtykov, Pyongyang\nTo: Stalin\nWORD{n} and more.\n" * 3
        + f"Source: APRF, fond {n % 5}, opis 1, delo {n % 7}, list {n}\n"
        for n in range(700)
    ]
    for n in range(400):
        (folder / f"{n:04}.txt").write_text(cables[n])
    for n in range(10):
        (folder / f"{n:04}-copy.txt").write_text(cables[n])
        (folder / f"{n:04}-broken.bin").write_bytes(b"\x00" + cables[n].encode())
        (folder / f"{n:04}-volume.txt").write_text("\f".join(cables[400 + n * 30 : 430 + n * 30]))
    return folder


def _export(place: Path) -> bytes:
    with Archive.open(place) as archive:
        links = [str(archive.neighbours(id, ARCHIVIST).links).encode() for id in list(archive.ids(ARCHIVIST))[::7]]
        return b"\n".join([*links, *(encode(record) for record in archive.records(ARCHIVIST))])


def _begin(folder: Path, place: Path, workers: int) -> int:
    """Start an ingest in a process of its own, as a fork of this one, and return its number."""
    child = os.fork()
    if child:
        return child
    try:
        with Archive.open(place, create=True) as archive:
            ingest([folder], archive, read_text, workers=workers)
        os._exit(0)
    except BaseException:
        os._exit(1)


def _wait(child: int, seconds: float) -> bool:
    """Wait until the process ends, or kill it after `seconds`. Tell whether it ended by itself."""
    until = time.monotonic() + seconds
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() >= until:
            os.kill(child, signal.SIGKILL)
            until += 3600
        time.sleep(0.002)
    assert ended[1] in (0, signal.SIGKILL)
    return ended[1] == 0


def test_killed_and_run_again_it_is_as_if_never_killed(pile: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    assert _wait(_begin(pile, tmp_path / "whole", 1), 3600)
    length, expected = time.monotonic() - started, _export(tmp_path / "whole")
    rng, kills, archives = random.Random(19500930), 0, 0
    while kills < KILLS:
        place = tmp_path / f"killed-{archives}"
        archives += 1
        workers = WORKERS[archives % 4]
        for _ in range(MOST_IN_A_ROW):
            if _wait(_begin(pile, place, workers), rng.uniform(0, 1.5 * length)):
                break
            kills += 1
        else:
            # killed each time before it could end: on a machine that has slowed down it would be so for ever
            assert _wait(_begin(pile, place, workers), 3600)
        assert _export(place) == expected
        with Archive.open(place) as archive:
            again = ingest([pile], archive, read_text)
            assert (again.records, again.duplicates, again.sources) == (0, 0, 0)
            assert (again.unchanged, again.still_quarantined) == (420, 10)
            assert len(archive.quarantine()) == 10
            assert all(len(archive.revisions(record.id)) == 1 for record in archive.records(limit=50))
