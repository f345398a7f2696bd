"""The tools on who knew what, when: of a person, of a search, of a document."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.web.api import knew as api
from mabillon.web.api.knew import Person, Words
from mabillon.web.mcp.counter import Counter
from mabillon.web.mcp.reading import RecordAsked
from mabillon.web.mcp.shapes import Brief, brief, shortened

Few = Annotated[int, Meta(ge=1, le=50, description="How many of each list at the most.")]


class AskKnew(api.AskKnew, forbid_unknown_fields=True):
    limit: Few = 15


class AskFirst(api.AskFirst, forbid_unknown_fields=True):
    limit: Few = 15


class AskSpread(msgspec.Struct, forbid_unknown_fields=True):
    record: RecordAsked


class Known(msgspec.Struct, kw_only=True):
    """That a document was known to somebody. `said_by` is the record whose words these are, null where it is the
    document itself. `at` is the instant (UTC) from which on it is certain, or (if not `proved`) possible; `since` the
    earliest that its words can mean; `time` and `zone` as stated; `doubts` say why it is not proved."""

    record: Brief
    said_by: Brief | None
    way: str
    name: str
    person: str
    proved: bool
    at: str | None
    since: str | None
    time: str | None
    zone: str | None
    quotes: list[Words]
    doubts: list[str]


class KnownList(msgspec.Struct, kw_only=True):
    """`total` counts documents, null where there are too many; `next` is the cursor of the list's next page."""

    total: int | None
    claims: list[Known]
    next: str | None


class KnewAnswer(msgspec.Struct, kw_only=True):
    """What had reached a person by a moment (`at`, UTC). What is presumed is possible and not proved."""

    person: Person
    at: str | None
    about: str
    proved: KnownList
    presumed: KnownList


class FirstAnswer(msgspec.Struct, kw_only=True):
    """Who knew first of what a search finds, then who next. `whole` is false where others knew later."""

    about: str
    documents: int
    whole: bool
    proved: list[Known]
    presumed: list[Known]


class Hop(msgspec.Struct, kw_only=True):
    """`hop` is written, delivered, copied or named (by others); `left_out` counts claims beyond the first 50."""

    hop: str
    claims: list[Known]
    left_out: int


class SpreadAnswer(msgspec.Struct, kw_only=True):
    """How a document spread, hop by hop."""

    record: Brief
    hops: list[Hop]


MOST_CLAIMS = 50


def knew(counter: Counter, asked: AskKnew) -> KnewAnswer:
    found = api.get_knew(counter.desk, api.AskKnew(**msgspec.structs.asdict(asked)))
    return KnewAnswer(
        person=found.person, at=found.at, about=found.about, proved=_listed(found.proved, counter),
        presumed=_listed(found.presumed, counter),
    )  # fmt: skip


def first(counter: Counter, asked: AskFirst) -> FirstAnswer:
    found = api.get_first(counter.desk, api.AskFirst(**msgspec.structs.asdict(asked)))
    return FirstAnswer(
        about=found.about, documents=found.documents, whole=found.whole, proved=_known(found.proved, counter),
        presumed=_known(found.presumed, counter),
    )  # fmt: skip


def spread(counter: Counter, asked: AskSpread) -> SpreadAnswer:
    found = api.get_spread(counter.desk, api.AskSpread(counter.record(asked.record).id))
    return SpreadAnswer(record=brief(found.record, counter.publisher), hops=[_hop(one, counter) for one in found.hops])


def _hop(hop: api.Hop, counter: Counter) -> Hop:
    left_out = max(0, len(hop.claims) - MOST_CLAIMS)
    return Hop(hop=hop.hop, claims=_known(hop.claims[:MOST_CLAIMS], counter), left_out=left_out)


def _listed(listed: api.Claims, counter: Counter) -> KnownList:
    return KnownList(total=listed.total, claims=_known(listed.claims, counter), next=listed.next)


def _known(claims: list[api.Claim], counter: Counter) -> list[Known]:
    return [
        Known(
            record=brief(one.record, counter.publisher),
            said_by=brief(one.said_by, counter.publisher) if one.said_by else None, way=one.way, name=one.name,
            person=one.person, proved=one.proved, at=one.at, since=one.since, time=one.time, zone=one.zone,
            quotes=[Words(shortened(said.text), said.spans) for said in one.words], doubts=one.doubts,
        )
        for one in claims
    ]  # fmt: skip
