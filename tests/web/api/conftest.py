"""How these tests ask, and what the description promises of each answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient

from mabillon.web.api.openapi import description

BASE = "/api/v1"


def check_shape(name: str, content: Any) -> None:
    """Fail unless `content` is what the description says of the schema `name`."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": description()["components"]}
    jsonschema_rs.Draft202012Validator(schema).validate(content)


Ask = Callable[..., Any]


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """Ask for a path below /api/v1; the answer, or the problem, is JSON of the shape that is promised."""

    def asking(path: str, shape: str = "", status: int = 200, **options: Any) -> Any:
        answer = client.get(f"{BASE}{path}", **options)
        assert answer.status_code == status, answer.text[:500]
        kind = "application/json" if status == 200 else "application/problem+json"
        assert answer.headers["content-type"] == kind
        content = answer.json()
        if shape or status != 200:
            check_shape(shape or "Problem", content)
        return content

    return asking
