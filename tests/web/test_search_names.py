"""A search on the site and in the API says under which other names it found what it shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive, ingest
from mabillon.archive.indexing import open_index
from mabillon.web.app import create_app
from tests.archive.reader import read_text
from tests.web.reading import Page


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("in")
    (folder / "a.txt").write_text("No. 1\n1950-10-01\nFrom: Shtykov, Pyongyang\nTo: Filippov\nOf Incheon.\n")
    path = tmp_path_factory.mktemp("held") / "archive"
    with Archive.create(path) as archive:
        ingest([folder], archive, read_text)
        open_index(archive)
    with TestClient(create_app(path)) as client:
        yield client


def test_another_spelling_is_named(client: TestClient) -> None:
    page = Page(client.get("/search?q=Chemulpo").text)
    assert page.words("//mark") == "Incheon"
    assert "Also spelt Incheon" in page.words("//*[@class='result-head']")


def test_a_cover_name_is_explained(client: TestClient) -> None:
    page = Page(client.get("/search?q=to:Stalin").text)
    assert "Filippov: cover name of Stalin" in page.words("//article")
    answer = client.get("/api/v1/search", params={"q": "to:Stalin"}).json()
    assert "Filippov: cover name of Stalin" in str(answer)
