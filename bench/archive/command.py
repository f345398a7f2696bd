"""The command as a person runs it, and what a run of it takes: seconds, and the memory of all its processes."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

LOOK_SECONDS = 0.5


def mabillon(*words: str | Path) -> list[str]:
    """Return the command line of this checkout's `mabillon`."""
    return [sys.executable, "-m", "mabillon", *map(str, words)]


@dataclass
class Run:
    """What a command said at its end, how many seconds it and its processors took, and the most memory that it and its
    children had together (proportional set size, so that what they share is counted once)."""

    said: str
    seconds: float
    cpu: float
    megabytes: float


def run(command: list[str]) -> Run:
    """Run a command to its end. A source that could not be read is no failure here."""
    begun, before, most = time.perf_counter(), _children(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    while True:
        try:
            said, _ = process.communicate(timeout=LOOK_SECONDS)
            break
        except subprocess.TimeoutExpired:
            most = max(most, memory(process.pid))
    return Run(said.strip(), time.perf_counter() - begun, _children() - before, most)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(number: int) -> float:
    """Return the megabytes of a process and of all that it started; 0 where the system does not tell."""
    return sum(_own_memory(one) for one in _family(number))


def _family(number: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{number}/task").iterdir())
        children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []
    return [number, *(one for child in children for one in _family(child))]


def _own_memory(number: int) -> float:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
