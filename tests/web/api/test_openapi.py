"""The description is true: whatever may be asked by it is answered as it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from starlette.testclient import TestClient

from mabillon.web.api.limits import Limits
from mabillon.web.api.openapi import description
from mabillon.web.api.operations import OPERATIONS
from mabillon.web.app import create_app
from tests.web.api.conftest import BASE

UNDESCRIBED = {"cursor", "after", "since", "month", "at", "clock", "proved", "presumed"}
"""Parameters that can be wrong though their schema is kept: cursors are opaque, a month needs a year, a moment is EDTF,
a clock that of a city."""

CONFIG = {
    "checks": {
        "negative_data_rejection": {"expected-statuses": ["404", "414", "422"]},
        "positive_data_acceptance": {"enabled": False},  # a cursor of the right shape may be none: asked below
    }
}


@pytest.fixture(scope="module")
def described(archive_path: Path) -> Any:
    app = create_app(archive_path, Limits(quota=0))
    return schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIG))


def cases() -> list[Any]:
    """Each path with right parameters, and each that has parameters to get wrong with wrong ones."""
    paths = description()["paths"]
    wrong = [path for path, said in paths.items() if any(p["in"] == "query" for p in said["get"]["parameters"])]
    return [pytest.param(path, GenerationMode.POSITIVE, id=f"{path} right") for path in paths] + [
        pytest.param(path, GenerationMode.NEGATIVE, id=f"{path} wrong") for path in wrong
    ]


@pytest.mark.parametrize(("path", "mode"), cases())
def test_whatever_is_asked_is_answered_as_described(described: Any, path: str, mode: GenerationMode):
    operation = described[path]["GET"]

    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        answer = case.call_and_validate()
        if mode == GenerationMode.POSITIVE and not UNDESCRIBED & set(case.query or {}):
            assert answer.status_code in (200, 404)

    ask()


def test_the_description_leads_nowhere_but_into_itself(client: TestClient):
    served = client.get(f"{BASE}/openapi.json").json()
    assert served == json.loads(json.dumps(description())) and served["openapi"].startswith("3.1")
    for reference in re.findall(r'"\$ref": "([^"]*)"', json.dumps(served)):
        place = served
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_each_operation_is_described_with_all_its_parameters():
    operations = [path["get"] for path in description()["paths"].values()]
    assert [operation["operationId"] for operation in operations] == [one.name for one in OPERATIONS]
    for one, operation in zip(OPERATIONS, operations, strict=True):
        assert {p["name"] for p in operation["parameters"]} == set(one.asks.__struct_fields__)
        assert all(p["description"] for p in operation["parameters"]) and operation["summary"]


def test_people_can_read_it_too(client: TestClient):
    page = client.get("/api").text
    for one in OPERATIONS:
        assert one.summary.replace("'", "&#39;") in page, one.name
