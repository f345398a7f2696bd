"""The order in which the questions are asked: one part in, one record out."""

from __future__ import annotations

from mabillon.parts import Part
from mabillon.reading.catalogue import read_catalogue
from mabillon.reading.context import Context
from mabillon.reading.correspondents import read_recipients, read_senders
from mabillon.reading.dating import read_date
from mabillon.reading.distribution import read_copies
from mabillon.reading.grades import read_channel, read_classification, read_handling, read_precedence
from mabillon.reading.kind import read_kind
from mabillon.reading.language import read_language, read_translated_from
from mabillon.reading.marks import read_marks
from mabillon.reading.mentions import read_mentions
from mabillon.reading.numbers import read_numbers
from mabillon.reading.references import read_references
from mabillon.reading.signatures import read_signatories
from mabillon.reading.titles import read_title
from mabillon.reading.transmission import read_events
from mabillon.record import Body, Record, SourceNote


def read(part: Part, cover: Context | None = None, ordinal: int = 0) -> Record:
    """Return the record of `part`, its enclosures nested. Findings are not drawn here: see `mabillon.checks`."""
    context = Context(part, cover, ordinal)
    kind = read_kind(context)
    events = read_events(context, wired=kind is not None and kind.value in ("telegram", "airgram"))
    signatories = read_signatories(context)
    language = read_language(context)
    body = [(line.start, line.end) for line in context.zone("salutation", "body", "closing")]
    return Record(
        id=part.document.id if cover is None else "",
        source=_source(part) if cover is None else None,
        type=kind,
        title=read_title(context),
        date=read_date(context, events),
        numbers=read_numbers(context),
        senders=read_senders(context, signatories),
        recipients=read_recipients(context),
        signatories=signatories,
        precedence=read_precedence(context),
        classification=read_classification(context),
        handling=read_handling(context),
        channel=read_channel(context),
        language=language,
        translated_from=read_translated_from(context, language),
        events=events,
        copies=read_copies(context),
        marks=read_marks(context),
        references=read_references(context),
        enclosures=[read(enclosure, context, ordinal) for ordinal, enclosure in enumerate(part.enclosures, start=1)],
        mentions=read_mentions(context),
        body=Body(spans=_joined(context.text, body)) if body else None,
        catalogue=read_catalogue(context) if cover is None else None,
    )


def _source(part: Part) -> SourceNote:
    document = part.document
    return SourceNote(
        filename=document.filename,
        media_type=document.media_type,
        sha256=document.sha256,
        text=document.text.value,
        url=document.url,
        part=document.part,
    )


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans with those that only white space parts made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
