"""Series and transit on the site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive, ingest
from mabillon.archive.indexing import open_index
from mabillon.archive.series.following import follow_series
from mabillon.web.app import create_app
from tests.archive.reader import read_text
from tests.archive.test_series import cable
from tests.archive.test_transits import messages, read_events
from tests.web.reading import Page


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Cables of Pyongyang, one a day; No. 15 undated, No. 25 dated two weeks early, 18 and 19 not held; and messages
    with times."""
    folder = tmp_path_factory.mktemp("series")
    days: dict[int, int | None] = {n: n for n in range(1, 31) if n not in (18, 19)} | {15: None, 25: 11}
    (folder / "cables.txt").write_text("\f".join(cable(n, day) for n, day in days.items()))
    (folder / "timed.txt").write_text("\f".join(text.replace("No.", "Nr") for text in messages(40)))
    with Archive.create(folder / "archive") as made:
        ingest([folder / "cables.txt"], made, read_text)
        ingest([folder / "timed.txt"], made, read_events)
        follow_series(made.store)
        open_index(made)
    with TestClient(create_app(folder / "archive"), base_url="http://archive.test") as client:
        yield client


def page(asking: TestClient, path: str, status: int = 200, language: str = "en") -> Page:
    answer = asking.get(path, headers={"Accept-Language": language})
    assert answer.status_code == status, answer.text[:300]
    return Page(answer.text)


def test_the_stations_are_listed_with_what_they_lack(asking: TestClient) -> None:
    found = page(asking, "/series")
    assert "Pyongyang1950282 93 %" in found.words("//tbody/tr")
    assert found.tree.xpath("//tbody//a/@href") == ["/series/pyongyang"]


def test_a_station_shows_a_strip_and_a_table_with_the_same_figures(asking: TestClient) -> None:
    found = page(asking, "/series/pyongyang?year=1950")
    titles = found.tree.xpath("//figure//*[local-name()='title']/text()")
    assert "Week of 16 January 1950: 4 held, about 2 lacking" in titles
    assert "1950to Moscow1–30282" in found.words("//tbody/tr")
    assert found.words("//main").count("Dated by their numbers") == 1


def test_what_is_dated_by_its_number_and_what_does_not_fit_name_their_neighbours(asking: TestClient) -> None:
    found = page(asking, "/series/pyongyang")
    dated, stray = found.tree.xpath("//ul[@class='placed']/li")
    assert "No. 15, undated; by its number about 1" in " ".join(dated.itertext())
    assert len(dated.xpath(".//a")) == len(stray.xpath(".//a")) == 3
    assert "No. 25 is dated 12 January 1950; by its number it is of about" in " ".join(stray.itertext())


def test_an_undated_record_says_when_it_must_have_been_written(asking: TestClient) -> None:
    [address] = page(asking, "/series/pyongyang").tree.xpath("(//ul[@class='placed'])[1]/li/p[1]/a/@href")
    said = page(asking, address).words("//header[@class='head']")
    assert "Dated by its number, 15: about 1" in said and "beside No. 14 (15 January 1950) and No. 16" in said


def test_a_route_says_by_whose_clock_and_how_long(asking: TestClient) -> None:
    assert page(asking, "/transit").tree.xpath("//tbody//a/@href") == ["/transit/route?origin=pyongyang&goal=moscow"]
    found = page(asking, "/transit/route?origin=pyongyang&goal=moscow")
    assert "The times of sending on this route are those of Pyongyang." in found.words("//main")
    assert len(found.tree.xpath("//figure/*[local-name()='svg']")) == 2
    assert "All402 h" in found.words("//table")


def test_the_pages_speak_german(asking: TestClient) -> None:
    assert "Nach ihrer Nummer datiert" in page(asking, "/series/pyongyang", language="de").words("//main")
    found = page(asking, "/transit/route?origin=pyongyang&goal=moscow", language="de")
    assert "Die Absendezeiten dieses Weges sind die von Pyongyang." in found.words("//main")


@pytest.mark.parametrize(
    "path", ["/series/atlantis", "/series/pyongyang?year=x", "/series/pyongyang?year=1812", "/transit/route?origin=x",
             "/transit/route?origin=atlantis&goal=moscow"]
)  # fmt: skip
def test_what_is_not_there_is_not_found(asking: TestClient, path: str) -> None:
    page(asking, path, 404)
