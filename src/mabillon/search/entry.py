"""A record as the index takes it: which words, names, numbers and days it answers to, and who may find it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from mabillon.dates.edtf import day_number
from mabillon.evidence import Agent, Citation, Value
from mabillon.record import Catalogue, Record
from mabillon.search.analysis import fold, lowered, prepare, stem_field, stemmed
from mabillon.search.numbers import leading_number, number_forms
from mabillon.search.schema import ANY, FACET_FIELDS
from mabillon.search.sorting import date_key, latest_key, number_key, tie_key

PUBLIC = frozenset({"public"})
ACCESS_SEPARATOR = "\x1f"
LONGEST_VALUE = 500
"""Letters of a name or other value that a facet keeps."""

_GAP = re.compile(r"(?:[^\w.]|_)+")
_MOST_YEARS = 100
"""Years that a date may cover and still count in the facet of years."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to be indexed.

    record: as everybody who may find it may read it (blackened passages are not in the index)
    access: tokens of which a reader must hold at least one
    levels: reference codes of the fonds, series and file that it lies in, widest first
    """

    record: Record
    access: frozenset[str] = PUBLIC
    levels: tuple[str, ...] = ()


def entry_of(item: Record | Entry) -> Entry:
    return item if isinstance(item, Entry) else Entry(item)


def document(entry: Entry) -> dict[str, Any]:
    """Return what the index keeps of `entry`: field → value or list of values."""
    record = entry.record
    text = lowered("\n\n".join(passages(record)))
    title = lowered(_value(record.title) or "")
    field = stem_field(_value(record.language))
    fields: dict[str, Any] = {
        "id": record.id,
        "access": ACCESS_SEPARATOR.join(sorted(entry.access)),
        "words": fold(text),
        field: stemmed(field, text),
        "title": fold(title),
        "title_stem": stemmed("stem", title),
        "tie": tie_key(record.id),
    }
    fields |= _agents(record) | _values(record, entry.levels) | _numbers(record) | _dates(record)
    fields["facets"] = msgspec.json.encode([_listed(fields.get(field)) for field in FACET_FIELDS.values()])
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def passages(record: Record) -> list[str]:
    """Return all words of a record that a search finds: title, body, and the wordings that stand outside the body."""
    source = record.source.text if record.source and record.source.text else ""
    spans = [(max(0, start), end) for start, end in record.body.spans] if record.body else [(0, len(source))]
    found = [_value(record.title) or "", *(source[start:end] for start, end in spans)]
    for value in _said(record):
        if not _inside(value, spans):
            found.append(value.text or str(value.value))
    for enclosure in record.enclosures:
        found += [source[start:end] for start, end in (enclosure.body.spans if enclosure.body else [])]
        found += [value.text or str(value.value) for value in (enclosure.title, *enclosure.senders) if value]
    return list(dict.fromkeys(passage for passage in found if passage))


def _said(record: Record) -> Iterator[Value]:
    """Yield the values of a record whose words a reader may search for."""
    for agent in (*record.senders, *record.recipients, *record.signatories):
        yield agent
        yield from (part for part in (agent.role, agent.place, agent.org) if part)
    for event in record.events:
        yield from (part for part in (event.place, event.agent, event.org) if part)
    yield from (word for word in (record.precedence, record.classification) if word)
    yield from record.handling
    yield from record.numbers
    yield from record.marks
    yield from record.mentions
    yield from (copy.recipient for copy in (record.copies.entries if record.copies else ()) if copy.recipient)
    yield from (reference.number for reference in record.references if reference.number)
    if record.catalogue:
        yield from _catalogued(record.catalogue)


def _catalogued(catalogue: Catalogue) -> Iterator[Value]:
    yield from (*catalogue.people, *catalogue.places, *catalogue.topics)
    for word in (catalogue.summary, catalogue.citation, catalogue.collection, catalogue.translator, catalogue.sponsor):
        if word is not None:
            yield word


def _inside(value: Value, spans: Iterable[tuple[int, int]]) -> bool:
    return bool(value.spans) and all(any(a <= start and end <= b for a, b in spans) for start, end in value.spans)


def _agents(record: Record) -> dict[str, Any]:
    copies = [copy.recipient for copy in record.copies.entries if copy.recipient] if record.copies else []
    shared = [agent for agent in record.recipients if agent.capacity in ("copy", "info")]
    addressed = [agent for agent in record.recipients if agent.capacity != "exempt"]
    catalogue = record.catalogue
    about = [*record.mentions, *(catalogue.people + catalogue.topics if catalogue else [])]
    return {
        "from_names": _names(record.senders),
        "to_names": _names(addressed),
        "copy_names": _names([*shared, *copies]),
        "signed_names": _names(record.signatories),
        "about_names": _names(about),
        "place_names": [prepare(place) for place in places(record)],
        "sender": _distinct(agent.value for agent in record.senders),
        "recipient": _distinct(agent.value for agent in addressed),
        "copy": _distinct(agent.value for agent in (*shared, *copies)),
        "signatory": _distinct(agent.value for agent in record.signatories),
        "mention": _distinct(value.value for value in about),
        "place": places(record),
    }


def places(record: Record) -> list[str]:
    """Return the places that a record was sent from, to or through, or is about, each once."""
    agents = [*record.senders, *record.recipients, *record.signatories]
    found = [agent.place.value for agent in agents if agent.place]
    found += [event.place.value for event in record.events if event.place]
    found += [mention.value for mention in record.mentions if mention.kind == "place"]
    found += [place.value for place in record.catalogue.places] if record.catalogue else []
    return _distinct(found)


def _names(values: Iterable[Value]) -> list[str]:
    """Return all words that say who it is: each a value of its own, so that no phrase runs from one into the next."""
    said: dict[str, None] = {}
    for value in values:
        for text in (str(value.value), value.text, *_beside(value)):
            if text:
                said[prepare(text)] = None
    return list(said)


def _beside(value: Value) -> Iterator[str]:
    if isinstance(value, Agent):
        yield from (part.value for part in (value.role, value.place, value.org) if part)
        yield from (value.authority,) if value.authority else ()
    for other in value.alternatives or []:
        if isinstance(other, str):
            yield other


def _values(record: Record, levels: tuple[str, ...]) -> dict[str, Any]:
    findings = _distinct(finding.id for finding in record.findings)
    citation = record.catalogue.citation if record.catalogue else None
    collection = _collection(record, citation)
    held = [collection.lower(), slug(collection)] if collection else []
    return {
        "type": _value(record.type),
        "classification": _lower(_value(record.classification)),
        "language": _lower(_value(record.language)),
        "finding": [*findings, ANY] if findings else [],
        "collection": collection,
        "level": _distinct([*(level.lower() for level in levels), *held, *citation_levels(citation)]),
    }


def _collection(record: Record, citation: Citation | None) -> str | None:
    if record.catalogue and record.catalogue.collection:
        return record.catalogue.collection.value[:LONGEST_VALUE]
    parts = list((citation.parts or {}).items())[:2] if citation else []
    return ", ".join(value if kind == "repository" else f"{kind} {value}" for kind, value in parts)[:LONGEST_VALUE]


def citation_levels(citation: Citation | None) -> list[str]:
    """Return the levels of a citation as `in:` asks for them: `fonds-45`, `aprf/fonds-45`, `aprf/fonds-45/opis-1`."""
    if citation is None:
        return []
    steps = [
        slug(value) if kind == "repository" else f"{slug(kind)}-{slug(value)}"
        for kind, value in (citation.parts or {}).items()
    ]
    return [*steps, *("/".join(steps[:count]) for count in range(2, len(steps) + 1))]


def slug(text: str) -> str:
    """Return `text` lower case with a hyphen for each run of other signs than letters, digits and dots."""
    return _GAP.sub("-", text.lower()).strip("-")


def _numbers(record: Record) -> dict[str, Any]:
    order = {"message": 0, "sender": 1, "incoming": 2}
    first = min(record.numbers, key=lambda number: order.get(number.kind, 3), default=None)
    return {
        "number": _distinct(form for number in record.numbers for form in number_forms(number.value)),
        "cites": _distinct(
            form for reference in record.references if reference.number for form in number_forms(reference.number.value)
        ),
        "by_number": number_key(leading_number(first.value) if first else None, record.id),
    }


def _dates(record: Record) -> dict[str, Any]:
    days = _days(_value(record.date))
    if days is None:
        return {"by_date": date_key(None, record.id), "by_latest": latest_key(None, record.id)}
    first, last = days
    low, high = first // 10000, last // 10000
    return {
        "first_day": first,
        "last_day": last,
        "year": list(range(low, high + 1)) if high - low < _MOST_YEARS else [],
        "precision": _precision(first, last),
        "by_date": date_key(days, record.id),
        "by_latest": latest_key(days, record.id),
    }


def _days(edtf: str | None) -> tuple[int, int] | None:
    try:
        return day_number(edtf) if edtf else None
    except ValueError:
        return None


def _precision(first: int, last: int) -> str:
    if first == last:
        return "day"
    if first // 100 == last // 100:
        return "month"
    return "year" if first // 10000 == last // 10000 else "years"


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value[:LONGEST_VALUE] for value in values if value))


def _value(word: Value | None) -> str | None:
    return None if word is None else str(word.value)


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()
