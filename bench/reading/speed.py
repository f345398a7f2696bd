"""What reading costs: documents a second and core, the share of each step, the cold start, the memory of a volume."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bench.reading.judging import ROOT

ROUNDS, STARTS, VOLUME_BYTES = 5, 7, 100_000_000


@dataclass(slots=True)
class Speed:
    documents: int
    milliseconds: float
    """CPU time for one document in bulk, on one core."""
    shares: dict[str, float]
    start: float
    """Seconds until `mabillon read` of one file has answered, median."""
    volume_seconds: float
    volume_megabytes: float
    volume_records: int


def measure(shared: Path) -> Speed:
    documents, spent = _steps(shared / "specimens")
    total = sum(spent.values())
    seconds, peak, records = _volume(shared)
    return Speed(
        documents=documents,
        milliseconds=1000 * total / documents,
        shares={step: cost / total for step, cost in spent.items()},
        start=_cold_start(shared),
        volume_seconds=seconds,
        volume_megabytes=peak,
        volume_records=records,
    )


def _steps(folder: Path) -> tuple[int, dict[str, float]]:
    """Read the specimens several times over in this process and return how many records, and CPU seconds by step."""
    from mabillon.checks import check
    from mabillon.form import split
    from mabillon.reading import read
    from mabillon.record import encode
    from mabillon.source import open_source, walk

    paths = [path for path in walk([folder]) if isinstance(path, Path)]
    spent: dict[str, float] = defaultdict(float)
    count, clock = 0, time.process_time
    for turn in range(ROUNDS + 1):
        if turn == 1:  # the first one warms up
            spent.clear()
            count = 0
        for path in paths:
            begun = clock()
            documents = list(open_source(path))
            spent["open"] += clock() - begun
            for document in documents:
                begun = clock()
                parts = list(split(document))
                cut = clock()
                records = [read(part) for part in parts]
                done = clock()
                for record in records:
                    record.findings = check(record)
                checked = clock()
                for record in records:
                    encode(record)
                spent["zones"] += cut - begun
                spent["values"] += done - cut
                spent["checks"] += checked - done
                spent["JSON"] += clock() - checked
                count += len(records)
    return count, dict(spent)


def _cold_start(shared: Path) -> float:
    path = next((shared / "specimens" / "seed").glob("*.txt"))
    taken = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        _run(["read", str(path)])
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _run(arguments: list[str], out: int = subprocess.DEVNULL) -> None:
    subprocess.run(
        [sys.executable, "-m", "mabillon", *arguments],
        stdout=out,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )


def _volume(shared: Path) -> tuple[float, float, int]:
    """Read a TEI volume of 100 MB and return the seconds, the megabytes of memory at most, and the records."""
    source = max((shared / "data" / "tei" / "frus").glob("*.xml"), key=lambda path: path.stat().st_size).read_bytes()
    head, rest = source.split(b"<body>", 1)
    body, tail = rest.rsplit(b"</body>", 1)
    with tempfile.TemporaryDirectory() as scratch:
        volume, out = Path(scratch, "volume.xml"), Path(scratch, "records.jsonl")
        with volume.open("wb") as file:
            file.write(head + b"<body>")
            for n in range(VOLUME_BYTES // len(body) + 1):
                file.write(body.replace(b'xml:id="', b'xml:id="v%d-' % n))
            file.write(b"</body>" + tail)
        begun = time.perf_counter()
        with out.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "mabillon", "read", "--json", "--no-text", str(volume)],
                stdout=file,
                env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        assert isinstance(usage, resource.struct_rusage)
        with out.open("rb") as file:
            records = sum(1 for _ in file)
        return time.perf_counter() - begun, usage.ru_maxrss / 1024, records
