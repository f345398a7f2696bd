"""OAI-PMH: every rule of the protocol, its schema, and a harvester that others wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sickle import Sickle
from sickle.response import OAIResponse
from starlette.testclient import TestClient

from mabillon.archive import Access, Archive, ingest
from mabillon.pipeline import read_path
from mabillon.web import oai as oai_door
from mabillon.web.app import create_app

NS = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
CABLE = "Telegram\nNo. {n}\nFrom: Shtykov\nTo: Stalin\nSeptember {n}, 1950\n\nSend guns.\n\nSource: {source}\n"
SOURCES = ("APRF, fond 45, opis 1, delo 335, list {n}", "AVPRF, fond 059a, opis 5a, delo 3, papka 11, list {n}", "")


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve cables of two archives and none: one taken out, one closed from the start and then taken out."""
    folder = tmp_path_factory.mktemp("cables")
    for n in range(1, 13):
        source = SOURCES[n % 3].format(n=n)
        (folder / f"{n:02}.txt").write_text(CABLE.format(n=n, source=source), "utf-8")
    path = tmp_path_factory.mktemp("oai") / "archive"
    with Archive.open(path, create=True) as archive:
        ingest([folder], archive, read_path, workers=1)
        ids = {r.source.filename: r.id for r in archive.records() if r.source}
        archive.set_access(ids["02.txt"], Access("restricted"), "an archivist", "closed")
        archive.set_access(ids["03.txt"], Access("restricted"), "an archivist", "closed")
        archive.remove(ids["01.txt"], "an archivist", "a copy")
        archive.remove(ids["02.txt"], "an archivist", "closed to all")
        archive.set_access(ids["04.txt"], Access("embargo", until=dt.date(2999, 1, 1)), "an archivist", "until then")
    return path


@pytest.fixture(scope="module")
def client(archive_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(archive_path), base_url="http://archive.test") as asking:
        yield asking


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    original = oai_door.Harvest.page

    def page(self: Any, *asked: Any, **more: Any) -> Any:
        return original(self, *asked, **{**more, "limit": 4})

    monkeypatch.setattr(oai_door.Harvest, "page", page)


def ask(client: TestClient, **arguments: str) -> etree._Element:
    response = client.get("/oai", params=arguments)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/xml")
    return etree.fromstring(response.content)


def codes(client: TestClient, **arguments: str) -> list[str]:
    return [str(code) for code in ask(client, **arguments).xpath("o:error/@code", namespaces=NS)]


ERRORS = [
    ("badVerb", {}),
    ("badVerb", {"verb": "Nonsense"}),
    ("badArgument", {"verb": "Identify", "set": "1"}),
    ("badArgument", {"verb": "ListRecords"}),
    ("badArgument", {"verb": "GetRecord", "metadataPrefix": "oai_dc"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2023-02-30"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": ""}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-01", "until": "2019-01-01"}),
    ("badArgument",
     {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-01", "until": "2021-01-01T00:00:00Z"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "a\x07"}),
    ("cannotDisseminateFormat", {"verb": "ListRecords", "metadataPrefix": "marc"}),
    ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1999-12-31"}),
    ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2999-12-31"}),
    ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "77777"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "no set"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": "no prefix"}),
    ("idDoesNotExist", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:archive.test:none"}),
    ("idDoesNotExist", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "x"}),
    ("idDoesNotExist", {"verb": "ListMetadataFormats", "identifier": "oai:archive.test:none"}),
    ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "nonsense"}),
    ("badResumptionToken", {"verb": "ListSets", "resumptionToken": "nonsense"}),
    ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "W10"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "arguments"), ERRORS)
def test_errors_have_the_codes_of_the_protocol(code: str, arguments: dict[str, str], client: TestClient) -> None:
    answered = ask(client, **arguments)
    assert [str(one) for one in answered.xpath("o:error/@code", namespaces=NS)] == [code]
    (request,) = answered.xpath("o:request", namespaces=NS)
    assert request.text == "http://archive.test/oai"
    assert dict(request.attrib) == ({} if code in ("badVerb", "badArgument") else arguments)


def test_an_argument_given_twice_is_refused(client: TestClient) -> None:
    answered = etree.fromstring(client.get("/oai?verb=Identify&verb=Identify").content)
    assert answered.xpath("o:error/@code", namespaces=NS) == ["badVerb"]
    answered = etree.fromstring(client.get("/oai?verb=ListRecords&metadataPrefix=tei&metadataPrefix=tei").content)
    assert answered.xpath("o:error/@code", namespaces=NS) == ["badArgument"]


def test_a_form_is_answered_as_an_address(client: TestClient) -> None:
    posted = etree.fromstring(client.post("/oai", data={"verb": "ListSets"}).content)
    assert posted.xpath("o:ListSets/o:set", namespaces=NS)


class Asking(Sickle):
    """Sickle, asking the site in this process."""

    def __init__(self, client: TestClient) -> None:
        super().__init__("http://archive.test/oai")
        self._client = client

    def harvest(self, **arguments: str) -> OAIResponse:
        response = self._client.get("/oai", params=arguments)
        response.encoding = "utf-8"
        return OAIResponse(response, params=arguments)


@pytest.mark.parametrize("prefix", ["oai_dc", "tei", "cmif", "ead"])
def test_a_harvester_gets_all_that_is_open_and_no_more(prefix: str, client: TestClient, archive_path: Path) -> None:
    with Archive.open(archive_path) as archive:
        open_to_all = {record.id for record in archive.records()}
    records = list(Asking(client).ListRecords(metadataPrefix=prefix))
    live = [r.header.identifier.rpartition(":")[2] for r in records if not r.header.deleted]
    assert set(live) == open_to_all and len(live) == len(open_to_all) == 8
    assert len([r for r in records if r.header.deleted]) == 1, "one that nobody could see is told to nobody"
    headers = list(Asking(client).ListIdentifiers(metadataPrefix=prefix))
    assert [h.identifier for h in headers] == [r.header.identifier for r in records]


def test_sets_are_the_levels_and_hold_what_lies_below_them(client: TestClient) -> None:
    harvester = Asking(client)
    names = {one.setSpec: one.setName for one in harvester.ListSets()}
    tops = [spec for spec in names if ":" not in spec]
    assert len(tops) == 2
    for spec in names:
        found = list(harvester.ListIdentifiers(metadataPrefix="oai_dc", set=spec))
        assert found and all(one.setSpecs[0] == spec or one.setSpecs[0].startswith(f"{spec}:") for one in found)


def test_granularity_is_the_day_or_the_second(client: TestClient) -> None:
    today = dt.datetime.now(dt.UTC)
    day, second = f"{today:%Y-%m-%d}", f"{today + dt.timedelta(seconds=5):%Y-%m-%dT%H:%M:%SZ}"
    yesterday = f"{today - dt.timedelta(days=1):%Y-%m-%d}"
    assert codes(client, verb="ListRecords", metadataPrefix="oai_dc", **{"from": yesterday, "until": day}) == []
    assert codes(client, verb="ListRecords", metadataPrefix="oai_dc", **{"from": second}) == ["noRecordsMatch"]
    assert codes(client, verb="ListRecords", metadataPrefix="oai_dc", until=second) == []


def test_a_list_goes_on_where_it_was_and_ends_with_an_empty_token(client: TestClient) -> None:
    seen: list[str] = []
    arguments = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    while True:
        answered = ask(client, **arguments)
        (token,) = answered.xpath("o:ListIdentifiers/o:resumptionToken", namespaces=NS)
        assert token.get("cursor") == str(len(seen))
        seen += answered.xpath("o:ListIdentifiers/o:header/o:identifier/text()", namespaces=NS)
        if not token.text:
            break
        arguments = {"verb": "ListIdentifiers", "resumptionToken": token.text}
    assert len(seen) == len(set(seen)) == 9


def test_what_was_taken_out_is_told_as_deleted(client: TestClient) -> None:
    (gone,) = [h for h in Asking(client).ListIdentifiers(metadataPrefix="tei") if h.deleted]
    answered = ask(client, verb="GetRecord", metadataPrefix="tei", identifier=gone.identifier)
    assert answered.xpath("o:GetRecord/o:record/o:header/@status", namespaces=NS) == ["deleted"]
    assert not answered.xpath("//o:metadata", namespaces=NS)
    assert codes(client, verb="ListMetadataFormats", identifier=gone.identifier) == ["noMetadataFormats"]


def test_what_a_list_and_a_record_say_is_the_same(client: TestClient) -> None:
    first = next(Asking(client).ListRecords(metadataPrefix="oai_dc"))
    alone = Asking(client).GetRecord(identifier=first.header.identifier, metadataPrefix="oai_dc")
    assert alone.metadata == first.metadata
    assert first.metadata["publisher"] == ["Mabillon"]
    assert first.metadata["creator"] == ["Shtykov"]


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    """The schema of the protocol; what stands in `metadata` is judged elsewhere."""
    text = (shared / "data/schemas/oai-pmh/OAI-PMH.xsd").read_text("utf-8")
    return etree.XMLSchema(etree.fromstring(text.replace('processContents="strict"', 'processContents="lax"').encode()))


@pytest.mark.parametrize(
    "arguments",
    [
        *(arguments for _, arguments in ERRORS),
        {"verb": "Identify"}, {"verb": "ListMetadataFormats"}, {"verb": "ListSets"},
        *({"verb": "ListRecords", "metadataPrefix": prefix} for prefix in ("oai_dc", "tei", "cmif", "ead")),
        {"verb": "ListIdentifiers", "metadataPrefix": "tei"},
    ],
)  # fmt: skip
def test_answers_are_valid_by_the_schema(
    arguments: dict[str, str], client: TestClient, schema: etree.XMLSchema
) -> None:
    schema.assertValid(ask(client, **arguments))
