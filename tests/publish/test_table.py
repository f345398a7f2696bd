"""The page on interchange says of every field where it goes."""

from __future__ import annotations

import re
from pathlib import Path

from mabillon.record import Record

PAGE = (Path(__file__).resolve().parents[2] / "docs/interchange.md").read_text("utf-8")
TABLE = PAGE.partition("\n## Where each field lives\n")[2].partition("\n## ")[0]


def test_every_field_of_a_record_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", TABLE, re.MULTILINE)
    assert [name for name, _ in rows] == list(Record.__struct_fields__)
    assert {len(re.findall(r"\|", row)) for _, row in rows} == {7}
