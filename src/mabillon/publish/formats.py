"""The formats of the field in one list: how one record is written, and how many are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from mabillon.publish.address import Publisher
from mabillon.publish.cmif import cmif, write_cmif
from mabillon.publish.iiif import MEDIA_TYPE as IIIF
from mabillon.publish.iiif import annotation_page, manifest
from mabillon.publish.linked import graph_of, json_ld, schema_org, write_turtle
from mabillon.publish.tei import tei, tei_corpus
from mabillon.publish.xml import written
from mabillon.record import Record

ANNOTATIONS = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
Write = Callable[[Record, Publisher, date], bytes]
WriteMany = Callable[[Iterable[Record], Publisher, date], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """`label` for people, `ending` of a file's name; what writes one record, and many piece by piece."""

    name: str
    label: str
    ending: str
    media_type: str
    write: Write
    write_many: WriteMany


def _tei(record: Record, publisher: Publisher, day: date) -> bytes:
    return tei(record, publisher.name, publisher.record(record.id))


def _corpus(records: Iterable[Record], publisher: Publisher, day: date) -> Iterator[bytes]:
    addressed = ((record, publisher.record(record.id)) for record in records)
    return tei_corpus(addressed, f"Telegrams and letters held by {publisher.name}", publisher.name)


def _cmif(record: Record, publisher: Publisher, day: date) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written(cmif(record, publisher, day)) + b"\n"


def _text(record: Record, publisher: Publisher, day: date) -> bytes:
    """Return all of the text that was read: what offsets count in."""
    return (record.source.text or "" if record.source else "").encode("utf-8", "replace")


def _texts(records: Iterable[Record], publisher: Publisher, day: date) -> Iterator[bytes]:
    """Yield texts one after the other, a form feed between them."""
    for number, record in enumerate(records):
        yield (b"\n\f\n" if number else b"") + _text(record, publisher, day)


def _lines(make: Callable[[Record, Publisher], dict[str, Any]]) -> WriteMany:
    """Return what writes many as JSON Lines."""

    def write(records: Iterable[Record], publisher: Publisher, day: date) -> Iterator[bytes]:
        for record in records:
            yield orjson.dumps(make(record, publisher)) + b"\n"

    return write


def _turtles(records: Iterable[Record], publisher: Publisher, day: date) -> Iterator[bytes]:
    return write_turtle(graph_of(record, publisher) for record in records)


def _rico(record: Record, publisher: Publisher) -> dict[str, Any]:
    return json_ld(graph_of(record, publisher))


def _singly(many: WriteMany) -> Write:
    return lambda record, publisher, day: b"".join(many([record], publisher, day))


def _plainly(make: Callable[[Record, Publisher], dict[str, Any]]) -> Write:
    return lambda record, publisher, day: orjson.dumps(make(record, publisher), option=orjson.OPT_INDENT_2) + b"\n"


_TURTLE, _JSON = "text/turtle; charset=utf-8", "application/ld+json"
FORMATS = (
    Format("tei", "TEI", "tei.xml", "application/tei+xml", _tei, _corpus),
    Format("cmif", "CMIF", "cmif.xml", "application/tei+xml", _cmif, write_cmif),
    Format("turtle", "RiC-O, Turtle", "ttl", _TURTLE, _singly(_turtles), _turtles),
    Format("jsonld", "RiC-O, JSON-LD", "jsonld", _JSON, _plainly(_rico), _lines(_rico)),
    Format("schema.org", "schema.org", "schema.json", _JSON, _plainly(schema_org), _lines(schema_org)),
    Format("iiif", "IIIF", "iiif.json", IIIF, _plainly(manifest), _lines(manifest)),
    Format(
        "annotations",
        "annotations",
        "annotations.json",
        ANNOTATIONS,
        _plainly(annotation_page),
        _lines(annotation_page),
    ),
    Format("text", "text", "txt", "text/plain; charset=utf-8", _text, _texts),
)
RECORD_FORMATS = {format.ending: format for format in FORMATS}
"""Formats by the ending of their address."""
