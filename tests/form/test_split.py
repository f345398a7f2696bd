"""Zones and enclosures of the labelled texts, and what holds of every split."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.document import Document
from mabillon.form import split
from mabillon.form.train import fit
from mabillon.form.training import Example, composed, read_examples
from mabillon.parts import ZONES, Part
from mabillon.text import Text, normalize

LABELLED = Path(__file__).resolve().parents[2] / "training" / "zones"
EXAMPLES = list(read_examples(LABELLED))


def document(text: Text, name: str = "a.txt") -> Document:
    return Document(name, "text/plain", "0" * 64, text)


def all_parts(parts: list[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from all_parts(part.enclosures)


def line_numbers(part: Part) -> set[int]:
    return {line.index for found in all_parts([part]) for line in found.lines}


def enclosures_labelled(example: Example) -> list[set[int]]:
    by_depth: dict[int, set[int]] = {}
    for line, depth in zip(example.lines, example.depths, strict=True):
        by_depth.setdefault(depth, set()).add(line.index)
    return [by_depth[depth] for depth in sorted(by_depth) if depth]


def named(example: Example) -> str:
    return f"{example.family}/{example.name}"


@pytest.mark.parametrize("example", [example for example in EXAMPLES if max(example.documents) == 1], ids=named)
def test_enclosures_are_found(example: Example) -> None:
    (part,) = split(document(example.text))
    assert [line_numbers(enclosure) for enclosure in part.enclosures] == enclosures_labelled(example)


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
class TestLabelledText:
    def test_labels_are_zones(self, example: Example) -> None:
        assert set(example.zones) <= set(ZONES)

    def test_lines_quote_their_text(self, example: Example) -> None:
        for part in all_parts(split(document(example.text))):
            for line in part.lines:
                assert part.document.text.value[line.start : line.end] == line.text
                assert 0 <= line.probability <= 1


def test_zones_follow_the_labels() -> None:
    right = total = 0
    for example in EXAMPLES:
        if max(example.documents) > 1:
            continue
        found = {line.start: line.zone for part in all_parts(split(document(example.text))) for line in part.lines}
        for line, zone in zip(example.lines, example.zones, strict=True):
            right += found.get(line.start) == zone
            total += 1
    assert right / total > 0.95


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_split_and_no_line_is_lost(raw: str) -> None:
    text = Text(normalize(raw))
    parts = list(all_parts(split(document(text))))
    covered = [line for part in parts for line in part.lines]
    assert {line.index for line in covered} == {line.index for line in text.lines if line.text.strip()}
    assert all(part.document.text.value[line.start : line.end] == line.text for part in parts for line in part.lines)


def test_a_very_long_text_is_weighed_at_its_ends() -> None:
    head = "SECRET\nFROM: Lusaka\nTO: Secretary of State\n\n"
    text = Text(head + "The committee heard the report of the commander and approved it.\n" * 30_000 + "Smith\n")
    (part,) = split(document(text))
    assert len(part.lines) == 30_004
    assert [line.zone for line in part.lines[:3]] == ["masthead", "addressing", "addressing"]
    assert {line.zone for line in part.lines[5_000:25_000]} == {"body"}


def test_training_on_the_same_texts_gives_the_same_model(tmp_path: Path) -> None:
    for name in ("one", "two"):
        fit([*EXAMPLES[:4], *list(composed(LABELLED.parent / "forms", 1))[:4]], tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
