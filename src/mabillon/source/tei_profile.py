"""TEI of the telegram profile: a record that was described already comes in as it was, and is not read anew.

The other half of `publish/tei.py`; both follow `vocabulary/tei_profile.yaml`.
"""

from __future__ import annotations

from typing import Any

from mabillon.evidence import Agent, Citation, Count, Mark, Mention, Number, Value, Word
from mabillon.record import Body, Catalogue, Copies, Copy, Event, Finding, Record, Reference, SourceNote
from mabillon.source.tei_names import XML_ID, Element, below, children, first, local
from mabillon.source.tei_profile_values import Evidence, spans_of, words
from mabillon.vocabulary.tei_profile import Slot, mention_elements, parties, schema_key, slots


def is_profile(top: Element) -> bool:
    """Say whether a `TEI` element says of itself that it follows the profile."""
    encoding = first(top, "teiHeader", "encodingDesc")
    return encoding is not None and any(node.get("key") == schema_key() for node in children(encoding, "schemaRef"))


def record_of(top: Element) -> Record:
    """Return the record that a `TEI` element of the profile holds."""
    text_element = first(top, "text")
    text = words(text_element) if text_element is not None else None
    return _record(top, Evidence(top, text or ""), text)


def _record(top: Element, evidence: Evidence, text: str | None) -> Record:
    header = first(top, "teiHeader")
    assert header is not None
    record = Record(
        id=_identifier(header), source=_source(header, text), numbers=_numbers(header, evidence),
        copies=_copies(header, evidence), marks=_marks(header, evidence),
        enclosures=[_record(node, evidence, None) for node in children(top, "TEI")],
    )  # fmt: skip
    catalogue = _catalogue(header, evidence)
    for slot in slots():
        _fill(record, catalogue, slot, header, evidence)
    _correspondence(record, first(header, "profileDesc", "correspDesc"), evidence)
    _stand_off(record, first(top, "standOff"), evidence)
    if catalogue != Catalogue():
        record.catalogue = catalogue
    return record


def _identifier(header: Element) -> str:
    statement = first(header, "fileDesc", "publicationStmt")
    found = [words(node) for node in children(statement, "idno") if node.get("type") == "record"]  # type: ignore[arg-type]
    return found[0] if found else ""


def _source(header: Element, text: str | None) -> SourceNote | None:
    source = first(header, "fileDesc", "sourceDesc", "bibl")
    if source is None:
        return None
    said = {node.get("type") or node.get("unit") or "": words(node) for node in source}
    return SourceNote(
        filename=said.get("filename", ""), media_type=said.get("media-type", ""), sha256=said.get("sha256", ""),
        text=text, url=said.get("URL"), part=said.get("part"),
    )  # fmt: skip


def _fill(record: Record, catalogue: Catalogue, slot: Slot, header: Element, evidence: Evidence) -> None:
    place = first(header, *slot.under.split("/"))
    if place is None:
        return
    found = [
        evidence.value(node, Word, _written(node, slot.kind))
        for node in children(place, slot.element)
        if node.get(XML_ID) and all(node.get(name) == said for name, said in slot.attributes.items())
    ]
    if not found:
        return
    name = slot.field.removeprefix("catalogue.")
    owner: Record | Catalogue = catalogue if name != slot.field else record
    setattr(owner, name, found if isinstance(getattr(owner, name), list) else found[0])


def _written(node: Element, kind: str) -> str | None:
    if kind == "date":
        return node.get("when-custom") or words(node)
    return node.get("ident") or "" if kind == "language" else None


def _catalogue(header: Element, evidence: Evidence) -> Catalogue:
    statement = first(header, "fileDesc", "publicationStmt")
    place = first(header, "fileDesc", "sourceDesc", "msDesc", "msIdentifier")
    assert statement is not None and place is not None
    identifiers = {
        node.get("n") or "": words(node) for node in children(statement, "idno") if node.get("type") == "identifier"
    }
    return Catalogue(citation=_citation(place, evidence), identifiers=identifiers)


def _citation(place: Element, evidence: Evidence) -> Citation | None:
    parts = {node.get("type") or "repository": words(node) for node in children(place, "repository", "collection")}
    for node in children(place, "idno"):
        return evidence.value(node, Citation, parts=parts or None)
    return None


def _numbers(header: Element, evidence: Evidence) -> list[Number]:
    place = first(header, "fileDesc", "sourceDesc", "msDesc", "msIdentifier")
    found = [node for other in children(place, "altIdentifier") for node in children(other, "idno")]  # type: ignore[arg-type]
    return [evidence.value(node, Number, kind=node.get("type") or "other") for node in found]


def _physical(header: Element, *path: str) -> Element | None:
    return first(header, "fileDesc", "sourceDesc", "msDesc", "physDesc", *path)


def _listed(place: Element | None, type: str) -> list[Element]:
    if place is None:
        return []
    return [item for node in children(place, "list") if node.get("type") == type for item in children(node, "item")]


def _copies(header: Element, evidence: Evidence) -> Copies | None:
    extent = _physical(header, "objectDesc", "supportDesc", "extent")
    stated = [evidence.value(node, Count) for node in children(extent, "measure")] if extent is not None else []
    entries = [_copy(item, evidence) for item in _listed(_physical(header, "additions"), "copies")]
    return Copies(stated=stated[0] if stated else None, entries=entries) if stated or entries else None


def _copy(item: Element, evidence: Evidence) -> Copy:
    said: dict[str, Any] = {}
    for node in item:
        match local(node):
            case "num":
                said["number"] = evidence.value(node, Count)
            case "measure":
                said["count"] = evidence.value(node, Count)
            case "name":
                said["recipient"] = evidence.value(node, Word)
    return Copy(**said)


def _marks(header: Element, evidence: Evidence) -> list[Mark]:
    items = _listed(_physical(header, "additions"), "marks")
    return [evidence.value(node, Mark, kind=node.get("type") or "editorial") for item in items for node in item]


def _correspondence(record: Record, description: Element | None, evidence: Evidence) -> None:
    if description is None:
        return
    for action in children(description, "correspAction"):
        if action.get(XML_ID):
            record.events.append(_event(action, evidence))
        for party in parties():
            found = [node for node in children(action, "persName", "orgName", "name") if node.get("type") == party.type]
            getattr(record, party.field).extend(
                _agent(node, action, evidence) for node in found if not node.get("corresp")
            )
    context = first(description, "correspContext")
    if context is not None:
        record.references = [_reference(node, evidence) for node in children(context, "ref")]


def _event(action: Element, evidence: Evidence) -> Event:
    said: dict[str, Any] = {}
    for node in action:
        name = local(node)
        if name == "date":
            said["time"] = evidence.value(node, Word, _written(node, "date"))
        elif name == "note" and node.get("type") == "zone":
            said["zone"] = evidence.value(node, Word)
        elif node.get("type") == "event" and name != "note":
            key = {"persName": "agent", "orgName": "org", "placeName": "place"}.get(name, "agent")
            said[key] = evidence.value(node, Word)
    return Event(type=evidence.value(action, Word, action.get("type") or ""), **said)


def _agent(node: Element, action: Element, evidence: Evidence) -> Agent:
    name, role = first(node, "name"), first(node, "roleName")
    said: dict[str, Any] = {"capacity": node.get("role"), "authority": node.get("key")}
    if role is not None:
        said["role"] = evidence.value(role, Word)
    for other in children(action, "orgName", "placeName", "note"):
        if other.get("corresp") == f"#{node.get(XML_ID)}":
            if local(other) == "note":
                said["via"] = words(other)
            else:
                said["org" if local(other) == "orgName" else "place"] = evidence.value(other, Word)
    return evidence.value(node, Agent, words(name) if name is not None else None, **said)


def _reference(node: Element, evidence: Evidence) -> Reference:
    said: dict[str, Any] = {"direction": node.get("type") or "mentions", "status": node.get("subtype")}
    for child in node:
        type = child.get("type") or ""
        if type == "kind":
            said["kind"] = words(child)
        elif type in ("number", "date", "from", "to"):
            written = _written(child, "date") if type == "date" else None
            said["from_" if type == "from" else type] = evidence.value(child, Word, written)
    return Reference(**said)


def _stand_off(record: Record, off: Element | None, evidence: Evidence) -> None:
    if off is None:
        return
    record.mentions = [_mention(item, evidence) for item in _listed(off, "mentions")]
    record.findings = [_finding(item, evidence) for item in _listed(off, "findings")]
    for group in children(off, "spanGrp"):
        if group.get("type") == "body":
            record.body = Body(spans=[s for node in below(group, "span") for s in spans_of(node.get("target") or "")])


def _mention(item: Element, evidence: Evidence) -> Mention:
    node = next(child for child in item if local(child) != "certainty")
    kinds = {name: kind for kind, name in mention_elements().items()}
    sure = next(children(item, "certainty"), None)
    return evidence.value(
        node, Mention, kind=kinds.get(local(node)) or node.get("type") or "person", authority=node.get("key"),
        certainty=float(sure.get("degree") or 1) if sure is not None else None,
    )  # fmt: skip


def _finding(item: Element, evidence: Evidence) -> Finding:
    note = next(children(item, "note"))
    found = [evidence.value(node, Value) for node in children(item, "seg")]
    return Finding(
        id=note.get("n") or "", message=words(note), evidence=found, severity=note.get("subtype") or "warning"
    )
