"""What the API answers with, besides whole records. Strings from a document are plain text: escape them where you show
them."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from msgspec import Meta

from mabillon.archive import Level as ArchiveLevel
from mabillon.evidence import Value
from mabillon.record import Record
from mabillon.store.entries import Entry as Row
from mabillon.text import Span

BASE = "/api/v1"
Limit = Annotated[int, Meta(ge=1, le=200, description="How many at the most.")]
CursorText = Annotated[str, Meta(max_length=500, description="`next` of the page before. A cursor is opaque.")]
QueryText = Annotated[str, Meta(max_length=2000, description="A search in the query language; empty for all records.")]
RecordId = Annotated[str, Meta(min_length=1, max_length=200, description="Identifier of a record or an enclosure.")]


class Entry(msgspec.Struct, kw_only=True):
    """A record in short. `date` is EDTF; `sender` and `recipient` are the first of each; `findings` counts them."""

    id: str
    title: str | None
    type: str | None
    date: str | None
    number: str | None
    sender: str | None
    recipient: str | None
    findings: int
    url: str

    @classmethod
    def of_row(cls, row: Row) -> Entry:
        return cls(
            id=row.id, title=row.title, type=row.type, date=row.date, number=row.number, sender=row.sender,
            recipient=row.recipient, findings=row.findings, url=record_url(row.id),
        )  # fmt: skip

    @classmethod
    def of_record(cls, record: Record) -> Entry:
        message = [number.value for number in record.numbers if number.kind == "message"]
        number = [*message, *(number.value for number in record.numbers)]
        return cls(
            id=record.id, title=said(record.title), type=said(record.type), date=said(record.date),
            number=number[0] if number else None, sender=record.senders[0].value if record.senders else None,
            recipient=record.recipients[0].value if record.recipients else None, findings=len(record.findings),
            url=record_url(record.id),
        )  # fmt: skip


def said(value: Value | None) -> str | None:
    return None if value is None or value.value is None else str(value.value)


def record_url(id: str) -> str:
    return f"{BASE}/records/{quote(id, safe='')}"


class Tally(msgspec.Struct):
    """How many records bear a value; `query` finds just those."""

    value: str
    count: int
    query: str


class Part(msgspec.Struct, omit_defaults=True):
    """A stretch of a text; `marked` where it answers the search."""

    text: str
    marked: bool = False


class Hit(msgspec.Struct, kw_only=True):
    """A record found. `span` says where the snippet stands in the record's text, `highlights` what in it was sought;
    `because` names the cover names by which it was found, with their time and source."""

    record: Entry
    score: float
    snippet: list[Part]
    span: Span | None
    highlights: list[Span]
    because: list[str]


class Found(msgspec.Struct, kw_only=True):
    """An answer to a search: `reading` is the query as it was read, `notes` say what was mended in it, `spellings` how
    else its names were looked for, `suggestion` what to try where nothing was found."""

    query: str
    reading: str
    notes: list[str]
    spellings: list[str]
    suggestion: str | None
    total: int
    hits: list[Hit]
    facets: dict[str, list[Tally]]
    next: str | None
    previous: str | None
    last: str | None


class Records(msgspec.Struct):
    """Whole records in order of their identifiers."""

    records: list[Record]
    next: str | None


class Level(msgspec.Struct, kw_only=True):
    """A level of description (ISAD(G)): repository, fonds, series, file. `unit` is the archive's own word (opis);
    `records` counts those in it and below, null where it stands on the way to another."""

    id: int
    kind: str
    unit: str
    code: str
    title: str
    records: int | None
    url: str

    @classmethod
    def of(cls, level: ArchiveLevel, counted: bool = False) -> Level:
        records = level.records if counted else None
        return cls(
            id=level.id, kind=level.kind, unit=level.unit, code=level.code, title=level.title, records=records,
            url=f"{BASE}/levels/{level.id}",
        )  # fmt: skip


class Levels(msgspec.Struct):
    """`way` leads from the repository down to the level asked for; `levels` are those right below it."""

    way: list[Level]
    levels: list[Level]


class Entries(msgspec.Struct):
    entries: list[Entry]
    next: str | None


class Linked(msgspec.Struct):
    """Another record that belongs with one: `kind` is version, translation or near-duplicate; `score` is 0 to 1."""

    kind: str
    score: float
    record: Entry


class Related(msgspec.Struct, kw_only=True):
    """What stands beside a record: by date, in its file, other versions, where it lies, and how to cite it."""

    before: Entry | None
    after: Entry | None
    file_before: Entry | None
    file_after: Entry | None
    links: list[Linked]
    place: list[Level]
    citations: dict[str, str]
    csl: dict[str, Any]


class Said(Value, kw_only=True):
    """A value with the `record` that says it: its spans count in the text of that one."""

    record: str


class Verdict(msgspec.Struct, kw_only=True):
    """What an editor thinks of a finding: `verdict` is accepted, explained or dismissed."""

    verdict: str
    why: str
    who: str
    at: str


class FindingShown(msgspec.Struct, kw_only=True):
    """What does not fit, with the words of both its sides, and the record that it is shown at. `name` stays when a
    record is read anew; `of` is `record` where that one shows it alone, `archive` where several do."""

    name: str
    finding: str
    of: str
    severity: str
    message: str
    evidence: list[Said]
    record: Entry
    verdict: Verdict | None


class Findings(msgspec.Struct):
    """`facets` says how many there are of each kind, severity, verdict, year and station, each under the filters of the
    others; `counts` those of each kind."""

    counts: dict[str, int]
    facets: dict[str, dict[str, int]]
    findings: list[FindingShown]
    next: str | None


class Named(msgspec.Struct):
    """A name as documents have it, and how many records name it."""

    name: str
    records: int
    url: str


class Names(msgspec.Struct):
    names: list[Named]
    next: str | None


class Form(msgspec.Struct):
    """A form of name; `start` and `end` (EDTF) say when it was in use."""

    text: str
    start: str | None
    end: str | None
    note: str


class Candidate(msgspec.Struct, kw_only=True):
    """Whom a name may mean: `score` is 0 to 1, `covers` are the cover names used; `at` is latitude and longitude."""

    authority: str
    kind: str
    heading: str
    score: float
    reasons: list[str]
    born: str | None
    died: str | None
    forms: list[Form]
    covers: list[Form]
    identifiers: dict[str, str]
    at: tuple[float, float] | None


class Role(msgspec.Struct, kw_only=True):
    """Records in which a name has a role: `query` finds them, `years` counts them."""

    role: str
    query: str
    total: int
    years: dict[str, int]
    partners: list[Tally]


class Name(msgspec.Struct, kw_only=True):
    """What is known and held of a name."""

    name: str
    kind: str
    spellings: list[str]
    candidates: list[Candidate]
    roles: list[Role]


class Calendar(msgspec.Struct):
    """Date → number of records that can be of it: a record dated only 1950-09 counts on each day of that month."""

    of: str
    counts: dict[str, int]


class Change(msgspec.Struct):
    """A record that is new or changed. `seq` only grows."""

    seq: int
    id: str
    revision: int
    url: str


class Changes(msgspec.Struct):
    """`complete` where this page is the last: then `next` is what to ask with another day."""

    changes: list[Change]
    next: str
    complete: bool


class Start(msgspec.Struct):
    """Where everything is."""

    name: str
    records: int
    contract: str
    openapi: str
    addresses: dict[str, str]
