"""Records in the formats of the field, from their pages."""

from __future__ import annotations

import re

import orjson
import pytest
from iiif_prezi3 import Collection, Manifest
from lxml import etree
from starlette.testclient import TestClient

from mabillon.publish.formats import RECORD_FORMATS
from mabillon.record import Record


@pytest.mark.parametrize("ending", RECORD_FORMATS)
def test_a_page_links_to_its_record_in_each_format(
    ending: str, client: TestClient, records: dict[str, Record]
) -> None:
    id = records["cable"].id
    assert f'href="/records/{id}/record.{ending}"' in client.get(f"/records/{id}").text
    given = client.get(f"/records/{id}/record.{ending}")
    assert given.status_code == 200 and given.content
    assert given.headers["content-type"] == RECORD_FORMATS[ending].media_type
    again = client.get(f"/records/{id}/record.{ending}", headers={"If-None-Match": given.headers["etag"]})
    assert again.status_code == 304


def test_what_is_not_there_is_not_found(client: TestClient, records: dict[str, Record]) -> None:
    assert client.get("/records/none/record.tei.xml").status_code == 404
    assert client.get(f"/records/{records['cable'].id}/record.doc").status_code == 404
    assert client.get("/browse/999/iiif.json").status_code == 404


def test_a_page_carries_the_record_for_search_engines(client: TestClient, records: dict[str, Record]) -> None:
    page = client.get(f"/records/{records['cable'].id}").text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    made = orjson.loads(found)
    assert made["@id"] == f"http://archive.test/records/{records['cable'].id}"
    assert made["sender"][0]["name"] == records["cable"].senders[0].value


def test_the_whole_archive_goes_out_as_cmif_and_as_a_finding_aid(client: TestClient) -> None:
    for address in ("/cmif.xml", "/ead.xml"):
        given = client.get(address)
        assert given.status_code == 200 and "xml" in given.headers["content-type"]
        assert etree.fromstring(given.content) is not None


def test_manifests_and_collections_are_those_of_the_community(client: TestClient, records: dict[str, Record]) -> None:
    manifest = client.get(f"/records/{records['cable'].id}/record.iiif.json").json()
    assert Manifest(**manifest).homepage[0].id == f"http://archive.test/records/{records['cable'].id}"
    levels = re.findall(r'href="/browse/(\d+)"', client.get("/browse").text)
    for level in levels:
        made = client.get(f"/browse/{level}/iiif.json").json()
        assert Collection(**made).items
