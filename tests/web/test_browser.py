from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from mabillon.record import Record
from mabillon.web.app import create_app
from tests.web import browser as helpers

LIMIT = 120_000
PATHS = {
    "front": "/",
    "search": "/search?q=Vetrov",
    "no-hits": "/search?q=nothingofthekind",
    "record": "/records/{cable}",
    "letter": "/records/{letter}",
    "missing": "/nowhere",
    "timeline": "/search/timeline",
    "network": "/search/network",
    "map": "/search/map",
    "api": "/api",
    "exchange": "/records/{cable}/exchange",
    "browse": "/browse",
    "year": "/calendar/1951",
    "places": "/places",
    "calendar": "/calendar",
    "month": "/calendar/1951/03",
    "day": "/calendar/1951/03/03",
    "people": "/people",
    "organizations": "/organizations",
    "person": "/people/Vetrov",
    "place": "/places/Moscow",
    "knew": "/knew?who=Vetrov&about=bridges",
    "knew-first": "/knew?about=bridges",
    "spread": "/records/{cable}/spread",
    "compare": "/records/{cable}/compare/{letter}",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def address(archive_path: Path) -> Iterator[str]:
    with helpers.serving(create_app(archive_path)) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    program = helpers.chromium()
    with sync_playwright() as running:
        launched = running.chromium.launch(executable_path=program, args=helpers.FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def visit(chromium: Any, address: str, records: dict[str, Record]) -> Iterator[Open]:
    """Open a page by its name at a width and colour scheme; afterwards nothing may have gone wrong on any."""
    contexts, wrong = [], []

    def opened(name: str, width: int = 1024, scheme: str = "light", **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" and name != "missing" else None)
        page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
        page.goto(address + PATHS[name].format(**{stem: record.id for stem, record in records.items()}))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.parametrize("name", PATHS)
def test_axe_finds_nothing_by_day_or_night(visit: Open, name: str):
    page = visit(name)
    page.evaluate(helpers.axe_source())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
        assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found["violations"]] == []


@pytest.mark.parametrize("name", PATHS)
def test_a_page_fits_every_width(visit: Open, name: str):
    page = visit(name)
    helpers.ARTIFACTS.mkdir(exist_ok=True)
    for width in (320, 390, 1024, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        for scheme in ("light", "dark") if width > 320 else ():
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=helpers.ARTIFACTS / f"{name}-{width}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("name", ["front", "search", "record"])
def test_a_page_is_light_and_holds_still(visit: Open, name: str):
    page = visit(name, 1024)
    page.wait_for_load_state("networkidle")
    weight = page.evaluate(
        "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
        ".reduce((sum, entry) => sum + entry.transferSize, 0)"
    )
    assert 0 < weight <= LIMIT
    shift = page.evaluate(
        "new Promise((done) => { let sum = 0; new PerformanceObserver((list) => {"
        " for (const entry of list.getEntries()) sum += entry.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
        " setTimeout(() => done(sum), 150); })"
    )
    assert shift == 0


def test_a_value_lights_up_its_words_and_words_their_value(visit: Open):
    page = visit("record", 1600)
    page.hover("#anatomy .v:text-is('urgent')")
    assert page.locator("#text .w.lit").all_inner_texts() == ["urgent"]
    page.locator("#text .w a", has_text="ORLOV").last.focus()
    assert "Orlov" in page.locator("#anatomy .v.lit").all_inner_texts()


def test_a_value_shows_its_wording_and_escape_puts_it_away(visit: Open):
    page = visit("record", 1600)
    value = page.locator("#anatomy .v:text-is('3 March 1951, 21:10')")
    value.focus()
    card = page.locator(f"#c-{value.get_attribute('id')}")
    assert "2110 3 March 1951" in card.inner_text()
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_the_keyboard_alone_finds_a_record_and_reads_its_values(visit: Open):
    page = visit("front")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("bridges")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=bridges")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.entries') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/*")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#anatomy .v')"):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#text .w.lit') !== null")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#anatomy .v')")


def test_the_arrows_go_from_word_to_word(visit: Open):
    page = visit("record")
    links = page.locator("#text .w a")
    assert [link.get_attribute("tabindex") for link in links.all()].count("0") == 1
    links.first.focus()
    page.keyboard.press("ArrowRight")
    assert links.nth(1).evaluate("link => link === document.activeElement")


def test_without_a_script_a_value_still_leads_to_its_words(visit: Open):
    page = visit("record", java_script_enabled=False)
    page.click("#anatomy .v:text-is('urgent')")
    target = page.locator(":target")
    assert target.inner_text() == "urgent"
    assert target.evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_the_chosen_appearance_outlives_the_page(visit: Open):
    page = visit("front", scheme="light")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.click("button[value='dark']")
    page.wait_for_load_state()
    after = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert before != after
    page.goto(page.url.rstrip("/") + "/search")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == after


def test_in_print_the_text_stands_alone_with_its_apparatus_below(visit: Open):
    page = visit("record")
    page.emulate_media(media="print")
    assert page.locator("#text").is_visible() and page.locator("#anatomy").is_visible()
    assert not page.locator("header.site").is_visible()
    assert not page.locator("footer.site").is_visible()
