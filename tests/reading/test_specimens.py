"""Every specimen is read and judged against its gold file: by family, by field, by finding, and by its evidence."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from bench.specimens import SAMPLES, documents, golds, source_of
from mabillon.pipeline import read_path
from mabillon.record import Record, encode, values_of

FAMILIES = sorted({gold.parent.name for gold in golds()})
FLOOR = 0.95
"""F1 that no family may fall below; docs/reading.md has what is reached."""


@pytest.fixture(scope="session")
def scorer(shared: Path) -> ModuleType:
    path = shared / "bench" / "score_reading.py"
    spec = importlib.util.spec_from_file_location("score_reading", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sources(family: str) -> list[tuple[Path, Path]]:
    """Return source and gold file of each specimen of a family."""
    return [(source_of(gold), gold) for gold in golds(family)]


@cache
def records(path: Path) -> tuple[Record, ...]:
    return tuple(read_path(path))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_read_as_its_gold_files_say(family: str, scorer: ModuleType) -> None:
    counts, slips = [0, 0, 0], []
    for source, gold in sources(family):
        said = json.loads(encode(records(source)[0]))
        compared = scorer.compare(json.loads(gold.read_text(encoding="utf-8")), said)
        counts = [total + sum(each.values()) for total, each in zip(counts, compared, strict=True)]
        slips += [
            f"{source.name}: {label} {slip}"
            for label, each in zip(("", "+", "-"), compared, strict=True)
            if label
            for slip in each
        ]
    assert scorer.f1(*counts)[2] >= FLOOR, "\n".join(slips)


def test_findings_are_those_of_the_gold_files_and_no_other() -> None:
    right, wrong, missing = Counter[str](), [], []
    for family in FAMILIES:
        for source, gold in sources(family):
            expected = Counter(json.loads(gold.read_text(encoding="utf-8")).get("findings", []))
            said = Counter(finding.id for finding in records(source)[0].findings)
            right.update(expected & said)
            wrong += [f"{source.name}: {each}" for each in said - expected]
            missing += [f"{source.name}: {each}" for each in expected - said]
    found = right.total()
    assert found / (found + len(wrong)) >= 0.95, wrong
    assert found / (found + len(missing)) >= 0.90, missing


@pytest.mark.parametrize("family", FAMILIES)
def test_every_value_quotes_the_words_that_say_so(family: str) -> None:
    for source in documents():
        if source.parent.name != family or source.name == "INDEX.md":
            continue
        for record in records(source):
            assert record.source and record.source.text is not None
            for value in values_of(record):
                quoted = " … ".join(record.source.text[start:end] for start, end in value.spans)
                assert value.text == quoted, (source.name, value)
                assert value.spans or value.reason, (source.name, value)
                assert 0 < value.confidence <= 1


def test_the_bundles_give_a_record_for_each_document() -> None:
    found = {path.stem: len(records(path)) for path in documents() if path.name.startswith("bundle-")}
    assert found == {
        "bundle-1960-aircraft-exchange": 3,
        "bundle-cyprus-1974-four-cables": 4,
        "bundle-rabat-1973-three-telegrams": 3,
    }
    volume = records(SAMPLES / "frus" / "tei-volume-korea-four-documents.xml")
    assert [record.source.part for record in volume if record.source] == ["d1", "d2", "d3", "d4"]


def test_the_same_bytes_give_the_same_identifiers(tmp_path: Path) -> None:
    source, _ = sources("soviet")[0]
    copy = tmp_path / ("renamed" + source.suffix)
    copy.write_bytes(source.read_bytes())
    assert [record.id for record in read_path(copy)] == [record.id for record in records(source)]


def test_a_field_that_is_often_stated_is_never_lost(scorer: ModuleType) -> None:
    """No field with ten statements and more in the gold files may fall below an F1 of 0.85."""
    fields: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for family in FAMILIES:
        for source, gold in sources(family):
            compared = scorer.compare(
                json.loads(gold.read_text(encoding="utf-8")), json.loads(encode(records(source)[0]))
            )
            for position, each in enumerate(compared):
                for (field, _), count in each.items():
                    fields[scorer.field_of(field)][position] += count
    low = {
        name: scorer.f1(*counts)[2]
        for name, counts in fields.items()
        if counts[0] + counts[2] >= 10 and scorer.f1(*counts)[2] < 0.85
    }
    assert not low
