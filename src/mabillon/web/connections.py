"""What a record is connected with: what it answers and names, what answers it, its other versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mabillon.errors import ArchiveError, QueryError
from mabillon.record import Record
from mabillon.web.anatomy import query
from mabillon.web.holdings import Beside, Entry, EntryView, Holdings, entry_view
from mabillon.web.language import Language

YEAR = 365
MOST = 8
"""Connections of one kind that are shown, and references that are looked up."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One kind of connection: `name` is a key of the locale; where nothing is held, `said` is what the record says."""

    name: str
    entries: Sequence[EntryView]
    said: str = ""


def connections(record: Record, beside: Beside, holdings: Holdings, language: Language) -> list[Connection]:
    """Return what is held of what the record refers to, then what refers to it, then its versions."""
    found = list(_references(record, holdings, language))
    answering = _answering(record, holdings)
    if answering:
        found.append(Connection("record.named-by", [entry_view(entry, language) for entry in answering]))
    for kind in dict.fromkeys(kind for kind, _ in beside.versions):
        entries = [entry_view(entry, language) for other, entry in beside.versions if other == kind]
        found.append(Connection(f"link.{kind}", entries))
    return found


def _references(record: Record, holdings: Holdings, language: Language) -> Iterable[Connection]:
    for reference in record.references[:MOST]:
        if reference.number is None:
            continue
        when = str(reference.date.value)[:10] if reference.date else _around(record, before=YEAR)
        parts = [query("number", reference.number.value), f"date:{when}" if when else ""]
        held = [entry for entry in look_up(holdings, " ".join(parts).strip(), 3) if entry.id != record.id]
        yield Connection(
            f"direction.{reference.direction}",
            [entry_view(entry, language) for entry in held],
            said=str(reference.number.value),
        )


def _answering(record: Record, holdings: Holdings) -> list[Entry]:
    """Return the records that refer to a number of this one and can mean it: written within a year from its day."""
    numbers = [number for number in record.numbers if number.kind in ("message", "sender")][:3]
    when = _around(record, after=YEAR)
    if not numbers or not when:
        return []
    words = " OR ".join(query("cites", number.value) for number in numbers)
    found = look_up(holdings, f"({words}) date:{when}", MOST, sort="date")
    return [entry for entry in found if entry.id != record.id]


def _around(record: Record, before: int = 0, after: int = 0) -> str:
    """Return the days around a record's own as a search has them, "" where its day is not known: the same number is
    given anew each year."""
    try:
        day = dt.date.fromisoformat(str(record.date.value) if record.date else "")
        return f"{day - dt.timedelta(days=before)}..{day + dt.timedelta(days=after)}"
    except (ValueError, OverflowError):
        return ""


def look_up(holdings: Holdings, words: str, limit: int, sort: str = "relevance") -> Sequence[Entry]:
    """Return a few records, none where they cannot be looked for: a page is worth showing without them."""
    try:
        return holdings.search(words, sort, limit, facets=False).entries
    except (ArchiveError, QueryError):
        return ()
