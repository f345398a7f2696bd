"""What the tools answer with: every document with its address, every statement with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from mabillon.evidence import Value
from mabillon.publish.address import Publisher
from mabillon.record import Record
from mabillon.text import Span
from mabillon.web.api.shapes import Entry

LONGEST_QUOTE, LONGEST_TITLE = 600, 300
"""Characters of one quotation, and of a title, after which it is cut."""


class Quote(msgspec.Struct, kw_only=True):
    """Words of a document. `span` is `[start, end)` in the text of the record that they are quoted from, null where the
    text is not kept; `words` are cut behind 600 characters, the span is not."""

    words: str
    span: Span | None


class Brief(msgspec.Struct, kw_only=True):
    """A document in short. `address` names it in every citation: its page, or a URN where the archive has no site.
    `date` is EDTF; `sender` and `recipient` are the first of each; `findings` counts where it contradicts itself."""

    id: str
    address: str
    title: str | None
    type: str | None
    date: str | None
    number: str | None
    sender: str | None
    recipient: str | None
    findings: int


class Statement(msgspec.Struct, kw_only=True):
    """What a record says of itself: `field` as in the record (`senders[0].place`), `confidence` 0 to 1. Without quotes
    it was inferred: then `reason` says from what."""

    field: str
    value: Any
    confidence: float
    reason: str | None
    quotes: list[Quote]


class Contradiction(msgspec.Struct, kw_only=True):
    """What does not fit within one document, with the words of both sides."""

    finding: str
    severity: str
    message: str
    quotes: list[Quote]


def brief(entry: Entry, publisher: Publisher) -> Brief:
    title = entry.title if entry.title is None else shortened(entry.title, LONGEST_TITLE)
    return Brief(
        id=entry.id, address=publisher.record(entry.id), title=title, type=entry.type, date=entry.date,
        number=entry.number, sender=entry.sender, recipient=entry.recipient, findings=entry.findings,
    )  # fmt: skip


def brief_of(record: Record, publisher: Publisher) -> Brief:
    return brief(Entry.of_record(record), publisher)


def shortened(words: str, most: int = LONGEST_QUOTE) -> str:
    return words if len(words) <= most else words[: most - 2] + " …"


def text_of(record: Record) -> str | None:
    return record.source.text if record.source else None


def quote(text: str | None, span: Span) -> Quote | None:
    """Return the words of a passage; None where there is no text or no word there."""
    words = text[span[0] : span[1]] if text is not None else ""
    return Quote(words=shortened(words), span=(span[0], span[1])) if words.strip() else None


def quotes_of(text: str | None, values: Iterable[Value]) -> list[Quote]:
    """Return the words that say these values, each once, in the order of the values; those that each keeps, where the
    text is not at hand."""
    found: dict[tuple[str, Span | None], Quote] = {}
    for value in values:
        said = [one for span in value.spans if (one := quote(text, span)) is not None]
        if text is None and value.text:
            said = [Quote(words=shortened(value.text), span=None)]
        found.update({(one.words, one.span): one for one in said})
    return list(found.values())


def values_in(node: Any, path: str = "") -> Iterator[tuple[str, Value]]:
    """Yield the values of a record, each with the field that holds it. Findings are no values. The words of
    an enclosure stand in the text of its cover, and so its values are among the cover's."""
    if isinstance(node, Value):
        yield path, node
    if isinstance(node, list | tuple):
        for place, item in enumerate(node):
            yield from values_in(item, f"{path}[{place}]")
    elif isinstance(node, msgspec.Struct):
        for field in msgspec.structs.fields(node):
            if field.name not in ("value", "spans", "alternatives", "findings", "source"):
                below = f"{path}.{field.encode_name}" if path else field.encode_name
                yield from values_in(getattr(node, field.name), below)


def statement(field: str, value: Value, text: str | None) -> Statement:
    said = shortened(value.value) if isinstance(value.value, str) else value.value
    return Statement(
        field=field, value=said, confidence=value.confidence, reason=value.reason, quotes=quotes_of(text, [value])
    )
