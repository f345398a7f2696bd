from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive, ingest
from mabillon.archive.indexing import rebuild
from mabillon.document import fingerprint
from mabillon.evidence import Agent, Number
from mabillon.record import Record, Reference, SourceNote
from mabillon.web.app import create_app
from tests.web.papers import word
from tests.web.reading import Page


def cable(id: str, number: str, day: int, sender: str, recipient: str, *names: Reference) -> Record:
    return Record(
        id=id,
        source=SourceNote(filename=id, media_type="text/plain", sha256=fingerprint(id.encode()), text=id),
        title=word(f"Telegram {number}"),
        type=word("telegram"),
        date=word(f"1951-03-{day:02}"),
        numbers=[word(number, Number, kind="message")],
        senders=[word(sender, Agent, place=word(sender))],
        recipients=[word(recipient, Agent, place=word(recipient))],
        references=list(names),
    )


def names(number: str, direction: str, day: int) -> Reference:
    return Reference(number=word(number), date=word(f"1951-03-{day:02}"), direction=direction, kind="telegram")


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cables of an exchange; the second answers the first, the third the second and one not held."""
    found = {
        "a": cable("a", "4127", 1, "Seoul", "Washington"),
        "b": cable("b", "881", 2, "Washington", "Seoul", names("4127", "replies-to", 1)),
        "c": cable("c", "4133", 3, "Seoul", "Washington", names("881", "replies-to", 2), names("4130", "mentions", 2)),
    }
    folder = tmp_path_factory.mktemp("cables")
    for stem in found:
        (folder / stem).write_text(stem)
    path = tmp_path_factory.mktemp("exchange") / "archive"
    with Archive.open(path, create=True) as archive:
        ingest([folder], archive, lambda place: iter([found[Path(place).name]]), workers=1)
        rebuild(archive)
    return path


def test_a_record_shows_what_it_answers_and_what_answers_it(exchange: Path):
    with TestClient(create_app(exchange)) as asking:
        page = Page(asking.get("/records/b").text)
        rows = {row.xpath("./dt")[0].text: row for row in page.tree.xpath("//*[contains(@class, 'connected')]//div")}
        assert rows["Answers"].xpath(".//a/@href") == ["/records/a"]
        assert rows["Answered by"].xpath(".//a/@href") == ["/records/c"]
        assert "The whole exchange: 4 documents" in page.words("//*[contains(@class, 'connected')]")


def test_an_exchange_stands_in_order_with_what_is_missing_in_its_place(exchange: Path):
    with TestClient(create_app(exchange)) as asking:
        page = Page(asking.get("/records/a/exchange").text)
    steps = page.tree.xpath("//ol[@class='exchange']/li")
    assert [step.get("class") for step in steps] == ["present own", "present", "missing", "present"]
    assert "4130" in steps[2].text_content() and "not held here" in steps[2].text_content()
    assert page.tree.xpath("//ol[@class='exchange']/li//h2/a/@href") == ["/records/a", "/records/b", "/records/c"]
