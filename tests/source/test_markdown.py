"""Markdown: the marks go, the words, columns and blank lines stay."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.document import Document
from mabillon.errors import SourceError
from mabillon.source import open_bytes
from tests.source.laws import assert_holds, words_of


def read(raw: str) -> Document:
    (document,) = open_bytes(raw.encode(), "paper.md")
    assert_holds(document)
    return document


def test_marks_of_markup_become_regions() -> None:
    document = read("# IN 48816 #\n\n**S E C R E T** and *urgent*\n> quoted\n> twice\n\n[see](http://x.example/a) \\*")
    assert document.text.value == "IN 48816\n\nS E C R E T and urgent\nquoted\ntwice\n\nsee *"
    assert words_of(document.text, "heading") == ["IN 48816"]
    assert words_of(document.text, "emphasis") == ["S E C R E T", "urgent"]
    assert words_of(document.text, "quotation") == ["quoted\ntwice"]


def test_columns_and_blank_lines_stay() -> None:
    raw = "TO    DIRECTOR        IN 18840\nFROM  MANAGUA\n\n\n   1. TEXT_WITH_LINES a_b 2*3*4"
    assert read(raw).text.value == raw


def test_tables_are_rows_parted_by_tabs() -> None:
    document = read("| No. | To |\n|---|:--|\n| 1 | Stalin |")
    assert document.text.value == "No.\tTo\n1\tStalin"
    assert words_of(document.text, "cell") == ["No.", "To", "1", "Stalin"]


def test_fenced_text_is_left_alone() -> None:
    assert read("```\n# no **heading**\n```\nend").text.value == "# no **heading**\nend"


def test_front_matter_is_metadata_with_its_words_in_the_text() -> None:
    document = read('---\ntitle: "Cable 5"\ndate: 1950-09-30\ntags:\n  - Korea\n  - War\ncustom: x\n---\nText')
    assert document.text.value == "title: Cable 5\ndate: 1950-09-30\ntags: Korea\ntags: War\ncustom: x\n\nText"
    assert [(said.field, said.value) for said in document.metadata] == [
        ("title", "Cable 5"), ("date", "1950-09-30"), ("topic", "Korea"), ("topic", "War"),
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text(alphabet="#*_>|`[]()\\-~ \nab1é<br>", max_size=200))
def test_no_letter_is_lost_whatever_the_marks(raw: str) -> None:
    try:
        text = read(raw).text.value
    except SourceError:
        return
    letters = [character for character in raw if character in "aé1"]
    kept = [character for character in text if character in "aé1"]
    assert len(kept) >= len(letters) - raw.count("(") * 200 - raw.count("<") * 200 - raw.count("`") * 200
    if not set("(<`") & set(raw):
        assert kept == letters
