"""What can be taken from the site's pages: feeds, citations, originals."""

from __future__ import annotations

import hashlib
import json

import pytest
from lxml import etree
from starlette.testclient import TestClient

from mabillon.record import Record
from mabillon.web.app import site
from tests.web.papers import HOSTILE
from tests.web.planted import Planted

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_answers_are_compressed_for_those_who_take_it(client: TestClient, records: dict[str, Record]):
    answer = client.get(f"/records/{records['cable'].id}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]


def test_a_search_can_be_followed_as_a_feed(client: TestClient, records: dict[str, Record]):
    answer = client.get("/search.atom?q=bridges")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:entry/a:id", "a:entry/a:updated"):
        assert feed.findtext(path, namespaces=ATOM)
    assert feed.findtext("a:entry/a:updated", namespaces=ATOM) == feed.findtext("a:updated", namespaces=ATOM)
    assert feed.findtext("a:entry/a:id", namespaces=ATOM) == f"http://archive.test/records/{records['cable'].id}"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_break_neither_feed_nor_citation(words: str):
    with TestClient(site(Planted(words))) as asking:
        etree.fromstring(asking.get("/search.atom", params={"q": words}).content)
        item = json.loads(asking.get("/records/x/cite.csl.json").content)[0]
        assert item["title"] == " ".join(words.split())
        assert asking.get("/records/x/cite.ris").text.count("TY  - ") == 1
        bib = asking.get("/records/x/cite.bib").text
        assert bib.count("\n}\n") == 1


@pytest.mark.parametrize("format", ["bib", "ris", "csl.json"])
def test_a_citation_can_be_taken_to_a_reference_manager(client: TestClient, records: dict[str, Record], format: str):
    answer = client.get(f"/records/{records['cable'].id}/cite.{format}")
    assert "Orlov" in answer.text and "1951" in answer.text
    assert answer.headers["content-disposition"].startswith("attachment")


def test_the_original_comes_byte_for_byte_and_is_never_opened(client: TestClient, records: dict[str, Record]):
    record = records["cable"]
    answer = client.get(f"/records/{record.id}/original")
    assert record.source and hashlib.sha256(answer.content).hexdigest() == record.source.sha256
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''cable.txt"
