"""What of a record is queried, as rows. Plain tuples in the order of the table's columns, cheap to send and to insert.

A row of a derived table has no `record_key` yet: the store puts it in front when it knows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from mabillon.citation import CitedLevel, cited_levels
from mabillon.evidence import Agent, Value
from mabillon.record import Record
from mabillon.store.days import UNDATED, days_of
from mabillon.store.fingerprint import fingerprint, said

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """The columns of `records` that are read off the record."""

    type: str | None
    title: str | None
    date: str | None
    first_day: int | None
    last_day: int | None
    sort_day: int
    number: str | None
    sender: str | None
    recipient: str | None
    station: str | None
    language: str | None
    findings: int

    def row(self) -> Row:
        return (
            self.type, self.title, self.date, self.first_day, self.last_day, self.sort_day, self.number,
            self.sender, self.recipient, self.station, self.language, self.findings,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """All that the tables say of one record. `derived` maps the name of a derived table to its rows; `levels` says in
    which file the record lies, `position` sorts it there."""

    described: Described
    derived: dict[str, list[Row]] = field(default_factory=dict)
    levels: tuple[CitedLevel, ...] = ()
    position: str = ""


def rows_of(record: Record) -> Rows:
    """Return the rows of `record`, enclosures named but not described."""
    derived = {
        "agents": _agents(record),
        "numbers": [(n, number.kind, number.value) for n, number in enumerate(record.numbers)],
        "events": _events(record),
        "copies": _copies(record),
        "references": _references(record),
        "findings": _findings(record),
        "enclosures": _enclosures(record),
    }
    levels, position = _place(_word(record.catalogue.citation) if record.catalogue else None)
    return Rows(_described(record), {name: rows for name, rows in derived.items() if rows}, levels, position)


@lru_cache(4096)
def _place(citation: str | None) -> tuple[tuple[CitedLevel, ...], str]:
    """Return the levels above the record, and a key that sorts leaf 9 before leaf 10."""
    levels = cited_levels(citation) if citation else ()
    leaf = next((level.code for level in levels if level.kind == "item"), "")
    position = re.sub(r"\d+", lambda digits: digits[0].lstrip("0").zfill(8), leaf)
    return tuple(level for level in levels if level.kind != "item"), position


def _described(record: Record) -> Described:
    date = _word(record.date)
    first, last = days_of(date)
    sender = record.senders[0] if record.senders else None
    recipient = record.recipients[0] if record.recipients else None
    message = next((number.value for number in record.numbers if number.kind == "message"), None)
    return Described(
        type=_word(record.type),
        title=_word(record.title),
        date=date,
        first_day=first,
        last_day=last,
        sort_day=UNDATED if first is None else first,
        number=message or (record.numbers[0].value if record.numbers else None),
        sender=_word(sender),
        recipient=_word(recipient),
        station=_word(sender.place) if sender else None,
        language=_word(record.language),
        findings=len(record.findings),
    )


def _word(value: Value | None) -> str | None:
    return None if value is None or value.value is None else str(value.value)


def _agents(record: Record) -> list[Row]:
    relations = (("sender", record.senders), ("recipient", record.recipients), ("signatory", record.signatories))
    return [_agent(relation, n, agent) for relation, agents in relations for n, agent in enumerate(agents)]


def _agent(relation: str, ordinal: int, agent: Agent) -> Row:
    return (
        relation, ordinal, str(agent.value), _word(agent.role), _word(agent.place), _word(agent.org),
        agent.capacity, agent.authority,
    )  # fmt: skip


def _events(record: Record) -> list[Row]:
    return [
        (n, str(event.type.value), *map(_word, (event.time, event.zone, event.place, event.agent, event.org)))
        for n, event in enumerate(record.events)
    ]


def _copies(record: Record) -> list[Row]:
    if record.copies is None:
        return []
    return [
        (n, _count(copy.number), _count(copy.count), _word(copy.recipient))
        for n, copy in enumerate(record.copies.entries)
    ]


def _count(value: Value | None) -> Any:
    return None if value is None else value.value


def _references(record: Record) -> list[Row]:
    return [
        (
            n, found.direction, found.kind, _word(found.number), _word(found.date), _word(found.from_),
            _word(found.to), found.status,
        )
        for n, found in enumerate(record.references)
    ]  # fmt: skip


def _findings(record: Record) -> list[Row]:
    return [
        (n, found.id, found.severity, found.message, fingerprint(found.id, record.id, *said(found.evidence)))
        for n, found in enumerate(record.findings)
    ]


def _enclosures(record: Record, position: str = "") -> list[Row]:
    found: list[Row] = []
    for n, enclosure in enumerate(record.enclosures):
        place = f"{position}/{n}" if position else str(n)
        if enclosure.id:
            found.append((enclosure.id, place))
        found.extend(_enclosures(enclosure, place))
    return found
