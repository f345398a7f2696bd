"""Series and transits over HTTP, and that a reader learns nothing from what he may not see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Access, Archive, Reader, ingest
from mabillon.archive.series.following import follow_series
from mabillon.archive.series.sheets import counters, placed_by, stations
from mabillon.archive.series.ways import routes, way
from mabillon.web.api.app import api
from mabillon.web.api.desk import Desk
from mabillon.web.app import mounted
from tests.archive.reader import read_text
from tests.archive.test_series import cable
from tests.archive.test_transits import messages, read_events
from tests.web.api.conftest import check_shape

EDITOR = Reader(everything=True)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Thirty cables, one a day, No. 15 undated; and thirty messages with times."""
    with Archive.create(tmp_path / "archive") as made:
        (tmp_path / "cables.txt").write_text("\f".join(cable(n, None if n == 15 else n) for n in range(1, 31)))
        (tmp_path / "timed.txt").write_text("\f".join(text.replace("No.", "Nr") for text in messages(30)))
        ingest([tmp_path / "cables.txt"], made, read_text)
        ingest([tmp_path / "timed.txt"], made, read_events)
        follow_series(made.store)
        yield made


@pytest.fixture
def asked(archive: Archive) -> Any:
    client = TestClient(mounted(api(Desk(archive))), base_url="http://archive.test")

    def ask(path: str, shape: str = "", **parameters: str | int) -> Any:
        answer = client.get(f"/api/v1{path}", params=parameters)
        if shape:
            assert answer.status_code == 200, answer.text
            check_shape(shape, answer.json())
        return answer.json()

    return ask


def test_stations_and_their_series(asked: Any) -> None:
    [station] = asked("/series", "Stations")["stations"]
    assert (station["label"], station["held"]) == ("Pyongyang", 30)
    found = asked("/series/Pyongyang", "Counters", year=1950)
    [counter] = [one for one in found["counters"] if one["year"]]
    assert [place["number"] for place in counter["undated"]] == [15]
    assert [beside["number"] for beside in counter["undated"][0]["beside"]] == ["14", "16"]
    assert asked("/series/Atlantis")["status"] == 404


def test_routes_and_what_is_measured_on_them(asked: Any) -> None:
    [route] = asked("/transit", "Routes")["routes"]
    assert (route["from"], route["to"], route["messages"]) == ("Pyongyang", "Moscow", 30)
    found = asked("/transit/route", "Way", origin="Pyongyang", goal="Moscow")
    assert found["clock"] == "sender" and sum(found["steps"][0]["bins"]) == 30
    assert asked("/transit/route", origin="Pyongyang", goal="Atlantis")["status"] == 404


def test_a_record_says_where_its_number_places_it(archive: Archive) -> None:
    [undated] = [record for record in archive.records() if record.date is None]
    [(station, state, place)] = placed_by(archive, undated.id)
    assert (station, state, place.number) == ("Pyongyang", "open", 15)
    assert str(place.date.value).startswith("1950-01-1")


def test_what_is_closed_dates_nothing_for_the_public(archive: Archive) -> None:
    """The days of No. 14 and 16 would tell of them: without them No. 15 lies between 13 and 17."""
    ids = {record.numbers[0].value: record.id for record in archive.records() if record.numbers}
    for number in ("14", "16"):
        archive.set_access(ids[number], Access("restricted"), "editor", "closed")
    follow_series(archive.store)
    [public] = [place for one in counters(archive, "pyongyang", year=1950) if one.year for place in one.undated]
    assert [side and side.number for side in (public.below, public.above)] == ["13", "17"]
    [(_, _, alone)] = placed_by(archive, ids["15"])
    assert alone == public
    assert stations(archive)[0].held == 28 and stations(archive, EDITOR)[0].held == 30
    [whole] = [place for one in counters(archive, "pyongyang", EDITOR) if one.year for place in one.undated]
    assert [side and side.number for side in (whole.below, whole.above)] == ["14", "16"]


def test_what_is_closed_is_measured_for_nobody_else(archive: Archive) -> None:
    closed = [record.id for record in archive.records() if record.events][:12]
    for id in closed:
        archive.set_access(id, Access("restricted"), "editor", "closed")
    assert [one.messages for one in routes(archive)] == [18]
    assert [one.messages for one in routes(archive, EDITOR)] == [30]
    found = way(archive, "pyongyang", "moscow")
    assert found is not None and sum(found.steps[0].bins) == 18


def test_a_number_that_is_redacted_is_in_no_series(archive: Archive) -> None:
    [record] = [record for record in archive.records() if [number.value for number in record.numbers] == ["16"]]
    archive.redact(record.id, record.numbers[0].spans[0], "editor", "closed")
    [public] = [place for one in counters(archive, "pyongyang", year=1950) if one.year for place in one.undated]
    assert public.above is not None and public.above.number == "17"
    assert stations(archive)[0].held == 29
