"""The anatomy of a record as rows for a person: what it is called, the value, the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mabillon.evidence import Agent, Value
from mabillon.record import Copies, Copy, Event, Record, Reference

DOUBTFUL = 0.8
"""A value less sure than this is marked with its confidence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card. `label` is empty where the row goes on with the thing above; `evidence` holds the values
    whose words are to be quoted."""

    label: str
    value: str
    evidence: tuple[Value, ...] = ()


def anatomy(record: Record) -> Iterator[Row]:
    """Yield the rows of a record in the order in which an editor describes a document, enclosures left out."""
    yield from _one("Type", record.type)
    yield from _one("Date", record.date)
    yield from _labelled("Number", (Row("", _say(n, n.kind), (n,)) for n in record.numbers))
    yield from _labelled("From", map(_agent, record.senders))
    yield from _labelled("To", map(_agent, record.recipients))
    yield from _labelled("Signed", map(_agent, record.signatories))
    yield from _one("Precedence", record.precedence)
    yield from _one("Classified", record.classification)
    yield from _labelled("Handling", (Row("", _say(h), (h,)) for h in record.handling))
    yield from _one("Channel", record.channel)
    yield from _one("Language", record.language)
    yield from _one("Translated", record.translated_from, "from ")
    yield from _one("Witness", record.witness)
    yield from _labelled("Transmission", map(_event, record.events))
    yield from _labelled("Copies", _copies(record.copies))
    yield from _labelled("Marks", (Row("", m.kind, (m,)) for m in record.marks))
    yield from _labelled("Refers to", map(_reference, record.references))
    yield from _catalogue(record)


def _catalogue(record: Record) -> Iterator[Row]:
    catalogue = record.catalogue
    if catalogue is None:
        return
    yield from _one("Summary", catalogue.summary)
    yield from _one("Archive's date", catalogue.date)
    yield from _one("Citation", catalogue.citation)
    yield from _one("Collection", catalogue.collection)
    for label, words in (("People", catalogue.people), ("Places", catalogue.places), ("Topics", catalogue.topics)):
        if words:
            yield Row(label, "; ".join(word.value for word in words))
    yield from _one("Translator", catalogue.translator)
    yield from _one("Obtained by", catalogue.obtained_by)
    yield from _one("Made possible", catalogue.sponsor, "by ")
    yield from _one("Rights", catalogue.rights)
    yield from _one("Contact", catalogue.contact)


def _one(label: str, value: Value | None, before: str = "") -> Iterator[Row]:
    if value is not None:
        yield Row(label, before + _say(value), () if value.text.strip() == str(value.value) else (value,))


def _labelled(label: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, the first with its label."""
    for row in rows:
        yield Row(label, row.value, row.evidence)
        label = ""


def _say(value: Value, *more: str | None) -> str:
    """Return the value in words: itself, what is known besides, and how far it can be trusted where that is little."""
    said = [str(value.value), *(word for word in more if word)]
    if value.reason is not None:
        said.append(f"inferred from {value.reason}" if value.reason != "editor" else "as the editor has it")
    if value.alternatives:
        said.append("or " + " or ".join(map(str, value.alternatives)))
    if value.confidence < DOUBTFUL:
        said.append(f"{value.confidence:.0%} sure")
    return ", ".join(said)


def _agent(agent: Agent) -> Row:
    stated = [part.value for part in (agent.role, agent.org, agent.place) if part is not None]
    reached = (f"through {agent.via}" if agent.via else None, f"for {agent.capacity}" if agent.capacity else None)
    return Row("", _say(agent, *stated, *reached), _together(agent, agent.role, agent.org, agent.place))


def _event(event: Event) -> Row:
    said = [part.value for part in (event.place, event.org) if part is not None]
    if event.agent is not None:
        said.append(f"by {event.agent.value}")
    doubt = min(event.type.confidence, event.time.confidence if event.time is not None else 1.0)
    if doubt < DOUBTFUL:
        said.append(f"{doubt:.0%} sure")
    moment = " ".join(part for part in (event.type.value, _moment(event)) if part)
    return Row("", ", ".join([moment, *said]), _together(event.type, event.time, event.place, event.agent))


def _moment(event: Event) -> str:
    time = event.time.value.replace("T", " ") if event.time is not None else ""
    return f"{time} {event.zone.value}" if event.zone is not None else time


def _copies(copies: Copies | None) -> Iterator[Row]:
    if copies is None:
        return
    if copies.stated is not None:
        yield Row("", f"{copies.stated.value} printed", (copies.stated,))
    for copy in copies.entries:
        yield Row("", _copy(copy), _together(copy.number, copy.count, copy.recipient))


def _copy(copy: Copy) -> str:
    number = f"No. {copy.number.value}" if copy.number is not None else ""
    count = f"{copy.count.value} ×" if copy.count is not None else ""
    return " ".join(part for part in (count, number, copy.recipient.value if copy.recipient else "") if part)


def _reference(reference: Reference) -> Row:
    number = f"No. {reference.number.value}" if reference.number is not None else None
    date = f"of {reference.date.value}" if reference.date is not None else None
    start = f"from {reference.from_.value}" if reference.from_ is not None else None
    end = f"to {reference.to.value}" if reference.to is not None else None
    parts = [part for part in (reference.kind, number, date, start, end) if part]
    status = f" ({reference.status})" if reference.status else ""
    return Row("", f"{reference.direction} {' '.join(parts)}{status}", _together(*reference.evidence()))


def _together(*values: Value | None) -> tuple[Value, ...]:
    return tuple(value for value in values if value is not None)
