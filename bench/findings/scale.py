"""python -m bench.findings.scale [--count N]: what findings across a large archive cost, from nothing and one by one.

The records are handed over as if they had been read, so that taking them in costs as little as it can.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.findings.wordings import account
from bench.threads.generate import Written, correspondence
from mabillon.archive import Archive, ingest, link_names
from mabillon.archive.across.following import follow_findings
from mabillon.document import fingerprint, record_id
from mabillon.evidence import Agent, Number, Word
from mabillon.record import Body, Record, Reference, SourceNote, decode, encode
from mabillon.store.findings import Wanted

IN_A_SOURCE = 500
TWICE = 40
"""One document in so many is held in a second version, told in other words and without one sentence."""


def read_lines(path: Path) -> Iterator[Record]:
    """Yield the records that a file has as lines of JSON, with its own fixity."""
    content = path.read_bytes()
    sha256 = fingerprint(content)
    for part, line in enumerate(content.splitlines(), 1):
        record = decode(line)
        assert record.source is not None
        note = msgspec.structs.replace(record.source, sha256=sha256, filename=path.name, part=str(part))
        yield msgspec.structs.replace(record, id=record_id(sha256, str(part)), source=note)


def written_out(folder: Path, count: int, seed: int) -> int:
    """Write the records of a correspondence over some twenty years into a folder; return how many they are."""
    folder.mkdir()
    lines = [encode(record) for one in correspondence(count, seed, 7000 / count) if one.held for record in _held(one)]
    for first in range(0, len(lines), IN_A_SOURCE):
        (folder / f"{first:07}.jsonl").write_bytes(b"\n".join(lines[first : first + IN_A_SOURCE]))
    return len(lines)


def _held(one: Written) -> Iterator[Record]:
    mix = random.Random(one.id)
    told = account(mix, 6)
    yield _record(one, one.text + "\n" + told.text)
    if one.id % TWICE == 0:
        yield _record(one, one.text + "\n" + told.without(2).text)


def _record(one: Written, text: str) -> Record:
    number, date = str(one.number), one.day.isoformat()
    return Record(
        source=SourceNote(filename="", media_type="text/plain", sha256="", text=text),
        type=_word(text, "telegram", "TELEGRAM"),
        date=_word(text, date, ""),
        numbers=[Number(value=number, text=number, spans=[_span(text, number)], confidence=0.99, kind="message")],
        senders=[_agent(text, one.sender)],
        recipients=[_agent(text, one.recipient)],
        language=_word(text, "en", ""),
        references=[_reference(text, wording, other) for wording, other in one.names if str(other.number) in wording],
        body=Body(spans=[(text.find("\n\n", 12), len(text))]),
    )


def _agent(text: str, station: str) -> Agent:
    name = "Secretary of State" if station == "Department" else f"American Embassy {station}"
    place = None if station == "Department" else _word(text, station, station)
    return Agent(value=name, text=name, spans=[_span(text, name)], confidence=0.95, place=place)


def _reference(text: str, wording: str, other: Written) -> Reference:
    start = text.index(wording) + wording.index(str(other.number))
    number = str(other.number)
    span = [(start, start + len(number))]
    return Reference(number=Word(value=number, text=number, spans=span, confidence=0.95), kind="telegram")


def _word(text: str, value: str, words: str) -> Word:
    return Word(value=value, text=words, spans=[_span(text, words)] if words else [], confidence=0.95)


def _span(text: str, words: str) -> tuple[int, int]:
    start = max(0, text.find(words))
    return start, start + len(words)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.findings.scale", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mabillon-findings-") as name, Archive.create(Path(name) / "a") as archive:
        folder = Path(name) / "in"
        written_out(folder, chosen.count, chosen.seed)
        for step, do in (
            ("taken in and linked", lambda: ingest([folder], archive, read_lines)),
            ("names linked", lambda: link_names(archive)),
            ("findings, from nothing", lambda: follow_findings(archive.store)),
        ):
            start = time.monotonic()
            do()
            print(f"{step}: {time.monotonic() - start:.1f} s", flush=True)
        print(f"{archive.count()} records, {archive.finding_facets()['kind']}")
        _one_by_one(archive, Path(name), chosen.seed)
        _pages(archive)


def _one_by_one(archive: Archive, place: Path, seed: int) -> None:
    last = [one for one in correspondence(2000, seed + 1, 0.4) if one.held and one.names][-1]
    for n in range(5):
        one = place / f"one{n}.jsonl"
        last.number += 1
        one.write_bytes(encode(_record(last, last.text)))
        ingest([one], archive, read_lines)
        link_names(archive)
        start = time.monotonic()
        follow_findings(archive.store)
        print(f"findings after one more document: {1000 * (time.monotonic() - start):.0f} ms")


def _pages(archive: Archive) -> None:
    id = next(archive.ids())
    for step, ask in (
        ("first page of all findings", lambda: archive.all_findings(limit=25)),
        ("facets", archive.finding_facets),
        ("findings of one record", lambda: archive.all_findings(wanted=Wanted(record=id))),
    ):
        start = time.monotonic()
        ask()
        print(f"{step}: {1000 * (time.monotonic() - start):.0f} ms")


if __name__ == "__main__":
    main()
