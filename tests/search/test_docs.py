"""The page on searching shows only what works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mabillon.search import parse
from mabillon.search.parse import MAX_DEPTH, MAX_LENGTH
from mabillon.search.query import FIELDS, Word

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "search.md").read_text("utf-8")
TYPED = [query for row in re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE) for query in re.findall("`(.+?)`", row)]


@pytest.mark.parametrize("query", TYPED)
def test_every_query_of_the_page_is_read_without_a_slip(query: str) -> None:
    assert parse(query).notes == ()
    if not re.fullmatch(r"\w+", query):
        assert not isinstance(parse(query).root, Word)


def test_the_page_names_every_field_and_the_limits() -> None:
    shown = set(re.findall(r"`-?(\w+):", PAGE))
    assert set(FIELDS) - {"id"} <= shown
    assert {f"{MAX_LENGTH:,}", f"{MAX_DEPTH} deep"} <= set(re.findall(r"[\d,]+(?: deep)?", PAGE))
