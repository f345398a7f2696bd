"""A reader that is small and real: plain text, one document for each form feed, dates and numbers by their shape."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from mabillon.document import fingerprint, record_id
from mabillon.errors import SourceError
from mabillon.evidence import Agent, Citation, Mention, Number, Word
from mabillon.record import Body, Catalogue, Record, SourceNote
from mabillon.text import normalize


def write_cables(folder: Path, words: Callable[[int], str]) -> Path:
    """Make a folder of seven short cables, one file each, `words(number)` in each; return it."""
    folder.mkdir()
    for n in range(1, 8):
        (folder / f"{n}.txt").write_text(
            f"No. {n}\n1950-09-{n:02}\nFrom: Shtykov, Pyongyang\nTo: Stalin\n{words(n)}\n"
            f"Source: APRF, fond 45, opis 1, delo 33{n % 2}, list {20 - n}\n"
        )
    return folder


def read_text(path: Path) -> Iterator[Record]:
    """Yield a record for each document of `path`; documents are parted by a form feed."""
    content = path.read_bytes()
    if b"\x00" in content:
        raise SourceError(str(path), "it is not text")
    sha256 = fingerprint(content)
    pieces = content.decode("utf-8", "replace").split("\f")
    for n, piece in enumerate(pieces, 1):
        text = normalize(piece)
        if text.strip():
            yield _record(path.name, sha256, text, str(n) if len(pieces) > 1 else None)


def _word(found: re.Match[str], group: int = 1) -> Word:
    return Word(value=found[group], text=found[group], spans=[found.span(group)], confidence=0.9)


def _record(filename: str, sha256: str, text: str, part: str | None) -> Record:
    note = SourceNote(filename=filename, media_type="text/plain", sha256=sha256, text=text, part=part)
    record = Record(id=record_id(sha256, part), source=note, body=Body(spans=[(0, len(text))]))
    if found := re.search(r"\b(\d{4}-\d\d-\d\d)\b", text):
        record.date = _word(found)
    if found := re.search(r"No\. (\d+)", text):
        word = _word(found)
        record.numbers = [Number(value=word.value, text=word.text, spans=word.spans, confidence=0.9, kind="message")]
    if found := re.search(r"From: (\w+)(?:, (\w+))?", text):
        word = _word(found)
        place = _word(found, 2) if found[2] else None
        record.senders = [Agent(value=word.value, text=word.text, spans=word.spans, confidence=0.9, place=place)]
    if found := re.search(r"To: (\w+)", text):
        word = _word(found)
        record.recipients = [Agent(value=word.value, text=word.text, spans=word.spans, confidence=0.9)]
    if found := re.search(r"Source: (.+)", text):
        word = _word(found)
        citation = Citation(value=word.value, text=word.text, spans=word.spans, confidence=0.9)
        record.catalogue = Catalogue(citation=citation)
    record.mentions = [
        Mention(value=m[0], text=m[0], spans=[m.span()], confidence=0.8, kind="person")
        for m in re.finditer(r"\b[A-Z]{3,}\b", text)
    ]
    return record


def read_or_die(path: Path) -> Iterator[Record]:
    """A reader that some sources kill, as a fault in a C library would."""
    if "deadly" in path.name:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "strange" in path.name:
        raise LookupError("what is this?")
    yield from read_text(path)


def read_better(path: Path) -> Iterator[Record]:
    """Reads a year that `read_text` reads otherwise, and one more sender."""
    for record in read_text(path):
        if record.date:
            record.date.value = record.date.value.replace("1950", "1951")
        first = Agent(value="Roshchin", text="", spans=[], confidence=0.5)
        record.senders = [first, *record.senders]
        yield record
