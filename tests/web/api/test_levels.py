from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive
from mabillon.archive.indexing import open_index
from mabillon.web.app import create_app
from tests.archive.conftest import archive, folder
from tests.web.api.conftest import BASE, check_shape

__all__ = ["archive", "folder"]


@pytest.fixture
def boxes(archive: Archive) -> Iterator[TestClient]:
    """Asks of seven cables that lie in two files of one fonds."""
    open_index(archive)
    with TestClient(create_app(archive.path), base_url="http://archive.test") as asking:
        yield asking


def test_levels_lead_from_the_repository_down_to_each_record(boxes: TestClient):
    found: list[str] = []

    def descend(address: str, way: list[int]) -> int:
        """Return how many records lie below."""
        content, count = boxes.get(address).json(), 0
        check_shape("Levels", content)
        assert [level["id"] for level in content["way"]] == way
        for level in content["levels"]:
            held = descend(level["url"], [*way, level["id"]])
            before = len(found)
            more: str | None = f"{level['url']}/records?limit=2"
            while more:
                answer = boxes.get(more)
                check_shape("Entries", answer.json())
                found.extend(entry["id"] for entry in answer.json()["entries"])
                more = answer.links["next"]["url"] if answer.json()["next"] else None
            held += len(found) - before
            assert level["records"] == held
            count += held
        return count

    assert descend(f"{BASE}/levels", []) == 7
    everything = [record["id"] for record in boxes.get(f"{BASE}/records").json()["records"]]
    assert len(everything) == 7 and sorted(found) == everything


@pytest.mark.parametrize("path", ["/levels/99999", "/levels/99999/records"])
def test_a_level_that_is_none_is_said_to_be_none(boxes: TestClient, path: str):
    answer = boxes.get(BASE + path)
    assert answer.status_code == 404 and "no such level" in answer.json()["detail"]
