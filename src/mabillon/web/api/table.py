"""A record as one row of a table, for CSV and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mabillon.record import Record, encode
from mabillon.web.api.shapes import said

Cell = str | int | list[str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """kind: text, whole or list; read: the cell of a record; flat: whether a table without lists has it too."""

    name: str
    kind: str
    read: Callable[[Record], Cell]
    flat: bool = True


def _values(values: Iterable[object]) -> list[str]:
    return [str(value) for value in (getattr(one, "value", one) for one in values) if value is not None]


def _time(type: str) -> Callable[[Record], Cell]:
    return lambda r: next((said(e.time) for e in r.events if e.type.value == type and e.time), None)


def _zone(type: str) -> Callable[[Record], Cell]:
    return lambda r: next((said(e.zone) for e in r.events if e.type.value == type and e.zone), None)


def _places(side: str) -> Callable[[Record], Cell]:
    return lambda r: _values(agent.place for agent in getattr(r, side) if agent.place)


def _copied(record: Record) -> Cell:
    return _values(copy.recipient for copy in record.copies.entries) if record.copies else []


def _body(record: Record) -> Cell:
    text = record.source.text if record.source else None
    if text is None or record.body is None:
        return text
    return "\n".join(text[start:end] for start, end in record.body.spans)


COLUMNS = (
    Column("id", "text", lambda r: r.id),
    Column("type", "text", lambda r: said(r.type)),
    Column("title", "text", lambda r: said(r.title)),
    Column("date", "text", lambda r: said(r.date)),
    Column("numbers", "list", lambda r: _values(r.numbers)),
    Column("senders", "list", lambda r: _values(r.senders)),
    Column("sender_places", "list", _places("senders")),
    Column("recipients", "list", lambda r: _values(r.recipients)),
    Column("recipient_places", "list", _places("recipients")),
    Column("signatories", "list", lambda r: _values(r.signatories)),
    Column("copies", "list", _copied),
    Column("precedence", "text", lambda r: said(r.precedence)),
    Column("classification", "text", lambda r: said(r.classification)),
    Column("channel", "text", lambda r: said(r.channel)),
    Column("language", "text", lambda r: said(r.language)),
    Column("sent", "text", _time("sent")),
    Column("sent_zone", "text", _zone("sent")),
    Column("received", "text", _time("received")),
    Column("received_zone", "text", _zone("received")),
    Column("findings", "list", lambda r: [finding.id for finding in r.findings]),
    Column("enclosures", "whole", lambda r: len(r.enclosures)),
    Column("citation", "text", lambda r: said(r.catalogue.citation) if r.catalogue else None),
    Column("filename", "text", lambda r: r.source.filename if r.source else None),
    Column("body", "text", _body, flat=False),
    Column("record", "text", lambda r: encode(r).decode(), flat=False),
)
"""`body` is the text proper, `record` the whole record as JSON: neither is in the CSV."""
FLAT = tuple(column for column in COLUMNS if column.flat)
