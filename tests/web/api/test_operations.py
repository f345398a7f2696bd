"""Each operation answers as it promises. An operation without an example here fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from mabillon.record import Record, decode, encode
from mabillon.web.api.operations import OPERATIONS
from tests.web.api.conftest import BASE, Ask, check_shape

BY_NAME = {one.name: one for one in OPERATIONS}
Records = dict[str, Record]


def is_all_records(content: Any, records: Records) -> bool:
    return [record["id"] for record in content["records"]] == sorted(record.id for record in records.values())


def is_cable(content: Any, records: Records) -> bool:
    return bool(content == decode_plain(records["cable"]))


def decode_plain(record: Record) -> Any:
    return json.loads(encode(record))


def has_neighbours(content: Any, records: Records) -> bool:
    around = content["before"]["id"], content["after"]["id"]
    return around == (records["letter"].id, records["note"].id) and "3 Mar. 1951" in content["citations"]["mla"]


def finds_bridges(content: Any, records: Records) -> bool:
    [hit] = content["hits"]
    return hit["record"]["id"] == records["cable"].id and {"text": "bridges", "marked": True} in hit["snippet"]


def shows_both_sides(content: Any, records: Records) -> bool:
    [found] = [one for one in content["findings"] if one["finding"] == "chain.out-of-order"]
    return len(found["evidence"]) == 2 and found["record"]["id"] == records["cable"].id


def nothing_is_arranged(content: Any, records: Records) -> bool:
    return content == {"way": [], "levels": []}  # none of the three says where it lies


def is_copied_to_molotov(content: Any, records: Records) -> bool:
    [claim] = content["presumed"]["claims"]
    return content["proved"]["total"] == 0 and (claim["way"], claim["doubts"]) == ("copied", ["no-delivery"])


EXAMPLES: dict[str, tuple[str, Callable[[Any, Records], bool]]] = {
    "listRecords": ("/records", is_all_records),
    "getRecord": ("/records/{cable}", is_cable),
    "getRelated": ("/records/{cable}/related", has_neighbours),
    "search": ("/search?q=bridges", finds_bridges),
    "listFindings": ("/findings?finding=chain.out-of-order", shows_both_sides),
    "listRepositories": ("/levels", nothing_is_arranged),
    "listPeople": ("/people", lambda c, r: "Orlov" in {one["name"].title() for one in c["names"]}),
    "getPeople": ("/people/Molotov", lambda c, r: {one["role"]: one["total"] for one in c["roles"]} == {"copy": 1}),
    "listOrganizations": ("/organizations", lambda c, r: c["next"] is None),
    "getOrganizations": ("/organizations/Ministry%20of%20Foreign%20Affairs", lambda c, r: c["kind"] == "org"),
    "listPlaces": ("/places", lambda c, r: "PYONGYANG" in {one["name"].upper() for one in c["names"]}),
    "getPlaces": ("/places/Pyongyang", lambda c, r: c["candidates"][0]["authority"] == "place:pyongyang"),
    "countDays": ("/calendar", lambda c, r: c["counts"] == {"1898": 1, "1951": 1, "1966": 1}),
    "getKnew": ("/knew?who=Molotov&at=1966-12-31", is_copied_to_molotov),
    "getFirst": ("/knew/first?about=bridges", lambda c, r: c["proved"][0]["record"]["id"] == r["cable"].id),
    "getSpread": ("/records/{cable}/spread", lambda c, r: {"written", "copied"} <= {hop["hop"] for hop in c["hops"]}),
    "listChanges": ("/changes", lambda c, r: {one["id"] for one in c["changes"]} == {one.id for one in r.values()}),
}
ELSEWHERE = {
    "getOriginal": "test_records", "getLevel": "test_levels", "listLevel": "test_levels", "export": "test_export",
    "getFinding": "test_findings", "listStations": "test_series", "getSeries": "test_series",
    "listRoutes": "test_series", "getRoute": "test_series",
}  # fmt: skip
"""Operation → the module that tries it: it gives no JSON, or needs another archive."""


def test_each_operation_has_an_example():
    assert set(EXAMPLES) | set(ELSEWHERE) == set(BY_NAME)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_operation_gives_what_it_promises(name: str, ask: Ask, records: Records):
    path, is_right = EXAMPLES[name]
    ids = {stem: record.id for stem, record in records.items()}
    content = ask(path.format(**ids), BY_NAME[name].gives.__name__)
    assert is_right(content, records), content


@pytest.mark.parametrize("name", [*EXAMPLES, "openapi"])
def test_what_one_has_already_is_not_sent_again(name: str, client: TestClient, records: Records):
    path = EXAMPLES[name][0] if name in EXAMPLES else "/openapi.json"
    address = BASE + path.format(**{stem: record.id for stem, record in records.items()})
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_record_is_given_just_as_the_contract_has_it(client: TestClient, records: Records):
    for record in records.values():
        answer = client.get(f"{BASE}/records/{record.id}")
        assert answer.content == encode(record) and decode(answer.content) == record


def test_the_start_leads_everywhere(client: TestClient):
    content = client.get(f"{BASE}/").json()
    check_shape_of_start = {"name", "records", "contract", "openapi", "addresses"}
    assert set(content) == check_shape_of_start and content["records"] == 3
    assert set(content["addresses"]) == set(BY_NAME)
    assert client.get(f"{BASE}", follow_redirects=True).json() == content
    check_shape("Problem", client.get(f"{BASE}/nowhere").json())


@pytest.mark.parametrize("name", ["listRecords", "listPeople", "listPlaces", "listFindings", "listChanges", "search"])
def test_pages_make_up_the_whole_each_thing_once(name: str, client: TestClient):
    path = BASE + BY_NAME[name].path
    key = {"listRecords": "records", "listFindings": "findings", "listChanges": "changes", "search": "hits"}
    listed = key.get(name, "names")
    more = {"sort": "date"} if name == "search" else {}
    whole = client.get(path, params={"limit": 200, **more}).json()[listed]
    found: list[Any] = []
    address: str | None = f"{path}?limit=1" + ("&sort=date" if more else "")
    while address and len(found) <= len(whole):
        answer = client.get(address)
        found += answer.json()[listed]
        follows = not answer.json().get("complete", False)
        address = answer.links["next"]["url"] if follows and "next" in answer.links else None
    assert found == whole and len(whole) >= 2
