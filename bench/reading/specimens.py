"""The specimens and the seed, by family; findings; evidence; confidences; and families that the model has not seen."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from bench.reading.judging import ROOT, Confidences, Json, Tally, is_quoted, judge, read, scorer, values


@dataclass(slots=True)
class Specimens:
    """What reading a folder of specimens came to."""

    families: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    findings: Tally = field(default_factory=Tally)
    confidences: Confidences = field(default_factory=Confidences)
    documents: int = 0
    exact: int = 0
    quoted: int = 0
    evidence: int = 0

    @property
    def all(self) -> Tally:
        total = Tally()
        for tally in self.families.values():
            total.add(tally.right, tally.wrong, tally.missing)
        return total


def measure(folder: Path, shared: Path, model: Path | None = None) -> Specimens:
    """Read the specimens below `folder` and judge them against their gold files."""
    module, said = scorer(shared), Specimens()
    records: dict[str, Json] = {}
    for record in read([folder], model):
        records.setdefault(PurePath(record["source"]["filename"]).name, record)
        _check_evidence(record, said)
    for path, gold in golds(folder):
        record = records.get(path.name)
        right, wrong, missing = module.compare(gold, record)
        counts = sum(right.values()), sum(wrong.values()), sum(missing.values())
        said.families[path.parent.name].add(*counts)
        said.documents += 1
        said.exact += not counts[1] and not counts[2]
        for place, counter in enumerate((right, wrong, missing)):
            for (name, _), n in counter.items():
                amounts = [n if i == place else 0 for i in range(3)]
                said.fields[module.field_of(name)].add(*amounts)
                if name.rsplit(".", 1)[-1] == "finding":
                    said.findings.add(*amounts)
        if record is not None:
            judge(module, gold, record, said.confidences)
    return said


def golds(folder: Path) -> Iterator[tuple[Path, Json]]:
    """Yield each source that has a gold file, with it."""
    for path in sorted(folder.rglob("*.gold.json")):
        stem = path.name.removesuffix(".gold.json")
        for source in path.parent.iterdir():
            if source.stem == stem and not source.name.endswith(".json"):
                yield source, json.loads(path.read_text(encoding="utf-8"))


def _check_evidence(record: Json, said: Specimens) -> None:
    text = record["source"]["text"]
    for value in values(record):
        said.evidence += 1
        said.quoted += is_quoted(value, text)


def measure_unseen(folder: Path, shared: Path) -> dict[str, Tally]:
    """Return, for each family, how it is read with a zone model trained without it."""
    from mabillon.form.train import train

    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        for family in sorted({path.parent.name for path, _ in golds(folder)}):
            model = Path(scratch, family)
            train(ROOT / "training", model, without=family)
            found[family] = measure(folder / family, shared, model).all
    return found
