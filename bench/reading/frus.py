"""Documents of *Foreign Relations of the United States* as plain text, against what their editors encoded."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path, PurePath

from bench.reading.judging import Tally, read, scorer
from bench.reading.specimens import golds

FIELDS = ("type", "date", "sender", "recipient", "sender.place")


def measure(shared: Path, limit: int | None = None, worst: Path | None = None) -> tuple[dict[str, Tally], int]:
    """Return how each field is read, and over how many documents. `limit` is the number of documents a volume; what
    was wrong or missing goes, a line each, into the file `worst`."""
    module, tallies, count = scorer(shared), {name: Tally() for name in FIELDS}, 0
    slips: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        make_texts(shared, Path(scratch), limit)
        truths = {path.name: gold for path, gold in golds(Path(scratch))}
        for record in read([Path(scratch)]):
            name = PurePath(record["source"]["filename"]).name
            gold = truths.pop(name, None)
            if gold is None:
                continue
            count += 1
            right, wrong, missing = module.compare(gold, record)
            _add(tallies, right, wrong, missing)
            slips += [f"{name}\twrong\t{f}\t{v}" for f, v in wrong] + [f"{name}\tmissing\t{f}\t{v}" for f, v in missing]
        for name, gold in truths.items():
            count += 1
            _add(tallies, *module.compare(gold, None))
            slips.append(f"{name}\tunread\t\t")
    if worst is not None:
        worst.write_text("\n".join(sorted(slips)) + "\n", encoding="utf-8")
    return tallies, count


def make_texts(shared: Path, folder: Path, limit: int | None) -> None:
    """Write the documents of all volumes and their gold files below `folder`."""
    volumes = sorted((shared / "data" / "tei" / "frus").glob("*.xml"))
    command = [sys.executable, str(shared / "bench" / "frus_text.py"), str(folder), *map(str, volumes)]
    subprocess.run(
        [*command, *(["--limit", str(limit)] if limit else [])],
        check=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def _add(tallies: dict[str, Tally], *counters: Counter[tuple[str, str]]) -> None:
    for place, counter in enumerate(counters):
        for (name, _), n in counter.items():
            if name in tallies:
                tallies[name].add(*(n if i == place else 0 for i in range(3)))
