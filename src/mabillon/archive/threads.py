"""The exchange that a record belongs to, followed from record to record through the archive's own indexes.

Nothing is computed beforehand, so an exchange is never out of date, and a reader's exchange holds only what he may see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.referring import LATER, days_as_numbers
from mabillon.connect import Graph, Held, Named, Thread, traits_of
from mabillon.connect.judging import SLACK
from mabillon.connect.stations import with_station
from mabillon.connect.threads import thread_of as exchange_of
from mabillon.store import naming
from mabillon.store.bulk import chunks

MOST = 400
"""Documents of one exchange that are followed, and records that are compared for one reference."""


def thread_of(archive: Archive, id: str, reader: Reader = PUBLIC) -> Thread | None:
    """Return the exchange of the record `id`; None if there is no such record for this reader."""
    graph = Graph()
    record = archive.record(id, reader)  # which may be an enclosure
    if record is None:
        return None
    graph.add(traits_of(record))
    _add(graph, archive, sorted(_candidates(archive, graph.named_by(id), reader)), reader)
    followed: set[str] = set()
    while True:
        thread = exchange_of(graph, id)
        ahead = [held for held in thread.held if held.id not in followed]
        if not ahead or len(followed) >= MOST:
            return thread
        for held in ahead:
            followed.add(held.id)
            _enter(graph, archive, _around(graph, archive, held, reader), reader)


def bearing(archive: Archive, number: str, reader: Reader = PUBLIC) -> list[str]:
    """Return the ids of the records that bear the number `number`, at most 20."""
    with archive.store.reading() as connection:
        return naming.bearing_number(connection, [number.strip()], reader.condition(), 20)


def _enter(graph: Graph, archive: Archive, ids: Iterable[str], reader: Reader) -> None:
    """Enter records, then whatever their references could mean: only then can these be told apart."""
    new = [id for id in dict.fromkeys(ids) if id not in graph]
    _add(graph, archive, new, reader)
    named = [one for id in new if id in graph for one in graph.named_by(id)]
    _add(graph, archive, sorted(_candidates(archive, named, reader)), reader)


def _add(graph: Graph, archive: Archive, ids: Iterable[str], reader: Reader) -> None:
    """Add the records of these ids that are not there yet, many at a time."""
    for some in chunks(id for id in ids if id not in graph):
        for record in archive.records_named(some, reader):
            graph.add(traits_of(record))


def _around(graph: Graph, archive: Archive, held: Held, reader: Reader) -> list[str]:
    """Return the ids of the records that `held` could mean, and of those that could mean it."""
    return [*_candidates(archive, graph.named_by(held.id), reader), *_naming(archive, held, reader)]


def _candidates(archive: Archive, named: Iterable[Named], reader: Reader) -> set[str]:
    found: set[str] = set()
    with archive.store.reading() as connection:
        for one in named:
            if one.number is not None:
                forms = {one.number, one.shown or one.number, *with_station(one.number, one.sender.stations)}
                found.update(naming.bearing_number(connection, forms, reader.condition(), MOST))
            elif one.days is not None and one.days[1] - one.days[0] < 31:
                first, last = days_as_numbers(one.days, SLACK, SLACK)
                found.update(naming.of_days(connection, first, last, reader.condition(), MOST))
    return found


def _naming(archive: Archive, held: Held, reader: Reader) -> list[str]:
    forms = {form for key, shown in held.numbers for form in (key, shown, *with_station(key, held.sender.stations))}
    with archive.store.reading() as connection:
        found = naming.naming_number(connection, forms, reader.condition(), MOST)
        if held.days is not None and held.days[1] - held.days[0] <= SLACK:
            days = range(held.days[0] - SLACK, held.days[1] + SLACK + 1)
            dates = [dt.date.fromordinal(day).isoformat() for day in days]
            first, last = days_as_numbers(held.days, SLACK, LATER)
            found += naming.naming_date(connection, dates, first, last, reader.condition(), MOST)
    return found
