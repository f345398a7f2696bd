"""What people come for, from end to end in a real browser, over the sample collection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from mabillon.archive import Archive, ingest, link_names
from mabillon.archive.indexing import rebuild
from mabillon.pipeline import read_path
from mabillon.web.app import create_app
from tests.web import browser as helpers
from tests.web import papers
from tests.web.test_browser import RULES

SAMPLES = helpers.HERE.parent.parent / "samples"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of an archive of the Soviet samples and of two versions of one note."""
    folder = tmp_path_factory.mktemp("versions")
    (folder / "note.txt").write_text(papers.LONG_NOTE, "utf-8")
    (folder / "note-again.txt").write_text(papers.LONG_NOTE.replace("six", "eight"), "utf-8")
    path = tmp_path_factory.mktemp("journeys") / "archive"
    with Archive.open(path, create=True) as archive:
        ingest([SAMPLES / "seed", SAMPLES / "soviet", folder], archive, read_path, workers=1)
        link_names(archive)
        rebuild(archive)
    with helpers.serving(create_app(path)) as found:
        yield found


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Any]:
    program = helpers.chromium()
    with sync_playwright() as running:
        launched = running.chromium.launch(executable_path=program, args=helpers.FLAGS)
        context = launched.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        yield context.new_page()
        launched.close()


def test_a_cable_is_found_by_an_old_name_of_a_place(page: Any, address: str):
    page.goto(address)
    page.fill("#q", "Chemulpo")
    page.press("#q", "Enter")
    page.click(".entries a:has-text('600308')")
    assert "Cable No. 600308" in page.inner_text("h1")
    assert page.locator(".findings-line a").count() == 3


def test_from_a_cable_one_comes_to_all_that_a_reader_of_its_copy_received_that_week(page: Any, address: str):
    page.goto(f"{address}/search?q=Chemulpo")
    page.click(".entries a:has-text('600308')")
    row = page.locator(".part.copies .value", has_text="Bulganin")
    row.locator("a.more").click()
    assert "copy:(Bulganin)" in page.input_value("#q")
    everything = int(page.inner_text(".result-head h2").split()[0])
    page.click("text=the same week")
    assert "date:2" not in page.url and "1950-09-25..1950-10-01" in page.input_value("#q")
    found = page.locator(".entries h3").all_inner_texts()
    assert any("600308" in title for title in found) and len(found) <= everything


def test_two_versions_are_compared_word_by_word(page: Any, address: str):
    page.goto(f"{address}/search?q=Lagos")
    page.locator(".entries h3 a").first.click()
    page.click(".connected a:has-text('compare')")
    marked = {*page.locator("del").all_inner_texts(), *page.locator("ins").all_inner_texts()}
    assert marked == {"six", "eight"}


def test_a_cable_is_cited_and_a_search_is_taken_home(page: Any, address: str):
    page.goto(f"{address}/search?q=Chemulpo")
    page.click(".entries a:has-text('600308')")
    assert "September 30, 1950" in page.inner_text(".part.cite")
    with page.expect_download() as bibtex:
        page.click("text=BibTeX")
    assert "Shtykov" in Path(bibtex.value.path()).read_text("utf-8")
    page.goto(f"{address}/search?q=Chemulpo")
    with page.expect_download() as table:
        page.click(".exports a:has-text('CSV')")
    assert "600308" in Path(table.value.path()).read_text("utf-8")


def test_words_are_found_within_a_record_as_they_are_typed(page: Any, address: str):
    page.goto(f"{address}/search?q=Chemulpo")
    page.click(".entries a:has-text('600308')")
    page.fill("#find", "chemulpo")
    assert page.inner_text(".find output") == "1"
    assert page.evaluate("[...CSS.highlights.get('found')].map(String)") == ["Chemulpo"]
    page.press("#find", "Enter")
    assert page.inner_text(".find output") == "1/1"
    page.fill("#find", "pak heon-yeong")
    assert int(page.inner_text(".find output")) > 1


def test_a_view_leads_back_to_the_records(page: Any, address: str):
    page.goto(f"{address}/search?q=Stalin")
    page.click(".views a:has-text('Timeline')")
    row = page.locator(".figures tbody tr").first
    count = row.locator(".figure").inner_text()
    row.locator("a").first.click()
    assert page.inner_text(".result-head h2").split()[0] == count


def test_from_a_cable_one_comes_to_its_sender_and_to_all_that_he_sent(page: Any, address: str):
    page.goto(f"{address}/search?q=Chemulpo")
    page.click(".entries a:has-text('600308')")
    page.click(".part.people a:has-text('Shtykov')")
    assert page.inner_text("h1") == "Shtykov, Terentii Fomich"
    total = int(page.inner_text("#r-sender .count"))
    page.locator(".over-time tbody a").first.click()
    assert 1 <= page.locator(".entries > li").count() <= total


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("people-known", "/people"),
        ("organizations-known", "/organizations"),
        ("authority", "/people/person:stalin"),
        ("authority-records", "/people/person:stalin?as=recipient"),
        ("authority-place", "/places/place:pyongyang"),
    ],
)
def test_pages_of_authorities_fit_and_axe_finds_nothing(page: Any, address: str, name: str, path: str):
    page.goto(address + path)
    page.evaluate(helpers.axe_source())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
        assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found["violations"]] == []
        for width in (320, 390, 1024, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
            if width > 320:
                helpers.ARTIFACTS.mkdir(exist_ok=True)
                page.screenshot(path=helpers.ARTIFACTS / f"{name}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
