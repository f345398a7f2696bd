"""IIIF Presentation 3: a manifest for each record, its text on a canvas, values and findings as Web Annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mabillon.evidence import Value
from mabillon.publish.address import Publisher, caption
from mabillon.record import Event, Record

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'
ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"
WIDTH, HEIGHT = 1000, 1414
"""Of the canvas of a text without a scan: the shape of a sheet."""


def manifest(record: Record, publisher: Publisher) -> dict[str, Any]:
    """Return the manifest of a record. Its canvas holds the text that was read, the annotations point into it."""
    own = publisher.file(record.id, "iiif.json")
    canvas = f"{own}#canvas"
    text = publisher.file(record.id, "txt")
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": own,
        "type": "Manifest",
        "label": _said(record, caption(record)),
        "metadata": list(_metadata(record)),
        "provider": [
            {"id": publisher.base or publisher.at("archive"), "type": "Agent", "label": _none(publisher.name)}
        ],
        "seeAlso": [
            {"id": publisher.file(record.id, "tei.xml"), "type": "Dataset", "format": "application/tei+xml",
             "label": _none("TEI")},
        ],
        "homepage": [
            {"id": publisher.record(record.id), "type": "Text", "format": "text/html", "label": _none(caption(record))}
        ],
        "items": [
            {"id": canvas, "type": "Canvas", "width": WIDTH, "height": HEIGHT, "label": _none("Text"),
             "items": [
                 {"id": f"{own}#page", "type": "AnnotationPage", "items": [_painting(record, own, canvas, text)]}
             ],
             "annotations": [annotation_page(record, publisher, contextual=False)]},
        ],
    }  # fmt: skip
    summary = record.catalogue.summary if record.catalogue else None
    if summary is not None:
        made["summary"] = _none(str(summary.value))
    return made


def _painting(record: Record, own: str, canvas: str, text: str) -> dict[str, Any]:
    body = {"id": text, "type": "Text", "format": "text/plain"}
    if record.language is not None:
        body["language"] = str(record.language.value)
    return {"id": f"{own}#painting", "type": "Annotation", "motivation": "painting", "body": body, "target": canvas}


def annotation_page(record: Record, publisher: Publisher, contextual: bool = True) -> dict[str, Any]:
    """Return the values of a record and its findings as a page of Web Annotations on its text."""
    own, text = publisher.file(record.id, "annotations.json"), publisher.file(record.id, "txt")
    source = record.source.text or "" if record.source else ""
    said = enumerate(_values(record), 1)
    found = [_annotation(f"{own}#{n}", label, value, text, source) for n, (label, value) in said]
    found += [
        _finding(f"{own}#finding-{n}-{m}", finding.id, finding.message, value, text, source)
        for n, finding in enumerate(record.findings, 1)
        for m, value in enumerate([value for value in finding.evidence if value.spans], 1)
    ]
    page: dict[str, Any] = {"@context": ANNOTATIONS} if contextual else {}
    return page | {"id": own, "type": "AnnotationPage", "items": found}


def _annotation(id: str, label: str, value: Value, text: str, source: str) -> dict[str, Any]:
    said = {"type": "TextualBody", "value": f"{label}: {value.value}", "purpose": "tagging", "format": "text/plain"}
    return {"id": id, "type": "Annotation", "motivation": "tagging", "body": said,
            "target": _targets(value, text, source)}  # fmt: skip


def _finding(id: str, rule: str, message: str, value: Value, text: str, source: str) -> dict[str, Any]:
    said = {"type": "TextualBody", "value": f"{message} ({rule})", "purpose": "commenting", "format": "text/plain"}
    return {"id": id, "type": "Annotation", "motivation": "commenting", "body": said,
            "target": _targets(value, text, source)}  # fmt: skip


def _targets(value: Value, text: str, source: str) -> Any:
    """Return the words of a value: by offsets, and by the words themselves with a few around them."""
    found = [
        {
            "type": "SpecificResource",
            "source": text,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": source[start:end], "prefix": source[max(0, start - 20) : start],
                 "suffix": source[end : end + 20]},
            ],
        }
        for start, end in value.spans
    ]  # fmt: skip
    return found[0] if len(found) == 1 else found


def _values(record: Record) -> Iterator[tuple[str, Value]]:
    """Yield the values that have words, each with what it says."""
    for name in ("type", "title", "date", "precedence", "classification", "channel"):
        if (value := getattr(record, name)) is not None and value.spans:
            yield name, value
    for label, values in (
        ("number", record.numbers), ("sender", record.senders), ("recipient", record.recipients),
        ("signatory", record.signatories), ("mark", record.marks), ("named", record.mentions),
    ):  # fmt: skip
        yield from ((label, value) for value in values if value.spans)
    for event in record.events:
        yield from _event(event)


def _event(event: Event) -> Iterator[tuple[str, Value]]:
    for name in ("time", "place", "agent", "org"):
        if (value := getattr(event, name)) is not None and value.spans:
            yield f"{event.type.value}, {name}", value


def _metadata(record: Record) -> Iterator[dict[str, Any]]:
    pairs = [
        ("Date", [str(record.date.value)] if record.date else []),
        ("Type", [str(record.type.value)] if record.type else []),
        ("From", [agent.value for agent in record.senders]),
        ("To", [agent.value for agent in record.recipients]),
        ("Number", [str(number.value) for number in record.numbers]),
        ("Source", [str(record.catalogue.citation.value)] if record.catalogue and record.catalogue.citation else []),
    ]
    for label, values in pairs:
        if values:
            yield {"label": {"en": [label]}, "value": {"none": values}}


def _said(record: Record, words: str) -> dict[str, list[str]]:
    return {str(record.language.value) if record.language else "none": [words]}


def _none(words: str) -> dict[str, list[str]]:
    return {"none": [words]}


def collection(id: str, label: str, parts: list[tuple[str, str, str]]) -> dict[str, Any]:
    """Return a collection. parts: type (Collection or Manifest), address and label of each part."""
    items = [{"id": address, "type": type, "label": _none(name)} for type, address, name in parts]
    return {"@context": CONTEXT, "id": id, "type": "Collection", "label": _none(label), "items": items}
