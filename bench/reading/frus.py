"""Documents of *Foreign Relations of the United States* as plain text, against what their editors encoded."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePath

from bench.reading.judging import Json, Tally, read, scorer
from bench.reading.specimens import golds

FIELDS = ("type", "date", "sender", "recipient", "sender.place")


CIRCULAR = "recipient, circular telegrams apart"
"""A circular goes by its heading to `certain diplomatic missions`, and the edition marks only that. The posts that its
source note names are read as recipients too, as the gold files of the specimens have them; here they count as wrong."""


def measure(shared: Path, limit: int | None = None, worst: Path | None = None) -> tuple[dict[str, Tally], int]:
    """Return how each field is read, and CIRCULAR, and over how many documents. `limit` is the number of documents a
    volume; what was wrong or missing goes, a line each, into the file `worst`."""
    module, tallies, count = scorer(shared), {name: Tally() for name in (*FIELDS, CIRCULAR)}, 0
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
            if not _is_circular(gold):
                _add(
                    tallies,
                    *(
                        {(CIRCULAR, v): n for (f, v), n in c.items() if f == "recipient"}
                        for c in (right, wrong, missing)
                    ),
                )
            slips += [f"{name}\twrong\t{f}\t{v}" for f, v in wrong] + [f"{name}\tmissing\t{f}\t{v}" for f, v in missing]
        for name, gold in truths.items():
            count += 1
            _add(tallies, *module.compare(gold, None))
            slips.append(f"{name}\tunread\t\t")
    if worst is not None:
        worst.write_text("\n".join(sorted(slips)) + "\n", encoding="utf-8")
    return tallies, count


def _is_circular(gold: Json) -> bool:
    return any(str(agent["value"]).startswith(("Certain ", "All ")) for agent in gold.get("recipients", []))


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


def _add(tallies: dict[str, Tally], *counters: Mapping[tuple[str, str], int]) -> None:
    for place, counter in enumerate(counters):
        for (name, _), n in counter.items():
            if name in tallies:
                tallies[name].add(*(n if i == place else 0 for i in range(3)))
