"""The laws that every document keeps, whatever it was read from."""

from __future__ import annotations

from mabillon.document import METADATA_FIELDS, Document
from mabillon.text import REGION_KINDS, Region, Text, normalize


def assert_holds(document: Document) -> None:
    """Normalized text; regions within it, in order, quoting words; metadata that quote their words."""
    assert_text_holds(document.text)
    for said in document.metadata:
        assert said.field in METADATA_FIELDS or "." in said.field
        assert said.value
        if said.span is not None:
            assert document.text[said.span] == said.value


def assert_text_holds(text: Text) -> None:
    value = text.value
    assert value == normalize(value)
    before = (0, -len(value))
    for region in text.regions:
        assert region.kind in REGION_KINDS
        assert 0 <= region.start <= region.end <= len(value)
        assert before <= (region.start, -region.end), "regions stand in text order, the wider first"
        before = (region.start, -region.end)
        words = value[region.start : region.end]
        assert words == words.strip()
        assert words or region.kind == "page-break"


def words_of(text: Text, kind: str) -> list[str]:
    return [quote(text, region) for region in text.regions_of(kind)]


def quote(text: Text, region: Region) -> str:
    return text.value[region.start : region.end]
