from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from mabillon.record import Record, decode, encode
from mabillon.web.api.limits import RateLimits
from mabillon.web.api.parquet import Column, write_parquet
from mabillon.web.api.routes import api_routes
from mabillon.web.app import site
from tests.web.papers import HOSTILE
from tests.web.planted import Planted

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def ask(client: TestClient, path: str, status: int = 200, **options: Any) -> Any:
    answer = client.get(path, **options)
    assert answer.status_code == status, answer.text[:500]
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer.headers["content-type"] == kind
    return answer.json()


def test_a_record_is_given_just_as_the_contract_has_it(client: TestClient, records: dict[str, Record]):
    for record in records.values():
        answer = client.get(f"/api/v1/records/{record.id}")
        assert answer.content == encode(record)
        assert decode(answer.content) == record


def test_what_one_has_already_is_not_sent_again(client: TestClient, records: dict[str, Record]):
    for path in (
        f"/api/v1/records/{records['cable'].id}",
        "/api/v1/search?q=bridges",
        f"/records/{records['cable'].id}",
    ):
        tag = client.get(path).headers["etag"]
        again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_answers_are_compressed_for_those_who_take_it(client: TestClient, records: dict[str, Record]):
    answer = client.get(f"/records/{records['cable'].id}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]


def test_all_records_come_once_page_by_page(client: TestClient, records: dict[str, Record]):
    found, after = [], ""
    while True:
        page = ask(client, "/api/v1/records", params={"limit": 1, **({"after": after} if after else {})})
        found += [record["id"] for record in page["records"]]
        after = page["next"]
        if after is None:
            break
    assert found == sorted(record.id for record in records.values())


def test_a_search_says_what_it_found_and_its_pages_make_up_the_whole(client: TestClient, records: dict[str, Record]):
    found = ask(client, "/api/v1/search?q=bridges")
    assert [hit["id"] for hit in found["hits"]] == [records["cable"].id]
    assert "<mark>bridges</mark>" in found["hits"][0]["snippet"]
    assert found["total"] == 1 and found["facets"]["year"] == [{"value": "1951", "count": 1}]
    ids, cursor = [], ""
    while cursor is not None:
        page = ask(
            client, "/api/v1/search", params={"sort": "date", "limit": 1, **({"cursor": cursor} if cursor else {})}
        )
        ids += [hit["id"] for hit in page["hits"]]
        cursor = page["next"]
    assert ids == [records[stem].id for stem in ("letter", "cable", "note")]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/records/none", 404, "no record 'none'"),
        ("/api/v1/nowhere", 404, "openapi.json"),
        ("/api/v1/levels/12345", 404, "no level 12345"),
        ("/api/v1/export.docx", 404, "jsonl, csv, parquet"),
        ("/api/v1/search?limit=0", 400, "from 1 to 200"),
        ("/api/v1/search?limit=%D9%A3", 400, "from 1 to 200"),
        ("/api/v1/search?sort=size", 400, "one of: relevance"),
        ("/api/v1/search?q=a&q=b", 400, "given twice"),
        ("/api/v1/search?query=a", 400, "there are: q, sort"),
        ("/api/v1/search?cursor=none", 400, ""),
        ("/api/v1/names", 400, "name is missing"),
        ("/api/v1/calendar?year=12", 400, "from 1000 to 2999"),
        ("/api/v1/search?q=" + "a" * 9000, 413, "too long"),
    ],
)
def test_a_request_that_cannot_be_met_gets_a_problem_that_says_why(
    client: TestClient, path: str, status: int, said: str
):
    problem = ask(client, path, status)
    assert problem["status"] == status and problem["title"]
    assert said in problem["detail"]


def test_only_get_is_answered(client: TestClient):
    answer = client.post("/api/v1/search")
    assert (answer.status_code, answer.json()["status"]) == (405, 405)
    assert "GET" in answer.headers["allow"]


def test_what_stands_beside_a_record_is_told(client: TestClient, records: dict[str, Record]):
    related = ask(client, f"/api/v1/records/{records['cable'].id}/related")
    assert related["before"]["id"] == records["letter"].id
    assert related["after"]["id"] == records["note"].id
    assert "3 March 1951" in related["citations"]["chicago-note"]
    assert related["citations"]["csl"]["issued"] == {"date-parts": [[1951, 3, 3]]}


def test_a_name_is_answered_with_its_forms_and_what_is_held(client: TestClient):
    found = ask(client, "/api/v1/names?name=Molotov")
    assert "Молотов" in {form["text"] for form in found["forms"]}
    assert {role["role"]: role["total"] for role in found["roles"]} == {"copy": 1}


def test_the_calendar_counts_days(client: TestClient):
    counts = ask(client, "/api/v1/calendar?year=1951&month=3")["counts"]
    assert len(counts) == 31
    assert [day for day, count in counts.items() if count] == ["1951-03-03"]


def test_the_archive_can_be_taken_whole_as_lines(client: TestClient, records: dict[str, Record]):
    lines = client.get("/api/v1/export.jsonl").text.splitlines()
    assert [decode(line) for line in lines] == sorted(records.values(), key=lambda record: record.id)


def test_a_search_can_be_taken_as_a_table(client: TestClient, records: dict[str, Record]):
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/export.csv?q=bridges").text, newline="")))
    assert [row["id"] for row in rows] == [records["cable"].id]
    assert rows[0]["sent"] == "1951-03-03T21:10" and rows[0]["copies"] == "Vetrov; Molotov; Beria"


def test_parquet_is_read_back_cell_by_cell(client: TestClient):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(client.get("/api/v1/export.parquet").content))
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/export.csv").text, newline="")))
    said = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in table.to_pylist()]
    assert said == rows


@pytest.mark.parametrize(
    "batches", [[], [[["a", 1]]], [[["ä", None], [None, -5]] * 40, [[None, None]], [["x" * 300, 7]]]]
)
def test_any_table_survives_as_parquet(batches: list[list[list[Any]]]):
    parquet = pytest.importorskip("pyarrow.parquet")
    written = b"".join(write_parquet([Column("word"), Column("count", whole=True)], batches))
    table = parquet.read_table(io.BytesIO(written))
    assert [[row["word"], row["count"]] for row in table.to_pylist()] == [row for batch in batches for row in batch]


def test_no_cell_of_a_table_is_a_formula():
    with TestClient(site(Planted("=1+1"))) as asking:
        rows = list(csv.reader(io.StringIO(asking.get("/api/v1/export.csv").text, newline="")))
    assert rows[1] and not [cell for cell in rows[1] if cell.startswith(("=", "+", "-", "@"))]


def test_a_search_can_be_followed_as_a_feed(client: TestClient, records: dict[str, Record]):
    answer = client.get("/search.atom?q=bridges")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:entry/a:id", "a:entry/a:updated"):
        assert feed.findtext(path, namespaces=ATOM)
    assert feed.findtext("a:entry/a:updated", namespaces=ATOM) == feed.findtext("a:updated", namespaces=ATOM)
    assert feed.findtext("a:entry/a:id", namespaces=ATOM) == f"http://archive.test/records/{records['cable'].id}"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_break_neither_feed_nor_citation_nor_json(words: str):
    with TestClient(site(Planted(words))) as asking:
        etree.fromstring(asking.get("/search.atom", params={"q": words}).content)
        assert asking.get("/api/v1/search").json()["hits"][0]["title"] == words
        assert "<script" not in (asking.get("/api/v1/search").json()["hits"][0]["snippet"] or "")
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


def test_limits_name_themselves():
    with TestClient(site(Planted("x"), quota=2)) as asking:
        first = asking.get("/api/v1/records/x")
        assert first.headers["ratelimit-policy"] == '"asker";q=2;w=60'
        assert first.headers["ratelimit"].startswith('"asker";r=1')
        asking.get("/api/v1/records/x")
        refused = asking.get("/api/v1/records/x")
        assert refused.status_code == 429 and int(refused.headers["retry-after"]) >= 1
        assert refused.json()["title"] == "Too Many Requests"
        assert asking.get("/").status_code == 200


def test_a_bucket_fills_again_with_time():
    now = [0.0]
    limits = RateLimits(site(Planted("x")), 60, lambda: now[0])
    assert [limits.take("a", 30) for _ in range(3)] == [(30, 0), (0, 0), (0, 31)]
    assert limits.take("b", 1) == (59, 0)
    now[0] = 31.0
    assert limits.take("a", 30) == (1, 0)


def test_the_description_covers_every_route_and_only_these(client: TestClient):
    described = set(client.get("/api/v1/openapi.json").json()["paths"])
    routes = {route.path.replace(":int", "") for route in api_routes()}  # type: ignore[attr-defined]
    assert routes - described == {"/api/v1/openapi.json"}
    assert described <= routes
