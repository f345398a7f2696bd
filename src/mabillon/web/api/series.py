"""Series of numbers and times of transit: what many records tell together."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.archive.series import sheets, ways
from mabillon.web.api.answers import Refusal
from mabillon.web.api.desk import Desk
from mabillon.web.api.operation import Nothing
from mabillon.web.api.series_shapes import Counter, Counters, Route, Routes, Station, Stations, Way

StationName = Annotated[str, Meta(min_length=1, max_length=300, description="A station by its key, or by its name.")]
NO_STATION = "No document that is held bears a number of this station."
NO_ROUTE = "No message of this route is timed at both ends."


class AskStation(msgspec.Struct, forbid_unknown_fields=True):
    station: StationName
    year: Annotated[int, Meta(ge=1, le=9999, description="Only the counters of this year.")] | None = None


class AskRoute(msgspec.Struct, forbid_unknown_fields=True):
    origin: StationName
    goal: StationName


def list_stations(desk: Desk, asked: Nothing) -> Stations:
    return Stations([Station.of(one) for one in sheets.stations(desk.archive, desk.reader)])


def get_station(desk: Desk, asked: AskStation) -> Counters:
    key = sheets.station_of(desk.archive, asked.station)
    found = sheets.counters(desk.archive, key, desk.reader, asked.year)
    if not found:
        raise Refusal(404, NO_STATION)
    label = next((one.label for one in sheets.stations(desk.archive, desk.reader) if one.key == key), key)
    return Counters(key, label, [Counter.of(one) for one in found])


def list_routes(desk: Desk, asked: Nothing) -> Routes:
    return Routes([Route.of(one) for one in ways.routes(desk.archive, desk.reader)])


def get_route(desk: Desk, asked: AskRoute) -> Way:
    origin, goal = (sheets.station_of(desk.archive, name) for name in (asked.origin, asked.goal))
    found = ways.way(desk.archive, origin, goal, desk.reader)
    if found is None:
        raise Refusal(404, NO_ROUTE)
    return Way.of(found)
