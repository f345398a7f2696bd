#!/usr/bin/env python3
"""Measure the linking of names against tests/authority/pairs.tsv: precision, recall, speed.

bench/names.py             both halves, by the rules of writing alone and with the register
bench/names.py --errors    the pairs of the dev half that came out wrong (the test half is never shown: rules
                           and thresholds may be tuned on dev alone)
bench/names.py --volumes DIR
                           link the persons named in FRUS volumes (TEI) to the list of persons in each of them,
                           against the links that the editors made
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from bench.page import Section
from mabillon.authority.keys import keys
from mabillon.authority.matching import match
from mabillon.authority.records import Authority
from mabillon.authority.register import Register, standard
from mabillon.authority.score import SAME, Match

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
PAIRS = Path(__file__).resolve().parent.parent / "tests" / "authority" / "pairs.tsv"


@dataclass(frozen=True)
class Pair:
    half: str
    kind: str
    verdict: str
    a: str
    b: str
    group: str


@dataclass
class Figures:
    """Counts of pairs that were called the same and are or are not, and of those that were missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Pair(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def score(pairs: list[Pair], judge: Callable[[str, str, str], Match]) -> tuple[Figures, list[tuple[Pair, Match]]]:
    """Return the figures and the pairs that came out wrong."""
    figures, wrong = Figures(), []
    for pair in pairs:
        found = judge(pair.a, pair.b, pair.kind)
        said, is_same = found.score >= SAME, pair.verdict == "same"
        figures.right += said and is_same
        figures.wrong += said and not is_same
        figures.missed += is_same and not said
        if said != is_same:
            wrong.append((pair, found))
    return figures, wrong


def blocked(pairs: list[Pair]) -> float:
    """Return the share of the pairs that are the same which share a blocking key."""
    same = [pair for pair in pairs if pair.verdict == "same"]
    return sum(bool(keys(pair.a, pair.kind) & keys(pair.b, pair.kind)) for pair in same) / max(1, len(same))


def speed(pairs: list[Pair]) -> str:
    """Return the processor time of a comparison and of the expansion of a name, each name met for the first time."""
    start = time.process_time()
    for pair in pairs:
        match(pair.a, pair.b, pair.kind)
    matching = (time.process_time() - start) / len(pairs)
    register, names = standard(), sorted({pair.a for pair in pairs})[:200]
    register.expand_ranked("Acheson")
    start = time.process_time()
    for name in names:
        register.expand_ranked(name)
    expanding = (time.process_time() - start) / len(names)
    return f"a comparison {matching * 1e6:.0f} µs; all spellings of a name {expanding * 1e3:.2f} ms"


@dataclass
class Links:
    """Mentions of persons in one volume: linked rightly, wrongly, left open between several, not linked."""

    volume: str
    right: int = 0
    wrong: int = 0
    several: int = 0
    none: int = 0

    def __str__(self) -> str:
        total = max(1, self.right + self.wrong + self.several + self.none)
        precision = self.right / max(1, self.right + self.wrong)
        return (f"{self.volume:22} {total:5} mentions  precision {precision:.3f}  recall {self.right / total:.3f}"
                f"  open {self.several / total:.3f}")  # fmt: skip


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split()).rstrip(",")


def link_volume(path: Path) -> Links:
    """Link each `persName/@corresp` of a volume by its wording alone to the volume's own list of persons."""
    root = etree.parse(str(path), etree.XMLParser(recover=True, no_network=True)).getroot()
    names = list(root.iter("{http://www.tei-c.org/ns/1.0}persName"))
    listed = {key: _text(name) for name in names if (key := name.get(XML_ID))}
    register = Register([Authority(f"list:{key}", "person", heading) for key, heading in listed.items()])
    mentions = Counter((_text(name), name.get("corresp", "")[1:]) for name in names)
    links = Links(path.stem)
    for (wording, key), count in mentions.items():
        if key in listed:
            field = _outcome(register, wording, f"list:{key}")
            setattr(links, field, getattr(links, field) + count)
    return links


def _outcome(register: Register, wording: str, wanted: str) -> str:
    found = [(who, points) for who, points, _ in register.candidates(wording) if who.startswith("list:")]
    if not found or found[0][1] < SAME:
        return "none"
    best = [who for who, points in found if points >= found[0][1] - 0.02]
    if len(best) > 1:
        return "several"
    return "right" if best == [wanted] else "wrong"


def report(show_errors: bool) -> None:
    pairs = read_pairs()
    print(f"{len(pairs)} pairs, {sum(pair.verdict == 'same' for pair in pairs)} of them the same; {speed(pairs)}")
    judges = {"rules alone": match, "with the register": standard().match}
    for half in ("dev", "test"):
        mine = [pair for pair in pairs if pair.half == half]
        for name, judge in judges.items():
            figures, wrong = score(mine, judge)
            print(f"{half:4}  {name:18}  precision {figures.precision:.3f}  recall {figures.recall:.3f}  n {len(mine)}")
            if show_errors and half == "dev":
                for pair, found in wrong:
                    print(f"      {pair.verdict:9} {pair.kind:6} {pair.a} | {pair.b} {found.score:.2f}", *found.reasons)
        print(f"{half:4}  pairs of one name that share a key: {blocked(mine):.3f}")


def section() -> Section:
    """Return both halves, by the rules of writing alone and with the register, for docs/performance.md."""
    pairs = read_pairs()
    found = Section([
        "## Names",
        "",
        f"{len(pairs):,} labelled pairs of names (tests/authority/pairs.tsv); {speed(pairs)}.",
        "",
        "| half | judged by | precision | recall |",
        "|---|---|---|---|",
    ])  # fmt: skip
    for half in ("dev", "test"):
        mine = [pair for pair in pairs if pair.half == half]
        for name, judge in (("rules alone", match), ("the register as well", standard().match)):
            figures, _ = score(mine, judge)
            found.lines.append(f"| {half} | {name} | {figures.precision:.3f} | {figures.recall:.3f} |")
    found.goal("linking of names, unseen half: precision", figures.precision, "", 0.97, False, digits=3)
    found.goal("linking of names, unseen half: recall", figures.recall, "", 0.93, False, digits=3)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show the pairs of the dev half that came out wrong")
    parser.add_argument("--volumes", type=Path, metavar="DIR", help="link the persons of FRUS volumes in this folder")
    arguments = parser.parse_args()
    if arguments.volumes:
        for volume in sorted(arguments.volumes.glob("*.xml")):
            if b"corresp=" in volume.read_bytes():
                print(link_volume(volume))
    else:
        report(arguments.errors)
