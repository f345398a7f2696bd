from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from starlette.testclient import TestClient

from mabillon.web.app import site
from mabillon.web.holdings import Entry
from mabillon.web.views.atlas import Frame, draw_map, locate
from mabillon.web.views.counting import by_people, by_places, by_time
from mabillon.web.views.network import draw_network, drawn_pairs
from tests.web.papers import HOSTILE
from tests.web.planted import Planted
from tests.web.reading import Page

SVG = {"s": "http://www.w3.org/2000/svg"}


def dated(*dates: str) -> list[Entry]:
    return [Entry(str(number), None, date=date) for number, date in enumerate(dates)]


@pytest.mark.parametrize(
    ("dates", "unit", "first", "last", "length"),
    [
        (["1950-09-29", "1950-10-02"], "day", "1950-09-29", "1950-10-02", 4),
        (["1952-02-27", "1952-03-01"], "day", "1952-02-27", "1952-03-01", 4),
        (["1950-09-29", "1951-02-01", "1951-02"], "month", "1950-09", "1951-02", 6),
        (["1863-01-01", "1974-05-05"], "year", "1863", "1974", 112),
        (["1950", "1951~", "1950-09-30"], "year", "1950", "1951", 2),
        (["1950-09-31", "1950-09-30", "XXXX-06-13", "someday"], "day", "1950-09-30", "1950-09-30", 1),
    ],
)
def test_time_is_counted_in_the_unit_that_shows_it_all(dates: list[str], unit: str, first: str, last: str, length: int):
    found, buckets = by_time(dated(*dates))
    assert (found, buckets[0].date, buckets[-1].date, len(buckets)) == (unit, first, last, length)


@given(st.lists(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).map(str), max_size=30))
def test_each_full_date_is_counted_once(dates: list[str]):
    _, buckets = by_time(dated(*dates))
    assert sum(bucket.count for bucket in buckets) == len(dates)
    assert [bucket.date for bucket in buckets] == sorted({bucket.date for bucket in buckets})


def test_a_record_counts_for_each_pair_of_its_correspondents():
    entries = [
        Entry("1", None, senders=("A", "B"), recipients=("C",)),
        Entry("2", None, senders=("A",), recipients=("C", "C")),
    ]
    assert by_people(entries) == [("A", "C", 2), ("B", "C", 1)]


def test_an_end_that_no_record_states_is_left_open():
    entries = [
        Entry("1", None, origins=("Seoul",)),
        Entry("2", None),
        Entry("3", None, origins=("Seoul",), goals=("Tokyo",)),
    ]
    assert by_places(entries) == [("Seoul", "", 1), ("Seoul", "Tokyo", 1)]


def test_places_stand_where_they_are_under_any_of_their_names():
    assert locate("Peking") == locate("Beijing") == locate("Peiping")
    assert locate("nowhere in particular") is None


points = st.tuples(st.floats(-84, 84), st.floats(-180, 180))


@given(st.lists(points, min_size=1, max_size=20))
def test_every_place_lies_within_the_frame(found: list[tuple[float, float]]):
    frame = Frame(found)
    for point in found:
        x, y = frame(point)
        assert -1 <= x <= 961 and -1 <= y <= frame.height + 1


def test_a_map_has_an_arc_for_each_pair_that_can_be_placed():
    pairs = [
        ("Pyongyang", "Moscow", 3),
        ("Pyongyang", "", 2),
        ("Xanadu of Nowhere", "Moscow", 1),
        ("Seoul", "Seoul", 1),
    ]
    picture = draw_map(pairs, "t", lambda name: "/x")
    tree = etree.fromstring(str(picture))
    assert len(tree.findall(".//s:path[@class='arc']", SVG)) == 1
    assert {"".join(name.itertext()) for name in tree.findall(".//s:text[@class='name']", SVG)} >= {"Moscow"}
    assert draw_map([("Xanadu of Nowhere", "", 1)], "t", lambda name: "/x") is None


def test_the_bands_of_a_network_are_as_broad_as_what_passed():
    pairs = [("A", "B", 3), ("A", "C", 1), ("D", "B", 1)]
    tree = etree.fromstring(str(draw_network(pairs, "t", ("From", "To"), lambda name: f"/people/{name}")))
    titles = [title.text for title in tree.findall(".//s:path/s:title", SVG)]
    assert titles == ["A → B: 3", "A → C: 1", "D → B: 1"]
    crowd = [(f"s{n}", f"r{n}", 1) for n in range(100)]
    assert len(drawn_pairs(crowd)) <= 24


@pytest.mark.parametrize("view", ["timeline", "network", "map"])
def test_a_view_can_be_kept_as_picture_and_table(client: TestClient, view: str):
    page = Page(client.get(f"/search/{view}").text)
    rows = page.tree.xpath("//table[@class='figures']/tbody/tr")
    table = list(csv.reader(io.StringIO(client.get(f"/search/{view}.csv").text, newline="")))
    assert len(rows) == len(table) - 1 > 0
    picture = client.get(f"/search/{view}.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert etree.fromstring(picture.content).tag == "{http://www.w3.org/2000/svg}svg"


def test_each_row_of_the_timeline_leads_to_as_many_records(client: TestClient):
    page = Page(client.get("/search/timeline").text)
    for row in page.tree.xpath("//table[@class='figures']/tbody/tr"):
        found = Page(client.get(row.xpath(".//a/@href")[0]).text)
        assert found.words("//*[@class='result-head']/h2").split()[0] == row.xpath("./td")[1].text


def test_a_view_of_nothing_says_so(client: TestClient):
    page = Page(client.get("/search/map?q=nothingofthekind").text)
    assert "states what this view shows" in page.words("//main")
    assert client.get("/search/map.svg?q=nothingofthekind").status_code == 404
    assert client.get("/search/mosaic").status_code == 404


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_stay_words_in_pictures(words: str):
    with TestClient(site(Planted(words))) as asking:
        for view in ("timeline", "network", "map"):
            picture = asking.get(f"/search/{view}.svg", params={"q": words})
            if picture.status_code == 200:
                tree = etree.fromstring(picture.content)
                assert not tree.xpath("//*[local-name()='script' or local-name()='image' or @onload or @style]")
                assert all(str(href).startswith("/") for href in tree.xpath("//@href"))
            table = asking.get(f"/search/{view}.csv").text
            assert not [
                cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row if cell[:1] in set("=+-@")
            ]
