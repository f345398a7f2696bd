"""CMIF, the Correspondence Metadata Interchange Format of the TEI Correspondence SIG: who wrote to whom, and when."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date

from mabillon.evidence import Agent, Word
from mabillon.publish.address import Publisher, caption
from mabillon.publish.tei_pen import dating
from mabillon.publish.xml import Element, Maker, opened, plain, written
from mabillon.record import Event, Record

MEDIA_TYPE = "application/tei+xml"
UNKNOWN = "Unknown"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
_CMIF = "https://correspsearch.net/en/documentation.html#"
_E = Maker("http://www.tei-c.org/ns/1.0")
_RECEIPT = ("received", "arrived")


def write_cmif(records: Iterable[Record], publisher: Publisher, day: date, address: str = "") -> Iterator[bytes]:
    """Yield a CMIF file of those records that went from somebody to somebody, piece by piece.

    `day` is when the file was made, `address` where it will be found.
    """
    start, end = opened(_frame(publisher, day, address or publisher.at("cmif.xml"), _source_id(publisher)))
    head, between, tail = start.partition(b"<profileDesc/>")
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + head + b"<profileDesc>"
    source = _source_id(publisher)
    for record in records:
        if is_correspondence(record):
            yield b"\n" + written(correspondence(record, publisher, source))
    yield b"\n</profileDesc>" + tail + end + b"\n"
    assert between


def is_correspondence(record: Record) -> bool:
    return bool(record.senders or record.recipients)


def cmif(record: Record, publisher: Publisher, day: date) -> Element:
    """Return a CMIF document of one record, for a harvester."""
    source = _source_id(publisher, record.id)  # documents of one answer of a harvest share no xml:id
    frame = _frame(publisher, day, publisher.file(record.id, "cmif.xml"), source)
    profile = frame.find(f".//{{{_E.namespace}}}profileDesc")
    assert profile is not None
    profile.append(correspondence(record, publisher, source))
    return frame


def _source_id(publisher: Publisher, of: str = "") -> str:
    """Return the same UUID for the same archive each time, beginning with a letter as an `xml:id` must."""
    found = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{publisher.base or 'urn:x-mabillon'}#{publisher.name}{of}"))
    return f"{'abcdef'[int(found[0], 16) % 6]}{found[1:]}"


def _frame(publisher: Publisher, day: date, address: str, id: str) -> Element:
    top = _E(None, "TEI")
    header = _E(top, "teiHeader")
    description = _E(header, "fileDesc")
    title = _E(description, "titleStmt")
    _E(title, "title", f"Correspondence held by {publisher.name}")
    _E(title, "editor", publisher.name)
    publication = _E(description, "publicationStmt")
    house = _E(publication, "publisher")
    if publisher.base:
        _E(house, "ref", publisher.name, target=publisher.base)
    else:
        house.text = plain(publisher.name)
    _E(publication, "idno", address, type="url")
    _E(publication, "date", when=day.isoformat())
    licence = publisher.licence or LICENCE
    _E(_E(publication, "availability"), "licence", f"Terms of these metadata: {licence}", target=licence)
    source = _E(_E(description, "sourceDesc"), "bibl", publisher.name, type="online")
    source.set("{http://www.w3.org/XML/1998/namespace}id", id)
    _E(header, "profileDesc")
    _E(_E(_E(top, "text"), "body"), "p")
    return top


def correspondence(record: Record, publisher: Publisher, source: str) -> Element:
    """Return the `correspDesc` of one record."""
    made = _E(None, "correspDesc", ref=publisher.record(record.id), source=f"#{source}")
    sent = next((event for event in record.events if event.type.value == "sent"), None)
    received = next((event for name in _RECEIPT for event in record.events if event.type.value == name), None)
    _action(made, "sent", record.senders, sent, record.date)
    _action(made, "received", [one for one in record.recipients if one.capacity != "copy"], received, None)
    note = _E(made, "note")
    if record.language is not None:
        _E(note, "ref", type=f"{_CMIF}hasLanguage", target=f"urn:iso:std:iso:639:{record.language.value}")
    _E(note, "ref", caption(record), type=f"{_CMIF}isAvailableAsTEIfile", target=publisher.file(record.id, "tei.xml"))
    return made


def _action(made: Element, type: str, agents: list[Agent], event: Event | None, day: Word | None) -> None:
    action = _E(made, "correspAction", type=type)
    for agent in agents:
        _E(action, "persName", str(agent.value), ref=_reference(agent.authority))
        if agent.org is not None:
            _E(action, "orgName", str(agent.org.value))
    if not agents:
        body = event.agent or event.org if event else None
        _E(action, "persName", str(body.value) if body else UNKNOWN)
    places = [event.place] if event and event.place else [agent.place for agent in agents if agent.place]
    if places and places[0] is not None:
        _E(action, "placeName", str(places[0].value))
    _date(action, event.time if event and event.time else day)


def _date(action: Element, said: Word | None) -> None:
    """CMIF dates have no clock times; a date that names no day at all is left out, as its guidelines ask."""
    attributes = dating(str(said.value)[:10] if said and "T" in str(said.value) else str(said.value)) if said else {}
    if attributes:
        made = _E(action, "date", str(said.text or said.value) if said else None)
        for name, value in attributes.items():
            made.set(name, value)


def _reference(authority: str | None) -> str | None:
    return authority if authority and authority.startswith(("http://", "https://")) else None
