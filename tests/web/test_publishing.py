"""An archive as plain files: every link holds, the same each time, nothing closed, found without a server."""

from __future__ import annotations

import re
import threading
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import orjson
import pytest
from playwright.sync_api import sync_playwright

from mabillon.archive import Access, Archive, ingest
from mabillon.archive.indexing import open_index
from mabillon.pipeline import read_path
from mabillon.publish.address import Publisher
from mabillon.publish.static_index import words_of, write_index
from mabillon.record import Record
from mabillon.web.publishing import publish
from tests.web import browser, papers

GIVEN_UP = "net::ERR_ABORTED"
"""What a browser says of a picture that it stops loading because the page is left."""
SITE = Publisher("An Archive", "https://archive.example.org")


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, path = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("published") / "archive"
    for name, text in (("cable", papers.CABLE), ("letter", papers.LETTER), ("note", papers.NOTE),
                       ("closed", papers.NOTE.replace("telegram", "telegram of Zyxwvut"))):  # fmt: skip
        (folder / f"{name}.txt").write_text(text + ("\nZyxwvut" if name == "closed" else ""), "utf-8")
    with Archive.open(path, create=True) as archive:
        ingest([folder], archive, read_path, workers=1)
        (closed,) = [one.id for one in archive.records() if one.source and one.source.filename == "closed.txt"]
        archive.set_access(closed, Access("restricted"), "an archivist", "closed")
        open_index(archive)
    return path


@pytest.fixture(scope="module")
def site(archive_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "site"
    assert publish(archive_path, target, SITE) == 3
    return target


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_runs_differ_in_nothing(archive_path: Path, site: Path, tmp_path: Path) -> None:
    publish(archive_path, tmp_path / "again", SITE)
    assert files(tmp_path / "again") == files(site)


def test_every_link_leads_to_a_file(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        for address in re.findall(r'\s(?:href|src)="([^"]*)"', page.read_text("utf-8")):
            parts = urlsplit(unescape(address))
            if parts.scheme or not parts.path:
                continue
            assert not parts.path.startswith("/"), (page, address)
            there = (page.parent / unquote(parts.path)).resolve()
            assert (there / "index.html" if there.is_dir() else there).is_file(), (page, address)


def test_what_is_closed_is_in_no_file(site: Path) -> None:
    assert [name for name, content in files(site).items() if b"yxwvut" in content.lower()] == []


def test_records_stand_in_every_format_and_all_together(site: Path, archive_path: Path) -> None:
    with Archive.open(archive_path) as archive:
        ids = list(archive.ids())
    for id in ids:
        assert (site / f"records/{id}/index.html").is_file()
        assert orjson.loads((site / f"records/{id}/record.json").read_bytes())["id"] == id
        assert (site / f"records/{id}/record.tei.xml").is_file()
    assert (site / "data/records.jsonl").read_bytes().count(b"\n") == len(ids)
    assert (site / "sitemap-1.xml").read_text("utf-8").count("<loc>") == len(ids)


def look(site: Path, *terms: str) -> list[str]:
    """Look terms up as the page does: in the piece whose first term is the last that is not behind them."""
    index = orjson.loads((site / "index/terms.json").read_bytes())
    found: set[int] | None = None
    for term in terms:
        number = max([n for n, first in enumerate(index["first"]) if first <= term], default=0)
        _, packed = orjson.loads((site / f"index/terms-{number}.json").read_bytes()).get(term, [0, ""])
        numbers, last = set(), 0
        for part in packed.split():
            last += int(part, 36)
            numbers.add(last)
        found = numbers if found is None else found & numbers
    shown = orjson.loads((site / "index/records-0.json").read_bytes())
    return [shown[number][0] for number in sorted(found or ())]


def test_words_and_senders_are_found_without_a_server(site: Path, archive_path: Path) -> None:
    with Archive.open(archive_path) as archive:
        records = list(archive.records())
    for record in records:
        assert record.source is not None
        for word in words_of(record.source.text or "")[:20]:
            assert record.id in look(site, word)
        for agent in record.senders:
            terms = [f"from:{word}" for word in words_of(agent.value)]
            assert set(look(site, *terms)) <= {one.id for one in records if one.senders}
            assert record.id in look(site, *terms)


def test_no_piece_of_a_long_index_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mabillon.publish.static_index.RUN", 5000)
    monkeypatch.setattr("mabillon.publish.static_index.PIECE", 10_000)
    text = "word{0} common number{1} of the {2}th"
    made: dict[str, bytes] = {}

    def records() -> list[Record]:
        return [
            papers.record_of(" ".join(text.format(n, n % 50, m) for m in range(5)), id=f"r{n}") for n in range(2000)
        ]

    write_index(records(), lambda name, content: made.update({name: content}))
    pieces = {name: content for name, content in made.items() if re.fullmatch(r"terms-\d+\.json", name)}
    assert len(pieces) > 3
    assert max(map(len, pieces.values())) < 40_000
    together = [term for name in sorted(pieces, key=lambda n: int(n[6:-5])) for term in orjson.loads(pieces[name])]
    assert together == sorted(together) and len(together) == len(set(together))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_browser_searches_the_folder_that_any_server_shows(site: Path, archive_path: Path) -> None:
    program = browser.chromium()
    with Archive.open(archive_path) as archive:
        letter = next(one for one in archive.records() if one.type and one.type.value == "letter")
    assert letter.source is not None
    word = max(words_of(letter.source.text or ""), key=len)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wrong: list[str] = []
    try:
        with sync_playwright() as running:
            launched = running.chromium.launch(executable_path=program, args=browser.FLAGS)
            page = launched.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("requestfailed", lambda asked: wrong.extend([asked.url] if asked.failure != GIVEN_UP else []))
            page.goto(f"http://127.0.0.1:{server.server_port}/{site.name}/search/")
            page.fill("#q", word.upper())
            page.keyboard.press("Enter")
            page.click(f"#found a[href*='{letter.id}']")
            page.wait_for_url(f"**/records/{letter.id}/")
            assert page.locator("main").is_visible()
            page.click("header.site a.home")
            page.wait_for_url(f"**/{site.name}/")
            page.goto(f"http://127.0.0.1:{server.server_port}/{site.name}/search/?q=zyxwvut")
            assert page.locator("#found h2").inner_text() == "0 records"
            launched.close()
    finally:
        server.shutdown()
        server.server_close()
    assert wrong == []
