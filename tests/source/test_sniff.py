"""What a source is shows in its first bytes; its name helps where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.errors import SourceError
from mabillon.source import open_bytes, walk
from mabillon.source.original import from_bytes
from mabillon.source.sniff import sniff


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"From PYONGYANG", "a.txt", "plain"),
        (b"From PYONGYANG", "a", "plain"),
        (b"<illegible> From PYONGYANG", "a.txt", "plain"),
        (b"# Cable\n\ntext", "a.md", "markdown"),
        (b"---\ntitle: Cable\n---\ntext", "a.txt", "markdown"),
        (b"<!DOCTYPE html><p>x", "a.txt", "html"),
        (b"<!-- saved --><html><p>x", "a", "html"),
        (b"<p>a</p><p>b</p><p>c</p>", "a.html", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html><p/></html>", "a.xml", "html"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "a.txt", "tei"),
        (b"<?xml version='1.0'?><t:TEI/>", "a", "tei"),
        (b"<div type='document'><p>x</p></div>", "a.xml", "tei"),
        (b"<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI/>", "a.xml", "tei"),
        ("<TEI><text/></TEI>".encode("utf-16"), "a.xml", "tei"),
    ],
)
def test_the_best_bid_reads(content: bytes, name: str, expected: str) -> None:
    assert sniff(from_bytes(content, name)).name == expected


def test_names_without_meaning_do_not_matter() -> None:
    (document,) = open_bytes(b"<html><body><p>words</p>", "cable.0001")
    assert (document.media_type, document.filename) == ("text/html", "cable.0001")


def test_folders_are_walked_in_order_and_faults_are_yielded(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden", "c.gold.json", "INDEX.md", "b/INDEX.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    found = list(walk([tmp_path, tmp_path / "absent", tmp_path / ".hidden"]))
    errors = [entry for entry in found if isinstance(entry, SourceError)]
    names = [entry.relative_to(tmp_path).as_posix() for entry in found if isinstance(entry, Path)]
    assert names == ["a.txt", "b/1.txt", "b/2.txt", "b/INDEX.md", ".hidden"]
    assert [error.reason for error in errors] == ["does not exist"]
