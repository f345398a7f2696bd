"""Findings in one record and among several, by filters, each by its name, with the verdict of an editor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive
from mabillon.archive.indexing import rebuild
from mabillon.web.app import create_app
from tests.archive.across import take_in
from tests.archive.test_across_versions import BODY, LIST, OTHER, cable
from tests.web.api.conftest import BASE, check_shape
from tests.web.reading import Page


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two versions of a cable that differ in a number and in their readers."""
    other = cable(OTHER.replace("5 divisions", "6 divisions"), LIST.replace("Bulganin", "Kaganovich"))
    with take_in(tmp_path_factory.mktemp("versions"), one=cable(BODY, LIST), other=other) as archive:
        rebuild(archive)
        yield archive


@pytest.fixture(scope="module")
def asking(held: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(Path(held.path)), base_url="http://archive.test") as client:
        yield client


def listed(asking: TestClient, query: str = "") -> dict[str, Any]:
    answer = asking.get(f"{BASE}/findings{query}")
    assert answer.status_code == 200, answer.text
    content: dict[str, Any] = answer.json()
    check_shape("Findings", content)
    return content


def test_both_sides_are_quoted_with_the_record_that_says_it(asking: TestClient) -> None:
    found = listed(asking)
    assert found["counts"] == {"copies.conflict": 1, "version.differs": 1}
    [differs] = [one for one in found["findings"] if one["finding"] == "version.differs"]
    assert [side["text"] for side in differs["evidence"]] == ["landed 5 divisions", "landed 6 divisions"]
    assert len({side["record"] for side in differs["evidence"]}) == 2
    for side in differs["evidence"]:
        record = asking.get(f"{BASE}/records/{side['record']}").json()
        [[start, end]] = side["spans"]
        assert " ".join(record["source"]["text"][start:end].split()) == side["text"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?finding=copies.conflict", 1),
        ("?severity=warning", 2),
        ("?severity=error", 0),
        ("?year=1950&verdict=open", 2),
        ("?year=1951", 0),
        ("?station=Atlantis", 0),
    ],
)
def test_filters(asking: TestClient, query: str, count: int) -> None:
    assert len(listed(asking, query)["findings"]) == count


def test_a_verdict_is_shown_at_once_everywhere(asking: TestClient, held: Archive) -> None:
    name = listed(asking, "?finding=copies.conflict")["findings"][0]["name"]
    assert "No delivery" not in asking.get("/findings").text
    held.decide(name, "explained", "No delivery was made to Kaganovich", "M. Weber")
    one = asking.get(f"{BASE}/findings/{name}").json()
    check_shape("FindingShown", one)
    assert one["verdict"]["verdict"] == "explained" and one["verdict"]["who"] == "M. Weber"
    assert listed(asking, "?verdict=explained")["findings"] == [one]
    page = Page(asking.get("/findings?verdict=explained").text)
    assert "No delivery was made to Kaganovich" in page.words("//main")
    assert asking.get(f"{BASE}/findings/nosuch").status_code == 404


def test_the_page_leads_to_both_records_and_to_their_comparison(asking: TestClient, held: Archive) -> None:
    page = Page(asking.get("/findings?kind=version.differs").text)
    ids = list(held.ids())
    assert {f"/records/{id}" for id in ids} <= set(page.links())
    [compared] = [link for link in page.links() if "/compare/" in link]
    answer = asking.get(compared)
    assert "<del>5</del>" in answer.text and "<ins>6</ins>" in answer.text


def test_each_record_shows_what_the_other_says_against_it(asking: TestClient, held: Archive) -> None:
    for id in held.ids():
        words = Page(asking.get(f"/records/{id}").text).words("//main")
        assert "landed 6 divisions" in words and "landed 5 divisions" in words


@pytest.mark.parametrize("query", ["?year=x", "?after=zzz", "?year=0"])
def test_what_is_no_page_of_the_list_is_not_found(asking: TestClient, query: str) -> None:
    assert asking.get(f"/findings{query}").status_code == 404


def test_a_facet_counts_what_its_link_finds(asking: TestClient) -> None:
    page = Page(asking.get("/findings").text)
    facets = page.tree.xpath("//aside[@class='facets']//li")
    assert len(facets) >= 5
    for item in facets:
        found = Page(asking.get(item.xpath("./a/@href")[0]).text)
        assert found.words("//*[@class='result-head']/h2").split()[0] == item.xpath("./span")[0].text
