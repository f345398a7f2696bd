"""What the JSON of a record always says, defaults or not (the public contract)."""

from __future__ import annotations

import json

from mabillon.evidence import Mark, Mention, Number, Word
from mabillon.record import Record, Reference, decode, encode

SAID = {"value": "7", "text": "7", "spans": [(0, 1)], "confidence": 0.9}


def test_kinds_and_directions_are_always_stated() -> None:
    record = Record(
        numbers=[Number(**SAID, kind="other")],
        marks=[Mark(**SAID, kind="editorial")],
        mentions=[Mention(**SAID, kind="person")],
        references=[Reference(number=Word(**SAID))],
    )
    said = json.loads(encode(record))
    assert said["schema"] == "mabillon/record/1"
    assert [said[key][0]["kind"] for key in ("numbers", "marks", "mentions")] == ["other", "editorial", "person"]
    assert said["references"][0]["direction"] == "mentions"
    assert decode(encode(record)) == record
