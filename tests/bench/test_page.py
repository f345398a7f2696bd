"""The page of figures: sections replaced one at a time, and a summary of what was to be reached."""

from __future__ import annotations

from pathlib import Path

from bench.page import Section, put_section, put_summary
from bench.search.measure import Times
from bench.search.questions import Question


def test_sections_are_replaced_and_summed_up(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    for figure in (5.0, 2.0):
        first = Section(["## One"])
        first.goal("ingest : bare", figure, "×", 3.5, True)
        put_section("one", first.markdown(), page)
        second = Section(["## Two"])
        second.goal("records lost", 0, "", 0, True, digits=0)
        put_section("two", second.markdown(), page)
        put_summary(page)
    text = page.read_text("utf-8")
    summary = text.split("<!-- end of summary -->")[0]
    assert "| ingest : bare | 2.0× | ≤ 3.5× | yes |" in summary and "5.0×" not in text
    assert summary.index("ingest : bare") < summary.index("| records lost | 0 | ≤ 0 | yes |")
    assert text.startswith("# Performance") and text.count("## What was to be reached") == 1
    assert text.index("<!-- summary -->") < text.index("## One") < text.index("## Two")


def test_what_falls_short_is_marked(tmp_path: Path) -> None:
    found = Section()
    found.goal("p99", 31.0, " ms", 25, True)
    found.goal("recall", 0.92, "", 0.93, False, digits=3)
    put_section("one", found.markdown(), tmp_path / "page.md")
    put_summary(tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text("utf-8").count("**no**") == 4


def test_the_99th_of_a_hundred_goes_by_the_nearest_rank() -> None:
    times = Times()
    for number in range(1, 201):
        times.add(Question("rare word", str(number)), float(number))
    assert times.p99 == 198.0
