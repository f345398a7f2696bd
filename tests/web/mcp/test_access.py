"""What is closed is in no answer of any tool, and a redacted passage is in none either."""

from __future__ import annotations

from typing import Any

import pytest

from mabillon.archive import Access, Archive
from tests.archive.test_knew import id_of
from tests.web.mcp.conftest import Assistant


def everything(assistant: Assistant, id: str) -> str:
    """Return all that the tools say, asked in each way that could bring up the record `id`."""
    asked: list[tuple[str, dict[str, Any]]] = [
        *(("search", {"query": query}) for query in ("", "parallel", "Beria", "number:1351", "date:1950-09-30")),
        *(("read_record", {"record": record}) for record in (id, "1351", "1400", id[:-1])),
        *(("follow_thread", {"record": record}) for record in (id, "1351", "1400")),
        *(("who_knew", {"who": who}) for who in ("Mikoyan", "Beria", "Shtykov", "Gromyko")),
        ("who_knew_first", {"about": "parallel"}),
        *(("how_it_spread", {"record": record}) for record in (id, "1351")),
    ]
    said = []
    for tool, given in asked:
        words = str(assistant.call(tool, **given).content)
        said.append(words.replace(str(given.get("record")), "") if "no record of the id" in words else words)
    return "\n".join(said)


def test_a_closed_record_is_absent(assistant: Assistant, archive: Archive) -> None:
    id = id_of(archive, 1351)
    before = everything(assistant, id)
    assert id in before and "Beria" in before and "20:35" in before
    archive.set_access(id, Access("restricted"), "an archivist", "closed")
    after = everything(assistant, id)
    assert id not in after and "20:35" not in after and "no record of the id or number" in after
    assert "1400" in after, "what is open is answered as before"


def test_a_redacted_passage_is_in_no_answer(assistant: Assistant, archive: Archive) -> None:
    record = archive.record(id_of(archive, 1351))
    assert record and record.source and record.source.text
    start = record.source.text.index("Beria")
    archive.redact(record.id, (start, start + 5), "an archivist", "a name")
    after = everything(assistant, record.id)
    assert "█████" in after and record.id in after
    assert "“Beria”" not in after and '"words":"Beria"' not in after and '"value":"Beria"' not in after


def test_what_cannot_be_read_is_not_told_in_the_words_of_the_machine(
    assistant: Assistant, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object, **more: object) -> None:
        raise RuntimeError("/var/lib/secret")

    monkeypatch.setattr(assistant.counter.desk.finder, "search", fail)
    assert assistant.refused("search", query="rice") == "Something failed here; it was noted."
