"""Reads what `reader.read_text` does, and besides who got copies, when it was received and given out, what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mabillon.evidence import Agent, Word
from mabillon.record import Copies, Copy, Event, Record, Reference
from tests.archive.reader import read_text

EVENTS = {"Sent": "sent", "Received": "received", "Given out": "distributed", "Read": "read"}


def read_delivered(path: Path) -> Iterator[Record]:
    for record in read_text(path):
        text = record.source.text or "" if record.source else ""
        record.signatories = [Agent(**_plain(found)) for found in re.finditer(r"Signed: (\w+)", text)]
        if place := re.search(r"To: \w+, (\w+)", text):
            record.recipients[0].place = _said(place, 1)
        timed = re.finditer(r"(Sent|Received|Given out|Read): (\d[\dT:-]+)(?: (\w+))?", text)
        record.events = [_event(found) for found in timed]
        copies = re.search(r"Copies: (.+)", text)
        if copies:
            names = re.finditer(r"\w+", copies[1])
            record.copies = Copies(entries=[Copy(recipient=_at(name, copies.start(1))) for name in names])
        record.references = [
            Reference(direction="replies-to", number=_said(found, 1), date=_said(found, 2))
            for found in re.finditer(r"your No (\d+) of (\d{4}-\d\d-\d\d)", text)
        ]
        yield record


def _event(found: re.Match[str]) -> Event:
    agent = _said(found, 3) if found[3] else None
    return Event(type=_said(found, 1, EVENTS[found[1]]), time=_said(found, 2), agent=agent)


def _plain(found: re.Match[str], group: int = 1) -> dict[str, object]:
    return {"value": found[group], "text": found[group], "spans": [found.span(group)], "confidence": 0.95}


def _said(found: re.Match[str], group: int, value: str = "") -> Word:
    return Word(**_plain(found, group) | ({"value": value} if value else {}))  # type: ignore[arg-type]


def _at(found: re.Match[str], start: int) -> Word:
    span = (start + found.start(), start + found.end())
    return Word(value=found[0], text=found[0], spans=[span], confidence=0.95)
