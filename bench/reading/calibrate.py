"""Count how often values of each field and raw confidence are right, and write the table that reading calibrates by.

`python -m bench.reading.calibrate`: each family of specimens is read with a zone model trained without it, so that the
rates are those of documents that nobody has trained on.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec

from bench.reading.judging import ROOT, Confidences, Json, judge, scorer
from bench.reading.specimens import golds
from mabillon.form import split
from mabillon.form.train import train
from mabillon.form.zoner import zoner
from mabillon.reading import read_uncalibrated
from mabillon.reading.calibration import ANY, TABLE
from mabillon.source import open_source

FIELDS = {
    "number": "numbers",
    "sender": "senders",
    "recipient": "recipients",
    "signatory": "signatories",
    "event": "events",
    "copy": "copies",
    "mark": "marks",
    "reference": "references",
}
"""Fields of the scorer, by their first word, and the fields of a record."""

WEIGHT = 25
"""A field's own rate counts as much as the rate over all fields once it stands on so many values."""

Rates = dict[str, dict[float, tuple[int, int]]]
"""Field → raw confidence → how many values were right, and how many there were."""


def main() -> None:
    shared = Path(os.environ.get("MABILLON_SHARED", ROOT.parent / "shared"))
    module = scorer(shared)
    counts: Rates = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    folder = shared / "specimens"
    with tempfile.TemporaryDirectory() as scratch:
        for family in sorted({path.parent.name for path, _ in golds(folder)}):
            model = Path(scratch, family)
            train(ROOT / "training", model, without=family)
            os.environ["MABILLON_ZONES"] = str(model)
            zoner.cache_clear()
            for path, gold in golds(folder / family):
                _count(module, path, gold, counts)
    table = _table(counts)
    target = ROOT / "src" / "mabillon" / "reading" / TABLE
    target.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    for field, rates in table.items():
        print(f"{field:16}", "  ".join(f"{raw}→{rate} ({counts[field][float(raw)][1]})" for raw, rate in rates.items()))


def _count(module: ModuleType, path: Path, gold: Json, counts: Rates) -> None:
    for record in _records(path):
        judged = Confidences()
        judge(module, gold, record, judged)
        for field, (confidence, right) in zip(judged.fields, judged.pairs, strict=True):
            name = module.field_of(field).removeprefix("enclosure.").split(".")[0]
            for key in (FIELDS.get(name, name), ANY):
                known = counts[key][round(confidence, 3)]
                counts[key][round(confidence, 3)] = (known[0] + right, known[1] + 1)
        break  # a gold file judges the first document of its source


def _records(path: Path) -> Iterator[Json]:
    for document in open_source(path):
        for part in split(document):
            yield msgspec.to_builtins(read_uncalibrated(part))


def _table(counts: Rates) -> dict[str, dict[str, float]]:
    overall = {raw: _smooth(right, total, raw, 5) for raw, (right, total) in counts[ANY].items()}
    table = {ANY: {str(raw): round(rate, 3) for raw, rate in sorted(overall.items())}}
    for field in sorted(counts):
        if field != ANY:
            rates = {raw: _smooth(*counts[field].get(raw, (0, 0)), overall[raw], WEIGHT) for raw in sorted(overall)}
            table[field] = {str(raw): round(rate, 3) for raw, rate in rates.items()}
    return table


def _smooth(right: int, total: int, prior: float, weight: float) -> float:
    return min(0.995, (right + weight * prior) / (total + weight))


if __name__ == "__main__":
    main()
