"""TEI letters, and a reader that does with them what a bare pipeline would: parse, and make a record of the header."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from mabillon.document import fingerprint, record_id
from mabillon.evidence import Agent, Word
from mabillon.record import Body, Record, SourceNote
from mabillon.text import normalize

TEI = "{http://www.tei-c.org/ns/1.0}"
LARGEST = 300_000
"""Bytes: what is larger is a volume or a list, not a letter."""


def find_letters(shared: Path) -> list[Path]:
    """Return the letters among the shared TEI editions, without those that are no XML."""
    found = sorted((shared / "data" / "tei").rglob("*.xml"))
    return [path for path in found if path.stat().st_size < LARGEST and "frus" not in path.parts and _parses(path)]


def _parses(path: Path) -> bool:
    try:
        etree.parse(path)
    except etree.XMLSyntaxError:
        return False
    return True


def multiply(letters: list[Path], folder: Path, times: int) -> list[Path]:
    """Write each letter `times` times below `folder`, each time with another comment behind it; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, letter in enumerate(letters):
        content = letter.read_bytes()
        for time in range(times):
            path = folder / f"{number:05}-{time:03}.xml"
            path.write_bytes(content + f"<!-- {time} -->".encode())
            found.append(path)
    return found


def parse_all(paths: list[Path]) -> None:
    """Parse each file with lxml, and do nothing else."""
    for path in paths:
        etree.parse(path)


def read_header(path: Path) -> Iterator[Record]:
    """Yield the record that a TEI header states outright, with the text as it stands."""
    content = path.read_bytes()
    root = etree.fromstring(content)
    sha256 = fingerprint(content)
    text = normalize(etree.tostring(root, method="text", encoding="unicode"))
    record = Record(
        id=record_id(sha256),
        source=SourceNote(filename=path.name, media_type="application/tei+xml", sha256=sha256, text=text),
        body=Body(spans=[(0, len(text))]),
        title=_word(root.find(f".//{TEI}titleStmt/{TEI}title")),
    )
    for action in root.iterfind(f".//{TEI}correspAction"):
        agent, place, date = (action.find(f"{TEI}{name}") for name in ("persName", "placeName", "date"))
        if action.get("type") == "sent" and date is not None and (when := date.get("when")):
            record.date = Word(value=when, text="", spans=[], confidence=1.0)
        if agent is not None and (name := " ".join("".join(agent.itertext()).split())):
            found = Agent(value=name, text="", spans=[], confidence=1.0, place=_word(place))
            (record.senders if action.get("type") == "sent" else record.recipients).append(found)
    yield record


def read_lightly(path: Path) -> Iterator[Record]:
    """Yield one record of a plain text: the text, and its first line for a title."""
    content = path.read_bytes()
    sha256, text = fingerprint(content), normalize(content.decode())
    note = SourceNote(filename=path.name, media_type="text/plain", sha256=sha256, text=text)
    first = text.split("\n", 1)[0]
    title = Word(value=first, text=first, spans=[(0, len(first))], confidence=1.0)
    yield Record(id=record_id(sha256), source=note, body=Body(spans=[(0, len(text))]), title=title)


def _word(element: etree._Element | None) -> Word | None:
    words = "" if element is None else " ".join("".join(element.itertext()).split())
    return Word(value=words, text="", spans=[], confidence=1.0) if words else None


def shared_folder() -> Path | None:
    """Return the folder of shared documents beside the checkout, None where there is none."""
    folder = Path(os.environ.get("MABILLON_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    return folder if folder.is_dir() else None
