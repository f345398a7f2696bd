"""Every specimen is read, and what is said of its text holds in its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.document import METADATA_FIELDS, Document
from mabillon.source import open_source, walk
from mabillon.text import REGION_KINDS, normalize

SPECIMENS = Path(__file__).resolve().parent.parent / "specimens"
FILES = [path for path in walk([SPECIMENS]) if isinstance(path, Path)]


def assert_holds(document: Document) -> None:
    """The law of every document: normalized text, regions in order within it, metadata that quote it."""
    value = document.text.value
    assert value == normalize(value)
    before = (0, -len(value))
    for region in document.text.regions:
        assert region.kind in REGION_KINDS
        assert 0 <= region.start <= region.end <= len(value)
        assert before <= (region.start, -region.end)
        before = (region.start, -region.end)
        if region.start < region.end:
            assert value[region.start : region.end].strip()
    for said in document.metadata:
        assert said.field in METADATA_FIELDS or "." in said.field
        assert said.value
        if said.span is not None:
            assert document.text[said.span] == said.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_specimen_is_read_and_its_offsets_hold(path: Path) -> None:
    documents = list(open_source(path))
    assert documents
    for document in documents:
        assert document.filename == path.name
        assert document.text.value.strip()
        assert_holds(document)
