"""What is refused at the door, and how that is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive
from mabillon.record import Record
from mabillon.web.api.app import api
from mabillon.web.api.desk import Desk
from mabillon.web.api.limits import Limits, Quota
from mabillon.web.app import create_app
from tests.web.api.conftest import BASE, Ask


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/records/none", 404, "no such record"),
        ("/records/none/related", 404, "no such record"),
        ("/records/none/original", 404, "no such record"),
        ("/nowhere", 404, "openapi.json"),
        ("/records/..%2f..%2farchive.db", 404, ""),
        ("/levels/12345", 404, "no such level"),
        ("/levels/first", 422, "expected `int`"),
        ("/people/Xqzyvw", 404, "No document"),
        ("/export.docx", 422, "there are: jsonl, csv, parquet"),
        ("/search?limit=0", 422, "`int` >= 1"),
        ("/search?limit=%D9%A3", 422, "limit"),
        ("/search?sort=size", 422, "there are: relevance, date"),
        ("/search?q=a&q=b", 422, "given twice"),
        ("/search?query=a", 422, "there are: q, sort"),
        ("/search?cursor=none", 422, "cursor is damaged"),
        ("/search?q=" + "a" * 2001, 422, "q: "),
        ("/findings?after=WzEsMjNd!", 422, "cursor is damaged"),
        ("/findings?after=WyJhIl0", 422, "cursor is damaged"),
        ("/changes?since=WzEsMV0", 422, "cursor is damaged"),
        ("/records/x?id=y", 422, "stands in the path"),
        ("/calendar?month=2", 422, "month needs a year"),
        ("/calendar?year=0", 422, "year: "),
        ("/search?q=" + "a" * 9000, 414, "shorten"),
    ],
)
def test_a_request_that_cannot_be_met_gets_a_problem_that_says_why(ask: Ask, path: str, status: int, said: str):
    problem = ask(path, "Problem", status)
    assert problem["status"] == status and problem["title"]
    assert said in problem["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed_over_this_interface(client: TestClient, method: str):
    answer = client.request(method, f"{BASE}/search")
    assert (answer.status_code, answer.json()["status"]) == (405, 405)
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_a_request_with_large_content_is_refused(client: TestClient):
    answer = client.post(f"{BASE}/search", content=b"x" * 20_000)
    assert (answer.status_code, answer.json()["title"]) == (413, "Request Entity Too Large")


def test_other_sites_may_ask(client: TestClient):
    answer = client.options(f"{BASE}/search", headers={"Origin": "https://elsewhere.test"})
    assert answer.status_code == 204 and "GET" in answer.headers["access-control-allow-methods"]
    assert client.get(f"{BASE}/search").headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/search?q=bridges", "/records", "/export.csv", "/nowhere"])
def test_head_says_the_same_without_the_content(client: TestClient, path: str):
    head, get = client.head(BASE + path), client.get(BASE + path)
    assert head.content == b"" and head.status_code == get.status_code
    assert head.headers.get("etag") == get.headers.get("etag")
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize("path", ["/search", "/nowhere", "/records/x", "/export.jsonl", "/openapi.json"])
def test_every_answer_carries_the_headers_of_safety(client: TestClient, path: str):
    headers = client.get(BASE + path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_answers_are_compressed_for_those_who_take_it(client: TestClient):
    for path in ("/records", "/export.jsonl", "/openapi.json"):
        answer = client.get(BASE + path, headers={"Accept-Encoding": "gzip"})
        plain = client.get(BASE + path, headers={"Accept-Encoding": "identity"})
        assert answer.headers["content-encoding"] == "gzip" and "Accept-Encoding" in answer.headers["vary"]
        assert answer.content == plain.content and "content-encoding" not in plain.headers


def test_limits_name_themselves(archive_path: Path):
    with TestClient(create_app(archive_path, Limits(quota=2))) as asking:
        first = asking.get(f"{BASE}/records")
        assert first.headers["ratelimit-policy"] == '"address";q=2;w=60'
        assert first.headers["ratelimit"] == '"address";r=1;t=30'
        assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("2", "1")
        asking.get(f"{BASE}/nowhere")
        refused = asking.get(f"{BASE}/records")
        assert refused.status_code == 429 and int(refused.headers["retry-after"]) >= 1
        assert refused.json()["title"] == "Too Many Requests"
        assert refused.json()["retry_after"] == int(refused.headers["retry-after"])
        assert asking.get("/").status_code == 200


def test_a_quota_of_none_limits_nobody(archive_path: Path):
    with TestClient(create_app(archive_path, Limits(quota=0))) as asking:
        assert "ratelimit" not in asking.get(f"{BASE}/records").headers


def test_a_bucket_fills_again_with_time():
    now = [0.0]
    quota = Quota(60, lambda: now[0])
    shares = [quota.take("192.0.2.1") for _ in range(61)]
    assert [share.left for share in shares] == [*range(59, -1, -1), 0]
    assert [share.wait for share in shares[-2:]] == [0, 1]
    assert quota.take("192.0.2.2").left == 59
    now[0] = 30.0
    assert quota.take("192.0.2.1").left == 29


def test_one_network_of_ipv6_is_one_asker():
    quota = Quota(10, lambda: 0.0)
    quota.take("2001:db8::1")
    assert quota.take("2001:db8::2:3:4").left == 8
    assert quota.take("2001:db8:1::1").left == 9
    assert quota.take("fe80::1%eth0").left == 9


class Slow(Desk):
    """Takes its time over a record until it is let go."""

    def __init__(self, archive: Archive, go: threading.Event) -> None:
        super().__init__(archive)
        self.go = go

    def record(self, id: str) -> Record | None:
        self.go.wait()
        return super().record(id)


@pytest.fixture
def slow(archive_path: Path) -> Iterator[tuple[TestClient, threading.Event]]:
    go = threading.Event()
    with Archive.open(archive_path) as archive:
        with TestClient(api(Slow(archive, go), Limits(seconds=0.05)), raise_server_exceptions=False) as asking:
            yield asking, go
        go.set()


def test_what_takes_too_long_is_cut_off_with_an_answer(slow: tuple[TestClient, threading.Event]):
    asking, go = slow
    answers = [asking.get("/records/x") for _ in range(9)]
    assert {answer.status_code for answer in answers} == {503}
    assert "ask for less" in answers[0].json()["detail"]
    assert "Too many long answers" in answers[-1].json()["detail"] and answers[-1].headers["retry-after"]
    go.set()


class Broken(Desk):
    def record(self, id: str) -> Record | None:
        raise RuntimeError("a secret of the machine")


def test_a_failure_is_a_problem_that_tells_nothing_of_the_machine(archive_path: Path, caplog: Any):
    with Archive.open(archive_path) as archive, TestClient(api(Broken(archive))) as asking:
        answer = asking.get("/records/x")
    assert answer.status_code == 500 and "secret" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "a secret of the machine" in caplog.text
