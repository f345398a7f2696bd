from __future__ import annotations

import re
import shutil
from pathlib import Path
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive
from mabillon.archive.indexing import rebuild
from mabillon.record import Record
from mabillon.web import asking, years
from mabillon.web.app import create_app, site
from mabillon.web.archive_holdings import ArchiveHoldings
from mabillon.web.holdings import Found
from mabillon.web.language import languages
from mabillon.web.pages.search import stretches
from tests.web.papers import HOSTILE
from tests.web.planted import Planted
from tests.web.reading import Page

Records = dict[str, Record]


def get(client: TestClient, path: str, status: int = 200, **options: object) -> Page:
    answer = client.get(path, **options)
    assert answer.status_code == status, answer.text[:500]
    return Page(answer.text)


@pytest.fixture(scope="module")
def pages(client: TestClient, records: Records) -> dict[str, Page]:
    paths = ["/", "/search", "/search?q=bridges", "/search?q=nothingofthekind"]
    paths += [
        "/browse",
        "/calendar",
        "/calendar/1951",
        "/calendar/1951/03",
        "/calendar/1951/03/03",
        "/people",
        "/places",
    ]
    paths += ["/people/Vetrov", "/places/Moscow", "/findings", "/findings?kind=chain.out-of-order"]
    paths += ["/knew", "/knew?who=Vetrov&at=1951-03-04", "/knew?about=bridges", "/knew?who=Nobody"]
    paths += [f"/records/{records['cable'].id}/spread"]
    paths += ["/search/timeline", "/search/network?q=Vetrov", "/search/map"]
    paths += [f"/records/{record.id}" for record in records.values()]
    return {path: get(client, path) for path in paths}


def test_the_front_page_says_what_is_held(pages: dict[str, Page]):
    words = pages["/"].words("//main")
    assert "3 records held, from 1898 to 1966." in words
    assert "Orlov to Vetrov" in words


def test_a_search_finds_by_words_and_marks_them(client: TestClient, records: Records):
    page = get(client, "/search?q=bridges")
    assert page.words("//*[@class='result-head']") == "1 record"
    assert page.words("//mark") == "bridges"
    assert f"/records/{records['cable'].id}" in page.links()


def test_a_facet_finds_as_many_as_it_counts(client: TestClient):
    page = get(client, "/search")
    facets = page.tree.xpath("//aside[@class='facets']//li")
    assert len(facets) > 5
    for item in facets:
        found = get(client, item.xpath("./a/@href")[0])
        assert found.words("//*[@class='result-head']/h2").split()[0] == item.xpath("./span")[0].text


def test_a_search_for_nothing_that_is_held_says_what_to_do(pages: dict[str, Page]):
    assert "Try fewer words" in pages["/search?q=nothingofthekind"].words("//main")


def test_the_record_page_shows_text_values_findings_and_enclosure_without_a_script(pages: dict[str, Page],
                                                                                   records: Records):  # fmt: skip
    page = pages[f"/records/{records['cable'].id}"]
    text = page.words("//*[@id='text']")
    assert "the trucks wait on its northern bank" in text
    anatomy = page.words("//*[@id='anatomy']")
    for shown in ("Telegram", "3 March 1951", "4127/sh", "urgent", "Orlov", "Vetrov", "1 h 52 min", "−7 min"):
        assert shown in anatomy
    assert "Out of order" in anatomy
    assert "HAN MU-JIN" in page.words("//*[@id='e1']")


def test_each_link_within_a_page_arrives_and_no_id_stands_twice(pages: dict[str, Page]):
    for path, page in pages.items():
        ids = page.ids()
        assert max(ids.values()) == 1, path
        assert {link[1:] for link in page.links() if link.startswith("#")} <= set(ids), path
        for names in page.tree.xpath("//@aria-describedby | //@aria-labelledby | //@for"):
            assert set(str(names).split()) <= set(ids), path


def test_each_link_to_another_page_arrives(client: TestClient, pages: dict[str, Page]):
    for link in {link for page in pages.values() for link in page.links() if link.startswith("/")}:
        assert client.get(link).status_code == 200, link


def test_no_page_asks_another_host_for_anything(pages: dict[str, Page]):
    for page in pages.values():
        assert [link for link in page.links() if "//" in link and "archive.test" not in link] == []


def test_values_and_words_lead_to_each_other(pages: dict[str, Page], records: Records):
    tree = pages[f"/records/{records['cable'].id}"].tree
    values = tree.xpath("//*[@id='anatomy']//a[@data-v]")
    assert len(values) > 20
    for value in values:
        words = tree.get_element_by_id(value.get("href")[1:])
        holder = words if words.get("data-v") else words.getparent()
        assert value.get("data-v") in holder.get("data-v").split()
        assert value.get("id") == value.get("data-v")


@pytest.mark.parametrize("path", ["/", "/search", "/nowhere", "/static/site.css", "/records/none", "/static/../app.py"])
def test_every_answer_carries_the_headers_of_safety(client: TestClient, path: str):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_no_page_needs_what_the_policy_forbids(pages: dict[str, Page]):
    for path, page in pages.items():
        assert page.active() == [], path


@pytest.mark.parametrize(
    ("path", "status", "advice"),
    [
        ("/nowhere", 404, "Search for a name or number instead"),
        ("/records/aaaaaaaaaaaaaaaa", 404, "No such record"),
        ("/records/..%2f..%2farchive.db", 404, "Search for"),
        ("/search?cursor=none", 400, "Begin the search again"),
        ("/search?q=" + "a" * 9000, 413, "Shorten the search"),
    ],
)
def test_a_page_that_is_not_there_says_what_to_do_next(client: TestClient, path: str, status: int, advice: str):
    assert advice in get(client, path, status).words("//main")


def test_no_static_path_leaves_its_folder(client: TestClient):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%5capp.py", "/static//etc/passwd"):
        assert client.get(path).status_code in (404, 405)


def test_pages_speak_the_language_asked_for(client: TestClient, records: Records):
    page = get(client, f"/records/{records['cable'].id}", headers={"Accept-Language": "fr, de;q=0.8, en;q=0.5"})
    assert page.tree.get("lang") == "de"
    assert "3. März 1951" in page.words("//*[@id='anatomy']")
    assert "Übermittlung" in page.words("//*[@id='anatomy']")


def test_the_languages_say_the_same_things():
    texts = {code: language.texts for code, language in languages().items()}
    assert {"en", "de"} <= set(texts)
    holes = re.compile(r"{(\w+)}")
    for code, said in texts.items():
        assert said.keys() == texts["en"].keys(), code
        for key, text in said.items():
            assert sorted(set(holes.findall(str(text)))) == sorted(set(holes.findall(str(texts["en"][key])))), key


def test_a_preference_is_kept_and_leads_back_to_the_page(archive_path: object, client: TestClient):
    answer = client.post("/preferences", data={"theme": "dark", "back": "/search?q=a"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=a")
    assert 'data-theme="dark"' in client.get("/").text
    client.post("/preferences", data={"theme": "auto"}, follow_redirects=False)
    assert "data-theme" not in client.get("/").text
    client.cookies.clear()


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "", "/a\r\nX: y"])
def test_a_preference_leads_nowhere_else(client: TestClient, back: str):
    answer = client.post("/preferences", data={"theme": "nonsense", "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_every_field(words: str):
    with TestClient(site(Planted(words))) as asking:
        for path in (
            "/", "/records/x", "/records/x/compare/y", "/records/x/exchange", "/search", "/browse", "/browse/1",
            "/collections/x", "/calendar", "/calendar/1950", "/calendar/1950/09", "/calendar/1950/09/30",
            "/search/timeline", "/search/network", "/search/map", "/people", "/people/x", "/places", "/places/x",
            "/people/person:x", "/places/place:x", "/people/person:x?as=copy", "/organizations", "/organizations/x",
            "/series", "/series/x", "/series/x?year=1950", "/transit", "/transit/route?origin=x&goal=y",
            "/knew", "/knew?who=x", "/knew?about=x", "/records/x/spread",
            "/findings", "/findings?kind=x&station=y",
        ):  # fmt: skip
            answer = asking.get(path, params={"q": words} if path == "/search" else None)
            assert answer.status_code == 200, answer.text[:300]
            page = Page(answer.text)
            assert page.active() == []
            assert not page.tree.xpath("//img | //b[@onmouseover] | //svg[@onload]")
            assert "62710561" not in answer.text


def test_years_beyond_what_a_facet_counts_are_counted_one_by_one(archive_path: Path, monkeypatch: pytest.MonkeyPatch):
    holdings = ArchiveHoldings(Archive.open(archive_path))
    found = holdings.search("", "date", 1)
    by_facet = years.years_of(found, holdings)
    monkeypatch.setattr(years, "_FACET_LIMIT", 0)
    assert years.years_of(found, holdings) == by_facet == {1898: 1, 1951: 1, 1966: 1}
    holdings.close()


def test_words_are_found_within_a_record_without_a_script(client: TestClient, records: dict[str, Record]):
    page = get(client, f"/records/{records['cable'].id}?find=NORTHERN  bank")
    places = page.tree.xpath("//form[@class='find']//a/@href")
    assert len(places) == 1
    assert "northern bank" in page.tree.get_element_by_id(places[0][1:]).text_content()
    assert "nowhere" in get(client, f"/records/{records['cable'].id}?find=zeppelin").words("//form[@class='find']")


@pytest.mark.parametrize(
    ("words", "day", "found"),
    [
        ("copy:(Beria)", "1950-09-30", ["date:1950-09-30", "date:1950-09-25..1950-10-01", "date:1950-09"]),
        ("copy:(Beria) date:1950", "1950-09-30", []),
        ("copy:(Beria)", "1950-09-31", []),
        ("copy:(Beria)", "0001-01-01", []),
    ],
)
def test_a_search_from_a_record_can_be_kept_to_its_time(words: str, day: str, found: list[str]):
    asked = [parse_qs(urlsplit(address).query)["q"][0] for _, address in stretches(words, day)]
    assert asked == [f"({words}) {date}" for date in found]


def test_an_archive_without_an_index_says_so_and_still_shows_its_records(archive_path: Path, tmp_path: Path,
                                                                         records: dict[str, Record]):  # fmt: skip
    copy = tmp_path / "archive"
    shutil.copytree(archive_path, copy)
    shutil.rmtree(copy / "index")
    with TestClient(create_app(copy)) as asking:
        assert "mabillon reindex" in get(asking, "/search?q=bridges", 503).words("//main")
        for path in ("/people", "/people/Beria", "/calendar", "/search/map"):
            assert "mabillon reindex" in get(asking, path, 503).words("//main")
        assert "trucks wait" in get(asking, f"/records/{records['cable'].id}").words("//main")
        assert "3 records" in get(asking, "/").words("//main")


def test_a_collection_is_introduced_as_its_editor_wrote(archive_path: Path, tmp_path: Path, records: dict[str, Record]):
    copy = tmp_path / "archive"
    shutil.copytree(archive_path, copy)
    with Archive.open(copy) as archive:
        collection = {"value": "The Anju: papers", "text": "", "spans": [], "confidence": 1.0, "reason": "editor"}
        archive.correct(records["cable"].id, "/catalogue/collection", collection, "editor", "test")
        rebuild(archive)
    (copy / "introductions").mkdir()
    (copy / "introductions" / "the-anju-papers.md").write_text("*Found* in <b>a</b> [chest](javascript:alert(1)).")
    (copy / "introductions" / "the-anju-papers.de.md").write_text("Aus einer Truhe.")
    with TestClient(create_app(copy)) as asking:
        address = next(link for link in get(asking, "/browse").links() if link.startswith("/collections/"))
        page = get(asking, address)
        assert page.words("//*[@class='introduction']") == "Found in <b>a</b> [chest](javascript:alert(1))."
        assert page.tree.xpath("//*[@class='introduction']//em/text()") == ["Found"]
        assert "Orlov" in page.words("//main")
        german = get(asking, address, headers={"Accept-Language": "de"})
        assert german.words("//*[@class='introduction']") == "Aus einer Truhe."
        get(asking, "/collections/..%2f..%2farchive", 404)


class Slow(Planted):
    """Holdings that take longer than anybody waits."""

    def __init__(self) -> None:
        super().__init__("word")
        self.let_go = Event()

    def search(self, query: str, sort: str, limit: int, cursor: str | None = None, facets: bool = True) -> Found:
        self.let_go.wait(30)
        return super().search(query, sort, limit, cursor, facets)


@pytest.mark.parametrize(
    ("path", "status", "advice"),
    [
        ("/search?q=a*", 400, "given up"),
        ("/search/network?q=a", 503, "given up"),
        ("/search/map.csv", 503, "given up"),
        ("/places/Moscow", 503, "given up"),
        ("/calendar", 503, "given up"),
    ],
)
def test_a_costly_question_is_cut_off_with_an_answer(path: str, status: int, advice: str,
                                                     monkeypatch: pytest.MonkeyPatch):  # fmt: skip
    monkeypatch.setattr(asking, "SECONDS", 0.05)
    holdings = Slow()
    with TestClient(site(holdings)) as client:
        try:
            assert advice in get(client, path, status).words("//main")
        finally:
            holdings.let_go.set()
