"""The names in a record, as the register is asked for them: who sent, received, signed, got a copy, is mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mabillon.authority.identify import (
    DECIDED,
    LINKED,
    STATED,
    SUGGESTED,
    SURE,
    Identification,
    Identifier,
    Named,
)
from mabillon.authority.index import plain
from mabillon.connect.present import present
from mabillon.evidence import Agent, Value
from mabillon.record import Record
from mabillon.store.names import NameRow

LONGEST = 500
"""Letters of a name that are kept."""

_MOST_CONTEXT = 60
_KINDS = {"person": "person", "organization": "org", "org": "org", "place": "place"}
_SHARED = ("copy", "info")


@dataclass(frozen=True, slots=True)
class _Found:
    """A name with the relation in which it stands; `agent` where it is a correspondent."""

    relation: str
    kind: str
    name: str
    stated: str | None = None
    agent: Agent | None = None


def name_rows(record: Record, identifier: Identifier) -> list[NameRow]:
    """Return the rows of all names in `record`, each name once in a relation."""
    date = str(record.date.value) if record.date else None
    context = _context(record)
    rows = []
    for n, found in enumerate(_once(_names(record))):
        said = identifier.identify(_asked(found, date, context, record.id))
        row = NameRow(found.relation, n, said.kind if said else found.kind, found.name, plain(found.name))
        rows.append(row if said is None else _linked(row, said))
    return _supported(rows)


def _linked(row: NameRow, said: Identification) -> NameRow:
    return replace(
        row, authority=said.authority, state=said.state, certainty=round(said.certainty, 4), reasons=said.reasons
    )


def _supported(rows: list[NameRow]) -> list[NameRow]:
    """Link a name that was suggested only where the same record surely names the same one more fully."""
    sure = {row.authority: row.name for row in rows if row.state in (STATED, DECIDED, LINKED)}
    return [
        replace(row, state=LINKED, certainty=SURE, reasons=(f"{sure[row.authority]} in the same record", *row.reasons))
        if row.state == SUGGESTED and row.authority in sure
        else row
        for row in rows
    ]


def _asked(found: _Found, date: str | None, context: tuple[str, ...], id: str) -> Named:
    agent = found.agent
    role = agent.role.value if agent and agent.role else None
    place = agent.place.value if agent and agent.place else None
    return Named(found.name, found.kind, date, context, role, place, found.stated, id)


def _once(names: Iterable[_Found]) -> Iterator[_Found]:
    seen: set[tuple[str, str, str, str | None]] = set()
    for found in names:
        key = found.relation, found.kind, found.name, found.stated
        if found.name.strip() and key not in seen:
            seen.add(key)
            yield found


def _names(record: Record) -> Iterator[_Found]:
    yield from (_of_agent("sender", agent) for agent in record.senders)
    for agent in record.recipients:
        if agent.capacity != "exempt":
            yield _of_agent("copy" if agent.capacity in _SHARED else "recipient", agent)
    yield from (_of_agent("signatory", agent) for agent in record.signatories)
    for copy in record.copies.entries if record.copies else ():
        if copy.recipient:
            yield _Found("copy", "", _text(copy.recipient))
    for mention in record.mentions:
        if mention.kind in _KINDS:
            yield _Found("mention", _KINDS[mention.kind], _text(mention), mention.authority)
    yield from (_Found("mention", "person", _text(name)) for name in present(record))
    yield from (_Found("mention", "person", _text(event.agent)) for event in record.events if event.agent)
    if record.catalogue:
        yield from (_Found("mention", "person", _text(word)) for word in record.catalogue.people)
        yield from (_Found("mention", "place", _text(word)) for word in record.catalogue.places)
    yield from (_Found("place", "place", _text(place)) for place in _places(record))
    for enclosure in record.enclosures:
        yield from _enclosed(enclosure)


def _enclosed(record: Record) -> Iterator[_Found]:
    """Yield who sent, got and signed an enclosure: in the relation of its own, for they did so with no cover."""
    for agent in (*record.senders, *record.recipients, *record.signatories):
        yield _of_agent("enclosed", agent)
    for enclosure in record.enclosures:
        yield from _enclosed(enclosure)


def _of_agent(relation: str, agent: Agent) -> _Found:
    return _Found(relation, "", _text(agent), agent.authority, agent)


def _places(record: Record) -> Iterator[Value]:
    agents = (*record.senders, *record.recipients, *record.signatories)
    yield from (agent.place for agent in agents if agent.place)
    yield from (event.place for event in record.events if event.place)


def _text(value: Value) -> str:
    return str(value.value)[:LONGEST]


def _context(record: Record) -> tuple[str, ...]:
    """Return the words that stand around the names of a record: stations, bodies, correspondents, what it mentions."""
    found: dict[str, None] = {}
    for agent in (*record.senders, *record.recipients, *record.signatories):
        for value in (agent, agent.place, agent.org, agent.role):
            if value:
                found[str(value.value)] = None
    found.update((str(place.value), None) for place in _places(record))
    found.update((mention.value, None) for mention in record.mentions)
    title = str(record.title.value) if record.title else ""
    return (title, *tuple(found)[:_MOST_CONTEXT])
