"""The tool `search`."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mabillon.record import Record
from mabillon.search import Hit
from mabillon.web.mcp.counter import Counter
from mabillon.web.mcp.shapes import Brief, Quote, brief_of, quote, quotes_of, text_of

MOST_QUOTES = 8


class AskSearch(msgspec.Struct, forbid_unknown_fields=True):
    query: Annotated[
        str,
        Meta(
            max_length=2000,
            description='Words, "a phrase", AND OR NOT, from:Shtykov to:Moscow date:1950-10 number:1351 type:telegram '
            "place:Pyongyang. Names are found in any spelling or script. Empty: all records.",
        ),
    ] = ""
    sort: Annotated[Literal["relevance", "date", "-date", "number"], Meta(description="-date: newest first.")] = (
        "relevance"
    )
    limit: Annotated[int, Meta(ge=1, le=25, description="How many hits at the most.")] = 10
    cursor: Annotated[str, Meta(max_length=500, description="`next` of the page before, with the same query.")] = ""


class FoundRecord(msgspec.Struct, kw_only=True):
    """A hit: `context` is the passage that answers, `quotes` what in it was sought; `because` names the cover names by
    which it was found."""

    record: Brief
    context: Quote | None
    quotes: list[Quote]
    because: list[str]


class SearchAnswer(msgspec.Struct, kw_only=True):
    """`reading` is the query as it was read, `notes` say what was mended in it, `suggestion` what to try where nothing
    was found; `next` is the cursor of the next page."""

    total: int
    reading: str
    notes: list[str]
    suggestion: str | None
    hits: list[FoundRecord]
    next: str | None


def find(counter: Counter, asked: AskSearch) -> SearchAnswer:
    results, records = counter.desk.search(asked.query, asked.sort, asked.limit, asked.cursor or None, ())
    hits = [_hit(counter, hit, records[hit.id]) for hit in results.hits if hit.id in records]
    return SearchAnswer(
        total=results.total, reading=results.reading, notes=list(results.notes), suggestion=results.suggestion,
        hits=hits, next=results.next,
    )  # fmt: skip


def _hit(counter: Counter, hit: Hit, record: Record) -> FoundRecord:
    text = text_of(record)
    sought = [one for span in hit.highlights if (one := quote(text, span)) is not None]
    if not sought and hit.span is None:
        sought = quotes_of(text, [value for value in (record.title, record.date) if value is not None])
    return FoundRecord(
        record=brief_of(record, counter.publisher), context=quote(text, hit.span) if hit.span else None,
        quotes=sought[:MOST_QUOTES], because=list(hit.because),
    )  # fmt: skip
