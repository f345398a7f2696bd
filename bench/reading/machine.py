"""The three hundred machine transcriptions: that all are read, and what is caught of their numbers and times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from bench.reading.judging import Json, read, values

CITE = re.compile(r"\bCITE\s+(?:[A-Z][A-Z/]+\s+){0,2}(\d{3,6})\b")
GROUP = re.compile(r"\b([0-3]\d[0-2]\d[0-5]\d)\s?Z\b")


@dataclass(slots=True)
class Transcriptions:
    files: int = 0
    read: int = 0
    records: int = 0
    telegrams: int = 0
    cables: int = 0
    """Files in which a CITE number or a date-time group stands."""
    cables_found: int = 0
    """Of these, files that gave at least one telegram."""
    cites: int = 0
    cites_caught: int = 0
    groups: int = 0
    groups_caught: int = 0


def measure(shared: Path) -> Transcriptions:
    """Read the transcriptions and hold the records beside a plain count of the patterns in the text."""
    folder, said = shared / "data" / "jfk", Transcriptions()
    by_file: dict[str, list[Json]] = {}
    for record in read([folder]):
        by_file.setdefault(PurePath(record["source"]["filename"]).name, []).append(record)
    for path in sorted(folder.glob("*.md")):
        said.files += 1
        records = by_file.get(path.name, [])
        said.read += bool(records)
        said.records += len(records)
        telegrams = [r for r in records if r.get("type", {}).get("value") == "telegram"]
        said.telegrams += len(telegrams)
        _count(path.read_text(encoding="utf-8", errors="replace"), records, bool(telegrams), said)
    return said


def _count(text: str, records: list[Json], any_telegram: bool, said: Transcriptions) -> None:
    cites, groups = set(CITE.findall(text)), set(GROUP.findall(text))
    if cites or groups:
        said.cables += 1
        said.cables_found += any_telegram
    numbers = {digits for r in records for n in _numbers(r) for digits in re.findall(r"\d{3,6}", n)}
    words = " ".join(
        v["text"] for r in records for v in values([r.get("events", []), r.get("date"), r.get("references", [])])
    )
    said.cites += len(cites)
    said.cites_caught += len(cites & numbers)
    said.groups += len(groups)
    said.groups_caught += sum(group in words for group in groups)


def _numbers(record: Json) -> list[str]:
    stated = [n["value"] for n in record.get("numbers", [])]
    referred = [r["number"]["value"] for r in record.get("references", []) if r.get("number")]
    inside = [n for enclosure in record.get("enclosures", []) for n in _numbers(enclosure)]
    return stated + referred + inside
