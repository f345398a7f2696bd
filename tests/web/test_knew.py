"""Who knew what, when, on the site and in the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Access, Archive, ingest, link_names
from mabillon.archive.indexing import open_index
from mabillon.archive.knowing import follow_knowledge
from mabillon.web.api.shapes import BASE
from mabillon.web.app import create_app
from tests.archive.delivered import read_delivered
from tests.archive.test_knew import PAPERS, id_of
from tests.web.reading import Page


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("knew")
    for name, text in PAPERS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with Archive.create(folder / "archive") as archive:
        ingest([*folder.glob("*.txt")], archive, read_delivered)
        link_names(archive)
        follow_knowledge(archive.store)
        open_index(archive).close()
        archive.set_access(id_of(archive, 202), Access("restricted"), "A", "closed")
    return folder / "archive"


@pytest.fixture(scope="module")
def asking(path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(path), base_url="http://archive.test") as client:
        yield client


def page(client: TestClient, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:300]
    return Page(answer.text)


def test_a_person_and_a_moment(asking: TestClient):
    found = page(asking, "/knew?who=Микоян&at=1950-10-01T06:00")
    assert "Mikoyan, Anastas Ivanovich" in found.words("//main//h2")
    [proved] = found.tree.xpath("//section[@class='proved']//li")
    assert [q.text for q in proved.xpath(".//q")] == ["Mikoyan", "1950-10-01T01:45", "Given out"]
    assert proved.xpath(".//time/@datetime") == ["1950-09-30T22:45Z"]
    assert found.tree.xpath("//section[@class='presumed']//li") == []


def test_its_words_are_found_in_the_document_that_says_so(asking: TestClient):
    found = page(asking, "/knew?who=Mikoyan")
    for link in found.tree.xpath("//a[@class='words']/@href"):
        assert page(asking, link).tree.xpath("//output/a"), link


def test_who_knew_first_and_how_it_spread(asking: TestClient, path: Path):
    first = page(asking, "/knew?about=%2238th parallel%22")
    assert "Shtykov" in first.tree.xpath("//section[@class='proved']//h3")[0].text_content()
    with Archive.open(path) as archive:
        id = id_of(archive, 1351)
    hops = page(asking, f"/records/{id}/spread").tree.xpath("//section[contains(@class, 'hop')]/h2/text()")
    assert [hop.strip() for hop in hops] == ["Written", "Delivered", "Copied"], "what names it is closed"
    assert f"/records/{id}/spread" in page(asking, f"/records/{id}").links()


def test_what_is_no_moment_is_said_on_the_page_and_refused_to_programs(asking: TestClient):
    assert "no moment" in page(asking, "/knew?who=Mikoyan&at=yesterday", 400).words("//main")
    refused = asking.get(f"{BASE}/knew", params={"who": "Mikoyan", "at": "yesterday"})
    assert refused.status_code == 422 and "no moment" in refused.json()["detail"]
    assert asking.get(f"{BASE}/knew", params={"who": " "}).status_code == 422
    assert asking.get(f"{BASE}/knew", params={"who": "Mikoyan", "proved": "x"}).status_code == 422
    assert asking.get(f"{BASE}/knew/first", params={"about": " "}).status_code == 422
    assert asking.get(f"{BASE}/records/nothing/spread").status_code == 404


def test_programs_get_proved_and_presumed_apart_page_by_page(asking: TestClient):
    answer = asking.get(f"{BASE}/knew", params={"who": "Chtykov", "limit": 1}).json()
    assert answer["person"]["authority"] == "person:shtykov" and answer["proved"]["total"] == 2
    [newest] = answer["proved"]["claims"]
    assert (newest["record"]["number"], newest["said_by"], newest["proved"]) == ("1400", None, True)
    behind = {"who": "Chtykov", "limit": 1, "proved": answer["proved"]["next"]}
    [older] = asking.get(f"{BASE}/knew", params=behind).json()["proved"]["claims"]
    assert older["record"]["number"] == "1351" and older["at"] == "1950-09-30T17:35Z"
    text = PAPERS["a"]
    assert all(text[start:end] == said["text"] for said in older["words"] for start, end in said["spans"])
    first = asking.get(f"{BASE}/knew/first", params={"about": "parallel"}).json()
    assert first["proved"][0]["person"] == "person:shtykov" and first["documents"] == 2


def test_what_is_closed_is_in_no_answer(asking: TestClient):
    assert asking.get(f"{BASE}/knew", params={"who": "Molotov"}).json()["presumed"]["total"] == 0
    ways = {claim["way"] for claim in asking.get(f"{BASE}/knew?who=Gromyko").json()["proved"]["claims"]}
    assert ways == {"received"}
