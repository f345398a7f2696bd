"""`correspDesc`: one `correspAction` for each event of the transmission, and what the document answers or names."""

from __future__ import annotations

from collections.abc import Iterator

from mabillon.evidence import Agent, Word
from mabillon.publish.tei_pen import XML_ID, Element, Pen, element
from mabillon.record import Event, Record, Reference
from mabillon.vocabulary.tei_profile import Party, parties


def correspondence(record: Record, made: Element, pen: Pen) -> None:
    """Write into `correspDesc`. Senders stand in the first event of sending, recipients in the first of receipt; where
    the document tells of no such event the action has names only, and no `xml:id`."""
    waiting = {party.action: party for party in parties() if getattr(record, party.field)}
    has = {str(event.type.value) for event in record.events}
    for party in list(waiting.values()):
        if party.action not in has and party.field != "recipients":
            _action(made, pen, record, None, waiting.pop(party.action))
    for event in record.events:
        _action(made, pen, record, event, waiting.pop(str(event.type.value), None))
    for party in waiting.values():
        _action(made, pen, record, None, party)
    if record.references:
        context = element(made, "correspContext")
        for reference in record.references:
            _reference(context, reference, pen)


def _action(made: Element, pen: Pen, record: Record, event: Event | None, party: Party | None) -> None:
    kind = str(event.type.value) if event is not None else party.action if party is not None else ""
    action = element(made, "correspAction", type=kind)
    if event is not None:
        pen.evidence(action, event.type, action.get("type"))
    for agent in getattr(record, party.field) if party else ():
        _agent(action, agent, party.type if party else "", pen)
    if event is not None:
        _event(action, event, pen)


def _agent(action: Element, agent: Agent, type: str, pen: Pen) -> None:
    named = element(action, "persName", type=type, role=agent.capacity, key=agent.authority)
    if agent.role is None:
        action.remove(named)
        named = pen.value(action, "persName", agent, type=type, role=agent.capacity, key=agent.authority)
    else:
        element(named, "name", str(agent.value)).tail = ", "
        pen.evidence(named, agent, str(agent.value))
        pen.value(named, "roleName", agent.role)
    id = f"#{named.get(XML_ID)}"
    if agent.org is not None:
        pen.value(action, "orgName", agent.org, type=type, corresp=id)
    if agent.place is not None:
        pen.value(action, "placeName", agent.place, type=type, corresp=id)
    if agent.via is not None:
        element(action, "note", agent.via, type="via", corresp=id)


def _event(action: Element, event: Event, pen: Pen) -> None:
    if event.agent is not None:
        pen.value(action, "persName", event.agent, type="event")
    if event.org is not None:
        pen.value(action, "orgName", event.org, type="event")
    if event.place is not None:
        pen.value(action, "placeName", event.place, type="event")
    if event.time is not None:
        pen.value(action, "date", event.time, "date")
    if event.zone is not None:
        pen.value(action, "note", event.zone, type="zone")
    if not len(action):
        element(action, "note", event.type.text or str(event.type.value), type="event")


def _reference(context: Element, reference: Reference, pen: Pen) -> None:
    made = element(context, "ref", type=reference.direction, subtype=reference.status)
    parts = list(_parts(reference))
    if reference.kind is not None:
        element(made, "term", reference.kind, type="kind")
    for name, type, value, kind in parts:
        pen.value(made, name, value, kind, type=type)
    for child in list(made)[:-1]:
        child.tail = ", "
    if not len(made):
        element(made, "term", reference.direction, type="direction")


def _parts(reference: Reference) -> Iterator[tuple[str, str, Word, str]]:
    for name, type, value, kind in (
        ("idno", "number", reference.number, "text"), ("date", "date", reference.date, "date"),
        ("name", "from", reference.from_, "text"), ("name", "to", reference.to, "text"),
    ):  # fmt: skip
        if value is not None:
            yield name, type, value, kind
