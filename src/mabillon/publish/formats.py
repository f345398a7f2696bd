"""The formats of the field in one list: how one record is written, and how many are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mabillon.publish.address import Publisher
from mabillon.publish.cmif import cmif, write_cmif
from mabillon.publish.tei import tei, tei_corpus
from mabillon.publish.xml import written
from mabillon.record import Record

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


FORMATS = (
    Format("tei", "TEI", "tei.xml", "application/tei+xml", _tei, _corpus),
    Format("cmif", "CMIF", "cmif.xml", "application/tei+xml", _cmif, write_cmif),
)
RECORD_FORMATS = {format.ending: format for format in FORMATS}
"""Formats by the ending of their address."""
