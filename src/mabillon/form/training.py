"""Labelled lines to train and judge the zoning: what `training/zones` holds, and variations of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mabillon.form.layouts import Row, compose, read_layouts
from mabillon.form.variations import vary
from mabillon.text import Line, Region, Text


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text: its family and name, and for each line that is not blank its zone and depth."""

    family: str
    name: str
    text: Text
    zones: tuple[str, ...]
    depths: tuple[int, ...]
    documents: tuple[int, ...]

    @property
    def lines(self) -> list[Line]:
        return [line for line in self.text.lines if line.text.strip()]

    @property
    def zone_of_line(self) -> dict[int, str]:
        return {line.index: zone for line, zone in zip(self.lines, self.zones, strict=True)}


def read_example(path: Path) -> Example:
    """Return the labelled text of one file of `training/zones`; regions stand in a `.regions` file beside it.

    Raises ValueError where a row has not its four fields.
    """
    rows = [row.split("\t", 3) for row in path.read_text(encoding="utf-8").removesuffix("\n").split("\n")]
    for number, row in enumerate(rows, 1):
        if len(row) != 4:
            raise ValueError(f"{path}:{number}: a row has four fields: document, depth, zone, text")
    text = "\n".join(row[3] for row in rows)
    labelled = [row for row in rows if row[3].strip()]
    return Example(
        path.parent.name, path.stem, Text(text, _regions(path.with_suffix(".regions"))),
        tuple(row[2] for row in labelled), tuple(int(row[1]) for row in labelled),
        tuple(int(row[0]) for row in labelled),
    )  # fmt: skip


def _regions(path: Path) -> tuple[Region, ...]:
    if not path.is_file():
        return ()
    rows = (row.split("\t") for row in path.read_text(encoding="utf-8").split("\n") if row)
    return tuple(Region(kind, int(start), int(end)) for kind, start, end in rows)


def read_examples(folder: Path) -> Iterator[Example]:
    """Yield the labelled texts below `folder`, in the order of their names."""
    for path in sorted(folder.glob("*/*.tsv")):
        yield read_example(path)


def example_of(family: str, name: str, rows: Sequence[Row]) -> Example:
    """Return labelled rows as an example."""
    zones = tuple(zone for zone, text in rows if text.strip())
    ones = (1,) * len(zones)
    return Example(family, name, Text("\n".join(text for _, text in rows)), zones, (0,) * len(zones), ones)


def composed(folder: Path, each: int, seed: int = 1) -> Iterator[Example]:
    """Yield `each` varied documents of every layout in `folder`; the same seed gives the same documents."""
    layouts, blocks, words = read_layouts(folder)
    for layout in layouts:
        random = Random(f"{seed} {layout.name}")
        for ordinal in range(each):
            rows = vary(compose(layout, blocks, words, random), random)
            yield example_of("composed", f"{layout.name} {ordinal}", rows)


def varied(example: Example, times: int, seed: int = 1) -> Iterator[Example]:
    """Yield `times` variations of a labelled text that has no regions of markup."""
    if example.text.regions:
        return
    zones = iter(example.zones)
    rows = [(next(zones) if line.text.strip() else "blank", line.text) for line in example.text.lines]
    random = Random(f"{seed} {example.name}")
    for ordinal in range(times):
        yield example_of(example.family, f"{example.name} {ordinal}", vary(rows, random))
