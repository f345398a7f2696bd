"""Measure reading and write docs/reading-results.md. Parts can be run alone: `python -m bench.reading --only frus`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.reading import frus, letters, machine, specimens, speed
from bench.reading.judging import ROOT, Tally
from bench.reading.page import Row, page, rows_text

STORE = ROOT / ".bench-reading.json"
"""What each part came to last time, so that parts can be measured one by one."""


def of_specimens(shared: Path, options: argparse.Namespace) -> list[Row]:
    said = specimens.measure(shared / "specimens", shared)
    rows = [Row("all specimens, micro F1", said.all.f1, 0.95)]
    rows += [Row(f"family {name}, F1", tally.f1, 0.92) for name, tally in sorted(said.families.items())]
    rows += [
        Row("findings, precision", said.findings.precision, 0.95),
        Row("findings, recall", said.findings.recall, 0.90),
        Row("evidence: values whose spans quote their text", said.quoted / max(1, said.evidence), 1.0),
        Row("confidence: expected calibration error", said.confidences.error(), 0.05, at_most=True),
        Row("specimens without a slip (for the record)", said.exact / max(1, said.documents)),
    ]
    for confidence, right, size in said.confidences.table():
        rows.append(Row(f"of {size} values with confidence about {confidence:.2f}, right", right))
    return rows


def of_seed(shared: Path, options: argparse.Namespace) -> list[Row]:
    said = specimens.measure(shared / "seed", shared)
    exact = not said.findings.wrong and not said.findings.missing
    return [Row("the seed document, F1", said.all.f1, 0.97), Row("its three findings and no other", float(exact), 1.0)]


def of_unseen(shared: Path, options: argparse.Namespace) -> list[Row]:
    found = specimens.measure_unseen(shared / "specimens", shared)
    return [Row(f"family {name}, model trained without it, F1", tally.f1, 0.85) for name, tally in found.items()]


def of_frus(shared: Path, options: argparse.Namespace) -> list[Row]:
    tallies, count = frus.measure(shared, options.limit, options.slips)
    bounds = dict(zip(frus.FIELDS, (0.97, 0.99, 0.95, 0.95, 0.97), strict=True))
    return [Row(f"FRUS as plain text ({count:,} documents), {n}, F1", t.f1, bounds.get(n)) for n, t in tallies.items()]


def of_letters(shared: Path, options: argparse.Namespace) -> list[Row]:
    editions, postal, count, slips = letters.measure(shared)
    _keep(options, slips)
    total = {name: Tally() for name in letters.FIELDS}
    for tallies in editions.values():
        for name, tally in tallies.items():
            total[name].add(tally.right, tally.wrong, tally.missing)
    rows = [Row(f"TEI letters ({count:,}), {name}, F1", tally.f1, 0.99) for name, tally in total.items()]
    for edition, tallies in editions.items():
        rows += [Row(f"of these {edition}, {n}, F1", t.f1) for n, t in tallies.items() if t.right + t.missing]
    return [*rows, Row("postal events of the Schnitzler letters, F1", postal.f1, 0.97)]


def of_despatches(shared: Path, options: argparse.Namespace) -> list[Row]:
    date, place, count, slips = letters.measure_despatches(shared)
    _keep(options, slips)
    return [
        Row(f"Suriano as plain text ({count}), date, F1", date.f1, 0.90),
        Row(f"Suriano as plain text ({count}), place, F1", place.f1, 0.90),
    ]


def of_machine(shared: Path, options: argparse.Namespace) -> list[Row]:
    said = machine.measure(shared)
    return [
        Row(f"machine transcriptions read, of {said.files}", said.read / said.files, 1.0),
        Row(f"files with CITE or group that gave a telegram, of {said.cables}", said.cables_found / said.cables),
        Row(f"CITE numbers caught, of {said.cites}", said.cites_caught / max(1, said.cites)),
        Row(f"date-time groups caught, of {said.groups}", said.groups_caught / max(1, said.groups)),
        Row("records in them, of these telegrams", said.telegrams / max(1, said.records)),
    ]


def of_speed(shared: Path, options: argparse.Namespace) -> list[Row]:
    said = speed.measure(shared)
    rows = [
        Row("CPU for one specimen in bulk, milliseconds", said.milliseconds, 3.0, at_most=True),
        Row("documents a second and core", 1000 / said.milliseconds),
        Row("`mabillon read` of one file, cold, seconds", said.start, 0.6, at_most=True),
        Row("memory at most for a TEI volume of 100 MB, MB", said.volume_megabytes, 300, at_most=True),
        Row(f"that volume ({said.volume_records:,} records), seconds", said.volume_seconds),
    ]
    return rows + [Row(f"share of time: {step}", share) for step, share in said.shares.items()]


PARTS: dict[str, Callable[[Path, argparse.Namespace], list[Row]]] = {
    "seed": of_seed,
    "specimens": of_specimens,
    "unseen": of_unseen,
    "frus": of_frus,
    "letters": of_letters,
    "despatches": of_despatches,
    "machine": of_machine,
    "speed": of_speed,
}


def _keep(options: argparse.Namespace, slips: list[str]) -> None:
    if options.slips is not None:
        options.slips.write_text("\n".join(slips) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part (may be given several times)")
    parser.add_argument("--limit", type=int, help="FRUS: documents a volume, evenly spread")
    parser.add_argument(
        "--slips", type=Path, help="write what was wrong or missing into this file (one part at a time)"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "reading-results.md")
    options = parser.parse_args()
    shared = Path(os.environ.get("MABILLON_SHARED", ROOT.parent / "shared"))
    if not (shared / "specimens").is_dir():
        print(
            f"The specimens are not here: {shared / 'specimens'}. MABILLON_SHARED names another folder.",
            file=sys.stderr,
        )
        return 1
    kept = json.loads(STORE.read_text()) if STORE.is_file() else {}
    for name in options.only or PARTS:
        rows = PARTS[name](shared, options)
        kept[name] = {"rows": [row.plain() for row in rows], "day": time.strftime("%Y-%m-%d")}
        print(rows_text(rows), flush=True)
        if not options.limit:
            STORE.write_text(json.dumps(kept, indent=1))
    if not options.limit:
        options.out.write_text(page({name: kept[name] for name in PARTS if name in kept}, _machine()), encoding="utf-8")
    return 0


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
