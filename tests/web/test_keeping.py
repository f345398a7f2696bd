from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from mabillon.archive import Access, Archive
from mabillon.record import Record
from mabillon.web.app import create_app, site
from mabillon.web.holdings import Beside
from mabillon.web.keeping import Kept
from tests.web.planted import Planted


@pytest.fixture
def own(archive_path: Path, tmp_path: Path) -> Iterator[tuple[Archive, TestClient]]:
    """An archive that the test may change, and its site."""
    copy = tmp_path / "archive"
    shutil.copytree(archive_path, copy)
    with Archive.open(copy) as archive, TestClient(create_app(copy)) as client:
        yield archive, client


def test_a_page_is_made_once_for_each_language_and_appearance(own: tuple[Archive, TestClient],
                                                              records: dict[str, Record]):  # fmt: skip
    _, client = own
    path = f"/records/{records['cable'].id}"
    pages = client.app.state.pages  # type: ignore[attr-defined]
    first = client.get(path).text
    assert client.get(path).text == first and len(pages) == 1
    assert client.get(path, headers={"Accept-Language": "de"}).text != first and len(pages) == 2
    assert 'data-theme="dark"' in client.get(path, headers={"Cookie": "theme=dark"}).text and len(pages) == 3
    assert "?v=1" in client.get(f"{path}?v=1").text and len(pages) == 4


def test_a_corrected_record_is_shown_at_once(own: tuple[Archive, TestClient], records: dict[str, Record]):
    archive, client = own
    id = records["cable"].id
    client.get(f"/records/{id}")
    archive.correct(id, "/title", "A title that an editor gave", "editor", "test")
    assert "A title that an editor gave" in client.get(f"/records/{id}").text


def test_a_record_that_is_closed_is_gone_at_once(own: tuple[Archive, TestClient], records: dict[str, Record]):
    archive, client = own
    id = records["cable"].id
    client.get(f"/records/{id}")
    archive.set_access(id, Access("restricted"), "archivist", "test")
    for path in (f"/records/{id}", f"/records/{id}/original", f"/records/{id}/cite.ris", f"/api/v1/records/{id}"):
        assert client.get(path).status_code == 404, path
    assert "2 records" in client.get("/").text
    assert "Orlov" not in client.get(f"/records/{records['letter'].id}").text


def test_a_redacted_passage_is_black_at_once(own: tuple[Archive, TestClient], records: dict[str, Record]):
    archive, client = own
    record = records["cable"]
    assert record.source and record.source.text
    start = record.source.text.index("northern bank")
    assert "northern bank" in client.get(f"/records/{record.id}").text
    archive.redact(record.id, (start, start + len("northern bank")), "archivist", "test")
    assert "northern bank" not in client.get(f"/records/{record.id}").text
    assert client.get(f"/records/{record.id}/original").status_code == 404


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 60)), max_size=60))
def test_what_is_kept_never_takes_more_room_than_it_may(puts: list[tuple[int, int]]):
    kept = Kept[int](100)
    sizes: dict[int, int] = {}
    for key, size in puts:
        kept.put(key, key, size)
        sizes[key] = size
        held = [key for key in sizes if kept.get(key) is not None]
        assert sum(sizes[key] for key in held) <= 100
        assert kept.get(key) == key


class Slow(Planted):
    """Holdings that count how often a page asks for what stands beside a record, and take their time."""

    def __init__(self) -> None:
        super().__init__("word")
        self.asked = 0

    def beside(self, id: str) -> Beside:
        self.asked += 1
        time.sleep(0.05)
        return super().beside(id)


def test_a_page_that_many_ask_for_at_once_is_made_once():
    holdings = Slow()

    async def ask_at_once() -> list[int]:
        transport = httpx.ASGITransport(site(holdings))
        async with httpx.AsyncClient(transport=transport, base_url="http://archive.test") as client:
            answers = await asyncio.gather(*(client.get("/records/x") for _ in range(8)))
        return [answer.status_code for answer in answers]

    assert asyncio.run(ask_at_once()) == [200] * 8
    assert holdings.asked == 1
