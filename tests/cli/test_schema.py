"""The schema is JSON Schema, versioned, and what the program writes is valid against what it says."""

from __future__ import annotations

import json

from mabillon.record import SCHEMA
from tests.cli.command import Command


def test_the_schema_carries_the_version_of_the_contract(mabillon: Command) -> None:
    said = json.loads(mabillon("schema").stdout)
    assert said["$id"] == SCHEMA
    assert said["$schema"].startswith("https://json-schema.org/draft/2020-12")
    assert {"type", "date", "events", "copies", "findings"} <= set(said["$defs"]["Record"]["properties"])
    assert "list" in said["$defs"]["Copies"]["properties"]
    assert "from" in said["$defs"]["Reference"]["properties"]
