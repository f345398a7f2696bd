from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive, ingest, link_names
from mabillon.archive.dealings import dealings_of
from mabillon.archive.indexing import rebuild
from mabillon.pipeline import read_path
from mabillon.web.app import create_app
from tests.web.reading import Page

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the Soviet samples whose names are linked to authorities."""
    path = tmp_path_factory.mktemp("linked") / "archive"
    with Archive.open(path, create=True) as archive:
        ingest([SAMPLES / "seed", SAMPLES / "soviet"], archive, read_path, workers=1)
        link_names(archive)
        rebuild(archive)
    return path


@pytest.fixture(scope="module")
def asking(linked: Path) -> Iterator[TestClient]:
    with TestClient(create_app(linked), base_url="http://archive.test") as client:
        yield client


def get(client: TestClient, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:300]
    return Page(answer.text)


def test_a_list_names_everybody_once_however_he_is_written(asking: TestClient):
    page = get(asking, "/people")
    names = page.tree.xpath("//main/ul//bdi/text()")
    assert "Stalin, Iosif Vissarionovich" in names and names == sorted(names, key=str.casefold)
    assert not {"Stalin", "Fyn-Si", "Штыков"} & set(page.tree.xpath("//main//bdi/text()"))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("/people/Fyn-Si", "/people/person:stalin"),
        ("/people/Штыков", "/people/person:shtykov"),
        ("/people/USSR Foreign Ministry", "/organizations/org:mid-ussr"),
        ("/places/Peking", "/places/place:beijing"),
    ],
)
def test_a_name_leads_to_whom_it_means(asking: TestClient, name: str, address: str):
    answer = asking.get(name, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location")) == (303, address)
    get(asking, address)


def test_an_authority_shows_its_names_cover_names_offices_and_correspondents(asking: TestClient):
    page = get(asking, "/people/person:stalin")
    assert "18 December 1878 – 5 March 1953" in page.words("//*[@class='held']")
    sections = page.tree.xpath("//*[@class='beside']/section")
    beside = {section.findtext("h2"): section.text_content() for section in sections}
    assert "Feng Xi, 1950 – December 1950" in beside["Cover names"] and "Koba, 1903 – 1936" in beside["Cover names"]
    assert "Chairman of the Council of Ministers, USSR" in beside["Offices held"]
    assert "Fyn-Si" in beside["Called here"] and "Joseph Stalin" in beside["Also named"]
    assert "Roshchin" in beside["Heard from"]


def test_each_count_leads_to_as_many_records(asking: TestClient):
    page = get(asking, "/people/person:stalin")
    heads = page.tree.xpath("//table[@class='figures']/thead//th")[1:]
    totals = dict.fromkeys(range(len(heads)), 0)
    first: dict[int, str] = {}
    for row in page.tree.xpath("//table[@class='figures']/tbody/tr"):
        for number, cell in enumerate(row.xpath("./td")):
            for link in cell.xpath("./a"):
                totals[number] += int(link.text)
                first.setdefault(number, link.get("href"))
    assert len(first) == len(heads) > 3
    for number, link in first.items():
        found = get(asking, link)
        assert len(found.tree.xpath("//ol[@class='entries']/li")) == totals[number] > 0


def test_records_from_a_year_on_begin_with_that_year(asking: TestClient):
    page = get(asking, "/people/person:stalin?as=recipient&from=1951")
    dates = page.tree.xpath("//ol[@class='entries']//time/@datetime")
    assert dates and min(dates) >= "1951" and dates == sorted(dates)


@pytest.mark.parametrize("query", ["?as=nothing", "?as=sender&from=x", "?as=sender&cursor=none", "?as=sender&from=²"])
def test_what_no_list_answers_is_not_found(asking: TestClient, query: str):
    assert asking.get(f"/people/person:stalin{query}").status_code == 404
    assert asking.get("/people/person:nobody").status_code == 404


def test_whoever_is_party_to_an_enclosure_is_found_by_it(linked: Path):
    with Archive.open(linked) as archive:
        view = archive.authority("person:kim-il-sung")
        assert view is not None
        enclosed = next(part for part in view.documents if part.relation == "enclosed")
        assert any("transmitting Letter from Kim Il Sung" in str(entry.title) for entry in enclosed.entries)
        dealings = dealings_of(archive, "person:kim-il-sung")
        assert sum(dealings.years["enclosed"].values()) == enclosed.total


def test_a_record_says_whom_its_names_mean_and_leads_there(asking: TestClient):
    page = get(asking, "/search?q=600308")
    record = next(link for link in page.links() if link.startswith("/records/"))
    rows = get(asking, record).tree.xpath("//section[contains(@class, 'people')]//div[@class='row']")
    meant = {row.findtext("dt"): row.xpath("./dd/a/@href")[0] for row in rows}
    assert meant["Shtykov"] == "/people/person:shtykov"
    assert any("Pyongyang" in name and link == "/places/place:pyongyang" for name, link in meant.items())
    assert "/people/person:kim-il-sung" in meant.values()
    for link in meant.values():
        get(asking, link)


def test_a_judgement_changes_the_page_at_once(linked: Path, asking: TestClient, tmp_path: Path):
    copy = tmp_path / "archive"
    shutil.copytree(linked, copy)
    with Archive.open(copy) as archive, TestClient(create_app(copy)) as client:
        record = next(link for link in get(client, "/search?q=600308").links() if link.startswith("/records/"))
        assert "/people/person:shtykov" in get(client, record).links()
        archive.judge("Shtykov", "person:shtykov", "different", "editor", "test")
        assert "/people/person:shtykov" not in get(client, record).links()
