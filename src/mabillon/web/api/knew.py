"""Who knew what, when: what is proved and what is presumed are apart in every answer, each with the words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.archive import knew as asking
from mabillon.archive.knew import COUNTED, Listed, Place, Question, Reached
from mabillon.errors import QueryError
from mabillon.text import Span
from mabillon.web.api.answers import Refusal
from mabillon.web.api.desk import Desk
from mabillon.web.api.records import NO_RECORD
from mabillon.web.api.shapes import Entry, Limit, RecordId

_PLACE = re.compile(r"(-?\d{1,15})\.(\d{1,18})")
Moment = Annotated[
    str, Meta(max_length=60, description="Up to when, EDTF: 1950-10-01T06:00; a day means its end; empty for ever.")
]
ClockText = Annotated[
    str, Meta(max_length=60, description="Whose clock that is: a city, or an offset such as +03:00; else Greenwich.")
]
Behind = Annotated[str, Meta(max_length=60, description="`next` of that list on the page before.")]


class AskKnew(msgspec.Struct, forbid_unknown_fields=True):
    who: Annotated[
        str, Meta(max_length=300, pattern=r"\S", description="A name in any spelling, an office, or an authority's id.")
    ]
    at: Moment = ""
    clock: ClockText = ""
    about: Annotated[str, Meta(max_length=2000, description="Only what this search finds.")] = ""
    limit: Limit = 50
    proved: Behind = ""
    presumed: Behind = ""


class AskFirst(msgspec.Struct, forbid_unknown_fields=True):
    about: Annotated[str, Meta(max_length=2000, pattern=r"\S", description="A search.")]
    at: Moment = ""
    clock: ClockText = ""
    limit: Limit = 50


class AskSpread(msgspec.Struct, forbid_unknown_fields=True):
    id: RecordId


class Words(msgspec.Struct):
    """Words that say so; `spans` count in the text of the record that says so."""

    text: str
    spans: tuple[Span, ...]


class Claim(msgspec.Struct, kw_only=True):
    """That a document was known to somebody. `said_by` is the record whose words these are, null where it is the
    document itself. `at` is the instant (UTC) from which on it is certain, or (if not `proved`) possible; `since` the
    earliest that its words can mean; `time` and `zone` as stated; `doubts` say why it is not proved."""

    record: Entry
    said_by: Entry | None
    way: str
    name: str
    person: str
    proved: bool
    at: str | None
    since: str | None
    time: str | None
    zone: str | None
    words: list[Words]
    doubts: list[str]


class Claims(msgspec.Struct, kw_only=True):
    """`total` counts documents; null where there are more than 1,000 or the search was too wide to count."""

    total: int | None
    claims: list[Claim]
    next: str | None


class Person(msgspec.Struct, kw_only=True):
    """Who is meant: `authority` is null where none is known; `sure` whether that is certain; `offices` at the moment;
    `others`: whom else the name may mean."""

    name: str
    heading: str
    authority: str | None
    sure: bool
    reasons: list[str]
    offices: list[str]
    others: dict[str, str]


class Knew(msgspec.Struct, kw_only=True):
    """What had reached a person by a moment (`at`, UTC)."""

    person: Person
    at: str | None
    about: str
    proved: Claims
    presumed: Claims


class First(msgspec.Struct, kw_only=True):
    """Who knew first of what a search finds, then who next. `whole` is false where others knew later."""

    about: str
    documents: int
    whole: bool
    proved: list[Claim]
    presumed: list[Claim]


class Hop(msgspec.Struct):
    """One hop: `hop` is written, delivered, copied or named (by other documents)."""

    hop: str
    claims: list[Claim]


class Spread(msgspec.Struct):
    """How a document spread."""

    record: Entry
    hops: list[Hop]


def get_knew(desk: Desk, asked: AskKnew) -> Knew:
    question = Question(asked.who, asked.at, asked.clock, asked.about)
    behind = [_place(getattr(asked, name), name) for name in ("proved", "presumed")]
    try:
        found = asking.knew(desk.finder, question, desk.reader, asked.limit, *behind)
    except QueryError as error:
        raise Refusal(422, str(error)) from error
    meant = found.whom
    offices = [f"{held.tenure.office}, {held.tenure.state}" for held in meant.offices]
    person = Person(
        name=meant.name, heading=meant.heading, authority=meant.authority, sure=meant.sure,
        reasons=list(meant.reasons), offices=offices, others=dict(meant.others),
    )  # fmt: skip
    return Knew(
        person=person, at=_instant(found.at), about=found.about, proved=_claims(found.proved),
        presumed=_claims(found.presumed),
    )  # fmt: skip


def get_first(desk: Desk, asked: AskFirst) -> First:
    try:
        found = asking.first_to_know(desk.finder, asked.about, desk.reader, asked.limit, asked.at, asked.clock)
    except QueryError as error:
        raise Refusal(422, str(error)) from error
    return First(
        about=found.about, documents=found.documents, whole=found.whole, proved=list(map(_claim, found.proved)),
        presumed=list(map(_claim, found.presumed)),
    )  # fmt: skip


def get_spread(desk: Desk, asked: AskSpread) -> Spread:
    found = asking.spread(desk.archive, asked.id, desk.reader)
    if found is None:
        raise Refusal(404, NO_RECORD)
    return Spread(Entry.of_row(found.entry), [Hop(hop, list(map(_claim, steps))) for hop, steps in found.hops])


def _claims(listed: Listed) -> Claims:
    instant, id = listed.items[-1].place if listed.items else (0, 0)
    counted = listed.total is not None and listed.total <= COUNTED
    return Claims(
        total=listed.total if counted else None, claims=list(map(_claim, listed.items)),
        next=f"{instant}.{id}" if listed.more else None,
    )  # fmt: skip


def _claim(item: Reached) -> Claim:
    return Claim(
        record=Entry.of_row(item.entry), said_by=Entry.of_row(item.by) if item.by else None, way=item.way,
        name=item.name, person=item.person, proved=item.proved, at=_instant(item.at), since=_instant(item.since),
        time=item.time, zone=item.zone, words=[Words(said.text, said.spans) for said in item.words],
        doubts=list(item.doubts),
    )  # fmt: skip


def _instant(at: dt.datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%MZ") if at is not None else None


def _place(written: str, name: str) -> Place | None:
    if not written:
        return None
    found = _PLACE.fullmatch(written)
    if found is None:
        raise Refusal(422, f"{written} is no cursor", name)
    return int(found[1]), int(found[2])
