"""python -m bench.threads [--count N] [--seed S] [--errors]: read generated correspondence, connect it, and score it.

A link is right if the words that it rests on name that document. A reference to a document that is not held counts
among neither those to be found nor, unless it is linked to something, those found.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from dataclasses import dataclass

from bench.threads.generate import Written, correspondence
from mabillon.connect import Graph, Resolution, Traits, threads, traits_of
from mabillon.pipeline import read_document
from mabillon.source import open_bytes


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    to_find: int = 0
    documents: int = 0
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.to_find)


def read(one: Written) -> Traits:
    document = next(iter(open_bytes(one.text.encode(), f"{one.id:06}.txt")))
    return traits_of(next(iter(read_document(document))))


def meant(found: Resolution, one: Written) -> Written | None:
    """Return what the words of a reference really name: those that say its number and its day as it does."""
    for wording, other in one.names:
        numbered = re.search(rf"(?:No\.|tel|elegram|[Mm]y|our) {other.number}\b", wording) is not None
        dated = f"{other.day:%B} {other.day.day}" in wording
        says_number = found.named.number == (str(other.number) if numbered else None)
        says_day = found.named.date == (other.day.isoformat() if dated else None)
        if says_number and says_day and (dated or found.named.wording.strip(" .") in wording):
            return other
    return None


def measure(count: int, seed: int, errors: bool = False) -> Score:
    written = [one for one in correspondence(count, seed) if one.held]
    traits = {one.id: read(one) for one in written}
    by_id = {its.held.id: number for number, its in traits.items()}
    score = Score(documents=len(written))
    start = time.process_time()
    graph = Graph(traits.values())
    exchanges = threads(graph)
    score.seconds = time.process_time() - start
    score.to_find = sum(other.held for one in written for _, other in one.names)
    for one in written:
        linked = set()
        for found in graph.resolutions(traits[one.id].held.id):
            true = meant(found, one)
            for link in found.links:
                right = true is not None and by_id[link.held.id] == true.id
                score.right += right
                score.wrong += not right
                linked.add(by_id[link.held.id])
                if errors and not right:
                    print("wrong ", one.day, one.sender, found.named.wording, "->", link)
        for wording, other in one.names:
            if errors and other.held and other.id not in linked:
                print("missed", one.id, one.day, one.sender, ">", one.recipient, "|", wording, "|", other.day)
    if errors:
        print(Counter(len(thread.held) for thread in exchanges))
    return score


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.threads", description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="show what came out wrong or was missed")
    chosen = parser.parse_args()
    score = measure(chosen.count, chosen.seed, chosen.errors)
    print(
        f"{score.documents} documents held, {score.to_find} references to them: precision {score.precision:.3f},"
        f" recall {score.recall:.3f}; connected in {score.seconds:.2f} s of processor time"
    )


if __name__ == "__main__":
    main()
