"""The record: one document as read and described. The public contract (docs/record.md), versioned."""

from __future__ import annotations

from typing import Any

import msgspec

from mabillon.evidence import Agent, Citation, Count, Mark, Mention, Number, Value, Word
from mabillon.text import Span

SCHEMA = "mabillon/record/1"

DOCUMENT_TYPES = (
    "telegram", "letter", "memorandum", "memorandum-of-conversation", "minutes", "report", "note", "directive",
    "resolution", "despatch", "airgram", "statement", "other",
)  # fmt: skip

EVENT_TYPES = (
    "drafted", "cleared", "signed", "translated", "released", "handed-over", "encrypted", "sent", "relayed",
    "received", "arrived", "decrypted", "typed", "printed", "registered", "distributed", "read", "answered",
    "declassified", "published",
)  # fmt: skip
"""Links of the chain of transmission in their usual order."""

DIRECTIONS = ("replies-to", "encloses", "continues", "mentions")


class SourceNote(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Where the record was read from. `text` is what offsets count in, left out with `--no-text`.
    `part` tells the documents of one source apart: an `xml:id`, or the ordinal counted from 1."""

    filename: str
    media_type: str
    sha256: str
    text: str | None = None
    url: str | None = None
    part: str | None = None


class Event(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One link of the chain of transmission."""

    type: Word
    time: Word | None = None
    zone: Word | None = None
    place: Word | None = None
    agent: Word | None = None
    org: Word | None = None


class Copy(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One numbered copy, or a count of copies, and who got it."""

    number: Count | None = None
    count: Count | None = None
    recipient: Word | None = None


class Copies(msgspec.Struct, omit_defaults=True, kw_only=True):
    """How many copies were printed, and the list of them (`list` in JSON)."""

    stated: Count | None = None
    entries: list[Copy] = msgspec.field(default_factory=list, name="list")


class Reference(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Another document that this one names. `from` and `to` are `from_` and `to` here."""

    kind: str | None = None
    number: Word | None = None
    date: Word | None = None
    from_: Word | None = msgspec.field(default=None, name="from")
    to: Word | None = None
    direction: str = msgspec.field(default_factory=lambda: "mentions")  # a factory: JSON always states it
    status: str | None = None

    def evidence(self) -> list[Value]:
        return [v for v in (self.number, self.date, self.from_, self.to) if v is not None]


class Body(msgspec.Struct, omit_defaults=True, kw_only=True):
    spans: list[Span]


class Catalogue(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What the holding archive or edition says of the document."""

    summary: Word | None = None
    sponsor: Word | None = None
    people: list[Word] = []
    places: list[Word] = []
    topics: list[Word] = []
    citation: Citation | None = None
    obtained_by: Word | None = None
    translator: Word | None = None
    rights: Word | None = None
    contact: Word | None = None
    date: Word | None = None
    collection: Word | None = None
    identifiers: dict[str, str] = {}


class Finding(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A contradiction that the document itself shows."""

    id: str
    message: str
    evidence: list[Value]
    severity: str


class Record(msgspec.Struct, omit_defaults=True, kw_only=True):
    schema: str = SCHEMA
    id: str = ""
    source: SourceNote | None = None
    type: Word | None = None
    title: Word | None = None
    date: Word | None = None
    numbers: list[Number] = []
    senders: list[Agent] = []
    recipients: list[Agent] = []
    signatories: list[Agent] = []
    precedence: Word | None = None
    classification: Word | None = None
    handling: list[Word] = []
    channel: Word | None = None
    language: Word | None = None
    translated_from: Word | None = None
    witness: Word | None = None
    events: list[Event] = []
    copies: Copies | None = None
    marks: list[Mark] = []
    references: list[Reference] = []
    enclosures: list[Record] = []
    mentions: list[Mention] = []
    body: Body | None = None
    catalogue: Catalogue | None = None
    findings: list[Finding] = []


def values_of(node: Any) -> list[Value]:
    """Return every value with evidence below `node` (a record or any part of one), enclosures included."""
    found: list[Value] = []
    if isinstance(node, Value):
        found.append(node)
    if isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            if name not in ("spans", "text", "value"):
                found.extend(values_of(getattr(node, name)))
    elif isinstance(node, list | tuple):
        for item in node:
            found.extend(values_of(item))
    return found


def encode(record: Record) -> bytes:
    """Return `record` as one line of JSON without a line end. `schema` always stands in it."""
    plain = msgspec.to_builtins(record)
    return msgspec.json.encode({"schema": record.schema, **plain})


def decode(line: bytes | str) -> Record:
    """Return the record that `encode` wrote. Raises `msgspec.ValidationError` if it is none."""
    return msgspec.json.decode(line, type=Record)


def json_schema() -> bytes:
    """Return the JSON Schema of a record as indented JSON; its `$id` carries the version of the contract."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, "title": "Record"}
    return msgspec.json.format(msgspec.json.encode({**head, **msgspec.json.schema(Record)}), indent=2)
