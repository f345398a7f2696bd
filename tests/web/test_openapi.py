"""Requests made up from the description of the API: each answer must be one that the description promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mabillon.web.api.openapi import description
from mabillon.web.app import create_app

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip


@pytest.fixture(scope="module")
def described(archive_path: Path) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(archive_path, quota=0))


def cases() -> list[Any]:
    """Each path with right parameters, and each that has parameters to get wrong with wrong ones."""
    paths = description()["paths"]
    found = [pytest.param(path, GenerationMode.POSITIVE, id=f"{path} right") for path in paths]
    wrong = [path for path, said in paths.items() if any(p["in"] == "query" for p in said["get"]["parameters"])]
    return found + [pytest.param(path, GenerationMode.NEGATIVE, id=f"{path} wrong") for path in wrong]


@pytest.mark.parametrize(("path", "mode"), cases())
def test_every_answer_is_as_described(described: Any, path: str, mode: GenerationMode):
    operation = described[path]["GET"]

    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
