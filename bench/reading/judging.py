"""Right and wrong: the statements of a record against those of a gold file, and how honest the confidences are."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]
Statement = tuple[str, str]


@cache
def scorer(shared: Path) -> ModuleType:
    """Return the scorer of the specimens, `bench/score_reading.py` of the shared folder."""
    spec = importlib.util.spec_from_file_location("score_reading", shared / "bench" / "score_reading.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(paths: Iterable[Path], model: Path | None = None, workers: int = 2) -> Iterator[Json]:
    """Yield the records that `mabillon read --json` prints of `paths`, with another zone model if one is given."""
    import os

    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    if model is not None:
        environment["MABILLON_ZONES"] = str(model)
    command = [sys.executable, "-m", "mabillon", "read", "--json", "--workers", str(workers), *map(str, paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)


@dataclass(slots=True)
class Tally:
    """Statements right, wrong and missing."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def add(self, right: int, wrong: int, missing: int) -> None:
        self.right += right
        self.wrong += wrong
        self.missing += missing

    @property
    def precision(self) -> float:
        said = self.right + self.wrong
        return self.right / said if said else 1.0

    @property
    def recall(self) -> float:
        true = self.right + self.missing
        return self.right / true if true else 1.0

    @property
    def f1(self) -> float:
        both = 2 * self.right + self.wrong + self.missing
        return 2 * self.right / both if both else 1.0


@dataclass(slots=True)
class Confidences:
    """Pairs of a confidence and whether the value was right."""

    pairs: list[tuple[float, bool]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    """The field of each pair, as the scorer names it."""

    def add(self, name: str, confidence: float, right: bool) -> None:
        self.fields.append(name)
        self.pairs.append((confidence, right))

    def error(self, bins: int = 10) -> float:
        """Return the expected calibration error: the mean distance of confidence from frequency over equal bins."""
        return sum(len(b) * abs(_mean(c for c, _ in b) - _mean(r for _, r in b)) for b in self._bins(bins)) / (
            len(self.pairs) or 1
        )

    def table(self, bins: int = 10) -> list[tuple[float, float, int]]:
        """Return, for each bin that holds any, its mean confidence, the share that was right, and its size."""
        return [(_mean(c for c, _ in b), _mean(r for _, r in b), len(b)) for b in self._bins(bins)]

    def _bins(self, bins: int) -> list[list[tuple[float, bool]]]:
        found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for pair in self.pairs:
            found[min(bins - 1, int(pair[0] * bins))].append(pair)
        return [found[key] for key in sorted(found)]


def _mean(numbers: Iterable[float]) -> float:
    listed = list(numbers)
    return sum(listed) / len(listed) if listed else 0.0


def judge(module: ModuleType, gold: Json, record: Json, confidences: Confidences) -> None:
    """Add to `confidences` each value of `record` that `gold` judges."""
    right, wrong, _ = module.compare(gold, record)
    left = Counter(right)
    alternatives = _alternatives(module, gold)
    for statement, confidence in stated(module, record):
        if statement in alternatives:
            confidences.add(statement[0], confidence, True)
        elif left[statement] > 0:
            left[statement] -= 1
            confidences.add(statement[0], confidence, True)
        elif wrong[statement] > 0:
            confidences.add(statement[0], confidence, False)


def _alternatives(module: ModuleType, gold: Json) -> set[Statement]:
    found = set()
    for name, values in gold.get("any_of", {}).items():
        written = name.rsplit(".", 1)[-1] in module.AS_WRITTEN
        for value in values:
            found.update((name, said) for said in ([value] if written else [module.fold(value), module.name(value)]))
    return found


def stated(module: ModuleType, record: Json, prefix: str = "", depth: int = 0) -> Iterator[tuple[Statement, float]]:
    """Yield each statement of a record with the confidence of the value that makes it.

    One value at a time goes through the scorer's own `statements`, so that both mean the same.
    """
    for piece, values in _pieces(record):
        known = [value["confidence"] for value in values if isinstance(value, dict) and "confidence" in value]
        if known:
            for statement in module.statements(piece, prefix):
                yield statement, min(known)
    marks: Counter[str] = Counter()
    for mark in record.get("marks", []):
        marks[mark["kind"]] += 1
        yield (prefix + "mark", f"{mark['kind']} {marks[mark['kind']]}"), mark["confidence"]
    if depth < 3:
        for n, enclosure in enumerate(record.get("enclosures", []), 1):
            yield from stated(module, enclosure, f"{prefix}enclosure{n}.", depth + 1)


def _pieces(record: Json) -> Iterator[tuple[Json, Sequence[Any]]]:
    """Yield the record taken apart: a record with one value in it, and the values that it stands on."""
    words = ("type", "title", "date", "precedence", "classification", "channel", "language", "translated_from")
    for key in words:
        if key in record:
            yield {key: record[key]}, [record[key]]
    for key in ("handling", "numbers", "signatories"):
        for value in record.get(key, []):
            yield {key: [value]}, [value]
    for key in ("senders", "recipients"):
        for agent in record.get(key, []):
            yield {key: [{k: v for k, v in agent.items() if k != "place"}]}, [agent]
            yield {key: [{"place": agent.get("place")}]}, [agent.get("place")]
    for event in record.get("events", []):
        for key in ("time", "place", "agent", "zone"):
            yield {"events": [{"type": event["type"], key: event.get(key)}]}, [event.get(key)]
    copies = record.get("copies", {})
    yield {"copies": {"stated": copies.get("stated")}}, [copies.get("stated")]
    for copy in copies.get("list", []):
        yield {"copies": {"list": [copy]}}, list(copy.values())
    for reference in record.get("references", []):
        yield {"references": [reference]}, [reference.get("number"), reference.get("date")]
    for key, value in record.get("catalogue", {}).items():
        for one in value if isinstance(value, list) else [value]:
            yield {"catalogue": {key: [one] if isinstance(value, list) else one}}, [one]


def values(node: Any) -> Iterator[Json]:
    """Yield every value with evidence below `node`."""
    if isinstance(node, dict):
        if "spans" in node and "confidence" in node:
            yield node
        for child in node.values():
            yield from values(child)
    elif isinstance(node, list):
        for child in node:
            yield from values(child)


def is_quoted(value: Json, text: str) -> bool:
    """Say whether the spans of a value quote its wording: pieces stand together or are parted by an ellipsis."""
    pieces = [text[start:end] for start, end in value["spans"]]
    return value["text"] in ("".join(pieces), " … ".join(pieces))
