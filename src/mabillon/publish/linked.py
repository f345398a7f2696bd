"""Records as linked data: Records in Contexts (RiC-O 1.1) as Turtle and JSON-LD, one graph written two ways."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mabillon.evidence import Agent, Value, Word
from mabillon.publish.address import Publisher, caption, text_of
from mabillon.record import Event, Record

RICO = "https://www.ica.org/standards/RiC/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"rico": RICO, "xsd": XSD}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_IRI_ESCAPED = re.compile(r'[\x00-\x20<>"{}|^`\\]')
MENTIONED = {"person": "Person", "place": "Place", "organization": "CorporateBody"}


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal of RDF: `type` is the local name of a datatype of XML Schema, "" for a plain string."""

    value: str
    type: str = ""


Object = str | Literal
"""An IRI, or a literal."""


@dataclass(slots=True)
class Graph:
    """Statements in the order that they were made: IRI of a thing → property of RiC-O → objects."""

    nodes: dict[str, dict[str, list[Object]]] = field(default_factory=dict)

    def thing(self, iri: str, type: str) -> str:
        """Note that there is a thing of this class, and return its IRI."""
        self.nodes.setdefault(iri, {}).setdefault("type", [RICO + type])
        return iri

    def say(self, subject: str, property: str, *objects: Object) -> None:
        if not objects:
            return
        known = self.nodes[subject].setdefault(property, [])
        known.extend(one for one in objects if one not in known)


def graph_of(record: Record, publisher: Publisher, level: str | None = None) -> Graph:
    """Return the graph of a record; `level` is the IRI of the level of description in which it lies."""
    graph, iri = Graph(), publisher.record(record.id)
    _describe(graph, iri, record)
    holder = graph.thing(publisher.base or publisher.at("archive"), "CorporateBody")
    graph.say(holder, "name", Literal(publisher.name))
    graph.say(iri, "hasOrHadHolder", holder)
    if level is not None:
        graph.say(iri, "isOrWasIncludedIn", graph.thing(level, "RecordSet"))
    if record.source is not None:
        copy = graph.thing(f"{iri}#original", "Instantiation")
        graph.say(copy, "identifier", Literal(f"sha256:{record.source.sha256}"))
        graph.say(copy, "title", Literal(record.source.filename))
        graph.say(copy, "technicalCharacteristics", Literal(record.source.media_type))
        graph.say(iri, "hasOrHadInstantiation", copy)
    return graph


def _describe(graph: Graph, iri: str, record: Record) -> None:
    graph.thing(iri, "Record")
    graph.say(iri, "title", Literal(caption(record)))
    graph.say(iri, "identifier", *(Literal(one) for one in (record.id, *(str(n.value) for n in record.numbers)) if one))
    if record.type is not None:
        form = graph.thing(_part(iri, "form"), "DocumentaryFormType")
        graph.say(form, "name", Literal(str(record.type.value)))
        graph.say(iri, "hasDocumentaryFormType", form)
    _date(graph, iri, "hasCreationDate", record.date, _part(iri, "date"))
    if record.language is not None:
        language = graph.thing(_part(iri, "language"), "Language")
        graph.say(language, "name", Literal(str(record.language.value)))
        graph.say(iri, "hasOrHadLanguage", language)
    for property, agents in (("hasSender", record.senders), ("hasAddressee", record.recipients)):
        for number, agent in enumerate(agents, 1):
            graph.say(iri, property, _agent(graph, agent, _part(iri, f"{property[3:].lower()}-{number}")))
    for number, event in enumerate(record.events, 1):
        graph.say(iri, "isAssociatedWithEvent", _event(graph, event, _part(iri, f"event-{number}")))
    for number, mention in enumerate(record.mentions, 1):
        known = _iri(mention.authority) or _part(iri, f"named-{number}")
        named = graph.thing(known, MENTIONED.get(mention.kind, "Thing"))
        graph.say(named, "name", Literal(mention.value))
        graph.say(iri, "hasOrHadSubject", named)
    _catalogue(graph, iri, record)
    for number, enclosure in enumerate(record.enclosures, 1):
        inner = _part(iri, f"enclosure-{number}")
        _describe(graph, inner, enclosure)
        graph.say(iri, "hasOrHadConstituent", inner)


def _part(iri: str, name: str) -> str:
    """Return the IRI of something within a thing that may be a part itself."""
    return f"{iri}{'-' if '#' in iri else '#'}{name}"


def _catalogue(graph: Graph, iri: str, record: Record) -> None:
    if record.classification is not None:
        graph.say(iri, "classification", Literal(str(record.classification.value)))
    if record.findings:
        graph.say(iri, "authenticityNote", *(Literal(f"{one.id}: {one.message}") for one in record.findings))
    catalogue = record.catalogue
    if catalogue is not None and catalogue.summary is not None:
        graph.say(iri, "scopeAndContent", Literal(str(catalogue.summary.value)))
    if catalogue is not None and catalogue.rights is not None:
        graph.say(iri, "conditionsOfUse", Literal(str(catalogue.rights.value)))
    if catalogue is not None and catalogue.citation is not None:
        graph.say(iri, "identifier", Literal(str(catalogue.citation.value)))


def _agent(graph: Graph, agent: Agent, iri: str) -> str:
    iri = graph.thing(_iri(agent.authority) or iri, "Agent")
    graph.say(iri, "name", Literal(agent.value))
    if agent.place is not None:
        graph.say(iri, "hasOrHadLocation", _place(graph, agent.place, f"{iri}-place"))
    return iri


def _place(graph: Graph, place: Value, iri: str) -> str:
    graph.thing(iri, "Place")
    graph.say(iri, "name", Literal(str(place.value)))
    return iri


def _event(graph: Graph, event: Event, iri: str) -> str:
    graph.thing(iri, "Event")
    graph.say(iri, "name", Literal(str(event.type.value)))
    _date(graph, iri, "occurredAtDate", event.time, f"{iri}-date")
    if event.place is not None:
        graph.say(iri, "hasOrHadLocation", _place(graph, event.place, f"{iri}-place"))
    for name, said in (("agent", event.agent), ("org", event.org)):
        if said is not None:
            somebody = graph.thing(f"{iri}-{name}", "Agent" if name == "agent" else "CorporateBody")
            graph.say(somebody, "name", Literal(str(said.value)))
            graph.say(iri, "hasOrHadParticipant", somebody)
    return iri


def _date(graph: Graph, iri: str, property: str, said: Word | None, own: str) -> None:
    if said is None:
        return
    date, value = graph.thing(own, "Date"), str(said.value)
    graph.say(date, "expressedDate", Literal(said.text or value))
    graph.say(date, "normalizedDateValue", Literal(value, "date" if _DAY.fullmatch(value) else ""))
    graph.say(iri, property, date)


def _iri(authority: str | None) -> str | None:
    return authority if authority and authority.startswith(("http://", "https://")) else None


def write_turtle(graphs: Iterable[Graph]) -> Iterator[bytes]:
    """Yield graphs as one Turtle document, piece by piece."""
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()).encode()
    for graph in graphs:
        yield "".join(_written(subject, said) for subject, said in graph.nodes.items()).encode("utf-8", "replace")


def _written(subject: str, said: dict[str, list[Object]]) -> str:
    lines = []
    for property, objects in said.items():
        name = "a" if property == "type" else f"rico:{property}"
        lines.append(f"  {name} {', '.join(map(_object, objects))}")
    return f"\n<{_escaped(subject)}>\n" + " ;\n".join(lines) + " .\n"


def _object(one: Object) -> str:
    if isinstance(one, Literal):
        words = json.dumps(one.value, ensure_ascii=False).replace("\x7f", "\\u007F")
        return words + (f"^^xsd:{one.type}" if one.type else "")
    return f"rico:{one.removeprefix(RICO)}" if one.startswith(RICO) else f"<{_escaped(one)}>"


def _escaped(iri: str) -> str:
    return _IRI_ESCAPED.sub(lambda sign: f"%{ord(sign[0]):02X}", iri)


def json_ld(graph: Graph) -> dict[str, Any]:
    """Return a graph as JSON-LD with all that it needs to be read: no context is fetched."""
    return {"@context": PREFIXES, "@graph": [_node(subject, said) for subject, said in graph.nodes.items()]}


def _node(subject: str, said: dict[str, list[Object]]) -> dict[str, Any]:
    made: dict[str, Any] = {"@id": _escaped(subject)}
    for property, objects in said.items():
        if property == "type":
            made["@type"] = [f"rico:{str(one).removeprefix(RICO)}" for one in objects]
        else:
            made[f"rico:{property}"] = [_json(one) for one in objects]
    return made


def _json(one: Object) -> dict[str, str]:
    if not isinstance(one, Literal):
        return {"@id": _escaped(one)}
    return {"@value": one.value, **({"@type": f"xsd:{one.type}"} if one.type else {})}


def schema_org(record: Record, publisher: Publisher) -> dict[str, Any]:
    """Return a record as schema.org has it, for search engines: a message that an archive holds."""
    sent = next((e.time for e in record.events if e.type.value == "sent" and e.time), record.date)
    received = next((e.time for e in record.events if e.type.value == "received" and e.time), None)
    catalogue = record.catalogue
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["Message", "ArchiveComponent"],
        "@id": publisher.record(record.id),
        "url": publisher.record(record.id) if publisher.base else None,
        "name": caption(record),
        "identifier": [record.id, *(str(number.value) for number in record.numbers)],
        "genre": str(record.type.value) if record.type else None,
        "inLanguage": str(record.language.value) if record.language else None,
        "dateCreated": _iso(record.date),
        "dateSent": _iso(sent),
        "dateReceived": _iso(received),
        "sender": [_somebody(agent) for agent in record.senders],
        "recipient": [_somebody(agent) for agent in record.recipients],
        "abstract": str(catalogue.summary.value) if catalogue and catalogue.summary else None,
        "text": text_of(record)[:5000] or None,
        "keywords": [str(topic.value) for topic in catalogue.topics] if catalogue else [],
        "itemLocation": str(catalogue.citation.value) if catalogue and catalogue.citation else None,
        "holdingArchive": {"@type": "ArchiveOrganization", "name": publisher.name, "url": publisher.base or None},
    }
    made["holdingArchive"] = {name: said for name, said in made["holdingArchive"].items() if said}
    return {name: said for name, said in made.items() if said}


def _somebody(agent: Agent) -> dict[str, Any]:
    made: dict[str, Any] = {"@type": "Person", "name": agent.value}
    if agent.role is not None:
        made["jobTitle"] = str(agent.role.value)
    if agent.org is not None:
        made["affiliation"] = {"@type": "Organization", "name": str(agent.org.value)}
    return made


def _iso(said: Word | None) -> str | None:
    """Return a date that ISO 8601 has as well as EDTF."""
    value = str(said.value) if said else ""
    return value if re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?", value) else None
