"""The tool `follow_thread`: the exchange that a record belongs to."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.archive.threads import thread_of
from mabillon.connect import Held, Judgement, Mentioned, Named, Resolution, Thread
from mabillon.record import Record
from mabillon.web.api.answers import Refusal
from mabillon.web.api.records import NO_RECORD
from mabillon.web.mcp.counter import Counter
from mabillon.web.mcp.reading import RecordAsked
from mabillon.web.mcp.shapes import Brief, Quote, brief_of, quotes_of, shortened, text_of


class AskThread(msgspec.Struct, forbid_unknown_fields=True):
    record: RecordAsked
    start: Annotated[int, Meta(ge=0, description="How many documents to pass over; `next` of the page before.")] = 0
    limit: Annotated[int, Meta(ge=1, le=50, description="How many documents at the most.")] = 25


class Meant(msgspec.Struct, kw_only=True):
    """A document that a reference means, or may mean: `score` is 0 to 1, `reasons` say why."""

    id: str
    address: str
    score: float
    reasons: list[str]


class Naming(msgspec.Struct, kw_only=True):
    """Words of the document `by` that name another one. `means` are what they were found to mean (with its other
    versions); empty where that is not held, or where several fit alike: these are `open`."""

    by: str
    address: str
    words: str
    quotes: list[Quote]
    direction: str
    means: list[Meant]
    open: list[Meant]


class Document(msgspec.Struct, kw_only=True):
    """A document of the exchange. `record` is null for one that is only named and not held: `named_by` then quotes what
    is known of it. `names` are the documents that this one names."""

    date: str | None
    number: str | None
    sender: str
    recipient: str
    record: Brief | None
    names: list[Naming]
    named_by: list[Naming]


class ThreadAnswer(msgspec.Struct, kw_only=True):
    """The exchange in order of date; `held` and `missing` count all of it, `next` is where the next page starts."""

    documents: list[Document]
    held: int
    missing: int
    next: int | None


def follow(counter: Counter, asked: AskThread) -> ThreadAnswer:
    found = thread_of(counter.desk.archive, counter.record(asked.record).id, counter.desk.reader)
    if found is None:  # closed since it was asked for
        raise Refusal(404, NO_RECORD)
    end = asked.start + asked.limit
    ordered = found.in_order()
    shown = _Showing(counter, found)
    return ThreadAnswer(
        documents=[document for one in ordered[asked.start : end] if (document := shown.document(one)) is not None],
        held=len(found.held), missing=len(found.missing), next=end if end < len(ordered) else None,
    )  # fmt: skip


class _Showing:
    """Shows the documents of one exchange."""

    def __init__(self, counter: Counter, found: Thread) -> None:
        self.counter, self.found = counter, found
        self.records: dict[str, Record | None] = {}

    def document(self, one: Held | Mentioned) -> Document | None:
        """Return a document as it is shown; None where it was closed meanwhile."""
        if isinstance(one, Mentioned):
            by = [self._naming(Resolution(named)) for named in one.said]
            return Document(
                date=one.date or (str(one.year) if one.year else None), number=one.number, sender=one.sender.label,
                recipient=one.recipient.label, record=None, names=[], named_by=by,
            )  # fmt: skip
        record = self._record(one.id)
        if record is None:
            return None
        links = [self._naming(link) for link in self.found.links if link.named.holder == one.id]
        return Document(
            date=one.date, number=next((shown for _, shown in one.numbers), None), sender=one.sender.label,
            recipient=one.recipient.label, record=brief_of(record, self.counter.publisher), names=links, named_by=[],
        )  # fmt: skip

    def _naming(self, link: Resolution) -> Naming:
        named = link.named
        return Naming(
            by=named.holder, address=self.counter.publisher.record(named.holder), words=shortened(named.wording),
            quotes=self._quotes(named), direction=named.direction, means=list(map(self._meant, link.links)),
            open=list(map(self._meant, link.open)),
        )  # fmt: skip

    def _meant(self, judged: Judgement) -> Meant:
        address = self.counter.publisher.record(judged.held.id)
        return Meant(id=judged.held.id, address=address, score=judged.score, reasons=list(judged.reasons))

    def _quotes(self, named: Named) -> list[Quote]:
        record = self._record(named.holder)
        if record is None or named.ordinal >= len(record.references):
            return []
        return quotes_of(text_of(record), record.references[named.ordinal].evidence())

    def _record(self, id: str) -> Record | None:
        if id not in self.records:
            self.records[id] = self.counter.desk.record(id)
        return self.records[id]
