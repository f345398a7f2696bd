"""Every specimen is read, and what is said of its text holds in its text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.specimens import documents
from mabillon.source import open_bytes, open_source
from mabillon.source.encoding import decode
from tests.source.laws import assert_holds

FILES = documents()
PAGES = [path for path in FILES if path.suffix == ".html"]
WORD = re.compile(r"\w+")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_specimen_is_read_and_its_offsets_hold(path: Path) -> None:
    opened = list(open_source(path))
    assert opened
    for document in opened:
        assert document.filename == path.name
        assert document.text.value.strip()
        assert_holds(document)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_bytes_are_read_as_the_file_is(path: Path) -> None:
    assert list(open_bytes(path.read_bytes(), path.name)) == list(open_source(path))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_word_of_a_page_is_lost(path: Path) -> None:
    parser = LexborHTMLParser(decode(path.read_bytes()))
    parser.strip_tags(["script", "style", "head", "noscript"])
    shown = parser.body.text(separator=" ") if parser.body else ""
    (document,) = open_source(path)
    kept = set(WORD.findall(document.text.value))
    assert [word for word in WORD.findall(shown) if word not in kept] == []


def test_plain_text_is_kept_to_the_last_space() -> None:
    (path,) = (path for path in FILES if path.name == "wave-1961-courier.txt")
    (document,) = open_source(path)
    assert document.text.value == path.read_text("utf-8")
