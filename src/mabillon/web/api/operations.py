"""All that the API can be asked, in one table."""

from __future__ import annotations

from mabillon.record import Record
from mabillon.web.api import calendar, changes, export, findings, knew, levels, names, records, search, series
from mabillon.web.api.names import LISTS, NO_NAME
from mabillon.web.api.operation import Nothing, Operation
from mabillon.web.api.series_shapes import Counters, Routes, Stations, Way
from mabillon.web.api.shapes import (
    Calendar,
    Changes,
    Entries,
    Findings,
    FindingShown,
    Found,
    Levels,
    Name,
    Names,
    Records,
    Related,
)

FILES = tuple(dict.fromkeys(format.media_type.partition(";")[0] for format in export.FORMATS.values()))


def _named() -> list[Operation]:
    found = []
    for kind, which in LISTS.items():
        title = which.capitalize()
        found += [
            Operation(f"/{which}", f"list{title}", f"{title} as documents name them, by letter.", names.AskNames,
                      Names, names.lister(kind)),
            Operation(f"/{which}/{{name:path}}", f"get{title}", f"What is known and held of one of the {which}.",
                      names.AskName, Name, names.teller(kind), NO_NAME),
        ]  # fmt: skip
    return found


OPERATIONS: tuple[Operation, ...] = (
    Operation("/records", "listRecords", "Whole records, by identifier.", records.AskRecords, Records,
              records.list_records),
    Operation("/records/{id}", "getRecord", "A record, exactly as the public contract has it.", records.AskRecord,
              Record, records.get_record, records.NO_RECORD),
    Operation("/records/{id}/related", "getRelated", "What stands beside a record, and how to cite it.",
              records.AskRecord, Related, records.get_related, records.NO_RECORD),
    Operation("/records/{id}/original", "getOriginal", "The bytes that a record was read from.", records.AskRecord,
              ("application/octet-stream",), records.get_original, records.NO_RECORD),
    Operation("/records/{id}/spread", "getSpread", "How a document spread, hop by hop.", knew.AskSpread, knew.Spread,
              knew.get_spread, records.NO_RECORD),
    Operation("/knew", "getKnew", "What had reached a person by a moment.", knew.AskKnew, knew.Knew, knew.get_knew),
    Operation("/knew/first", "getFirst", "Who knew first of what a search finds.", knew.AskFirst, knew.First,
              knew.get_first),
    Operation("/search", "search", "A search, with facets.", search.AskSearch, Found, search.find),
    Operation("/findings", "listFindings", "Where documents contradict themselves or one another, with both sides.",
              findings.AskFindings, Findings, findings.list_findings),
    Operation("/findings/{name}", "getFinding", "One finding, with both sides and its verdict.", findings.AskFinding,
              FindingShown, findings.get_finding, findings.NO_FINDING),
    Operation("/levels", "listRepositories", "The repositories.", Nothing, Levels, levels.list_levels),
    Operation("/levels/{id}", "getLevel", "A level of description and those below it.", levels.AskLevel, Levels,
              levels.get_level, levels.NO_LEVEL),
    Operation("/levels/{id}/records", "listLevel", "The records that lie in a level, as their leaves lie.",
              levels.AskContent, Entries, levels.list_content, levels.NO_LEVEL),
    *_named(),
    Operation("/series", "listStations", "Stations whose numbers are series, and what they lack.", Nothing, Stations,
              series.list_stations),
    Operation("/series/{station:path}", "getSeries", "What the counters of a station gave, lack, date and contradict.",
              series.AskStation, Counters, series.get_station, series.NO_STATION),
    Operation("/transit", "listRoutes", "Routes on which messages were timed.", Nothing, Routes, series.list_routes),
    Operation("/transit/route", "getRoute", "How long messages took from a station to another, and by whose clock.",
              series.AskRoute, Way, series.get_route, series.NO_ROUTE),
    Operation("/calendar", "countDays", "Records by year, month or day.", calendar.AskCalendar, Calendar,
              calendar.count_days),
    Operation("/changes", "listChanges", "What is new since `since`.", changes.AskChanges, Changes,
              changes.list_changes),
    Operation("/export.{format}", "export", "The whole archive, or a search, streamed.", export.AskExport, FILES,
              export.export, "There is no such format."),
)  # fmt: skip
"""Order matters to nobody: no two paths answer the same address."""
