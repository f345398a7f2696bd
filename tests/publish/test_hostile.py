"""Anything that a document says goes out as words, never as markup, and stops no export."""

from __future__ import annotations

from datetime import date

import orjson
import pytest
from lxml import etree
from rdflib import Graph

from mabillon.publish.address import Publisher
from mabillon.publish.dublin_core import dublin_core
from mabillon.publish.ead3 import item
from mabillon.publish.formats import FORMATS, Format
from mabillon.web.api.export import FORMATS as WRITERS
from tests.web.papers import record_of

WORDS = [
    "</script><b>&amp;\"'", "bell\x07 and \x1f", "]]> <!-- -- \\u0022 \\", "\u202e\ufffe\uffff", " ", "\U0001f4dc é",
]  # fmt: skip
SITE = Publisher("An <Archive> & \"more\"", "https://a.example.org")
DAY = date(2026, 1, 2)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_hostile_words_stay_words(format: Format, words: str) -> None:
    written = format.write(record_of(words), SITE, DAY)
    if format.ending.endswith("xml"):
        assert etree.fromstring(written) is not None
    elif format.ending.endswith("json") or format.ending == "jsonld":
        assert orjson.loads(written)
    elif format.ending == "ttl":
        assert len(Graph().parse(data=written, format="turtle")) > 10


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("name", [name for name in WRITERS if name != "parquet"])
def test_many_are_written_whatever_they_say(name: str, words: str) -> None:
    assert b"".join(WRITERS[name].write([record_of(words)], SITE, DAY))


@pytest.mark.parametrize("words", WORDS)
def test_finding_aids_and_dublin_core_hold_any_words(words: str) -> None:
    for made in (item(record_of(words), SITE), dublin_core(record_of(words), SITE)):
        assert etree.fromstring(etree.tostring(made)) is not None
