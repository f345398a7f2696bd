"""Text and regions come from one list of pieces, so they agree after every normalization."""

from __future__ import annotations

import os
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.source.builder import TextBuilder, bound_clusters, normal_text
from mabillon.text import normalize
from tests.source.laws import assert_text_holds

EFFORT = int(os.environ.get("MABILLON_FUZZ", "1"))
PIECES = st.text(
    alphabet=st.sampled_from("ab ,)( \n\té\u0301\u0323\u0308가ᄀ\u1161\u11a8\xa0\ufeff\u2028Å\u212b1"), max_size=8
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("inline"), PIECES),
        st.tuples(st.just("verbatim"), PIECES),
        st.tuples(
            st.sampled_from(["line_break", "line_end", "block", "gap", "glue", "open", "close", "point"]), st.none()
        ),
    ),
    max_size=40,
)


def build(steps: list[tuple[str, str | None]], tight: bool) -> TextBuilder:
    builder, opened = TextBuilder(tight), []
    for step, words in steps:
        if step == "open":
            opened.append(builder.open("paragraph"))
        elif step == "close":
            if opened:
                mark = opened.pop()
                builder.close(mark)
                builder.state("title", mark=mark)
        elif step == "point":
            builder.point("page-break")
        elif words is None:
            getattr(builder, step)()
        else:
            getattr(builder, step)(words)
    return builder


@settings(max_examples=100 * EFFORT, deadline=None)
@given(STEPS, st.booleans(), st.booleans())
def test_regions_and_metadata_hold_whatever_was_written(
    steps: list[tuple[str, str | None]], tight: bool, titled: bool
) -> None:
    builder = build(steps, tight)
    if titled:
        builder.prepend("A title", "metadata")
    text, metadata = builder.finish()
    assert_text_holds(text)
    for said in metadata:
        assert said.span is not None
        assert text[said.span] == said.value


@settings(deadline=None)
@given(st.lists(PIECES, max_size=8))
def test_a_region_quotes_the_normal_form_of_its_own_words(pieces: list[str]) -> None:
    builder = TextBuilder()
    for piece in pieces:
        mark = builder.open("paragraph")
        builder.inline(f"<{piece}>")
        builder.close(mark)
        builder.block()
    text, _ = builder.finish()
    quoted = [text.value[region.start : region.end] for region in text.regions]
    assert len(quoted) == len(pieces)
    assert all(unicodedata.is_normalized("NFC", words) and words[0] + words[-1] == "<>" for words in quoted)
    assert text.value == "\n".join(quoted)


def test_white_space_collapses_and_blocks_part() -> None:
    builder = TextBuilder()
    builder.inline("  From \n Pyongyang ")
    builder.inline(" sent")
    builder.block(blank_line=True)
    builder.inline(" Moscow\xa0 1950 ")
    builder.line_break()
    builder.inline("Urgent")
    assert builder.finish()[0].value == "From Pyongyang sent\n\nMoscow  1950\nUrgent"


def test_no_break_spaces_stay_between_words_and_go_at_line_ends() -> None:
    builder = TextBuilder()
    mark = builder.open("paragraph")
    builder.inline("No.\xa0\xa0 ")
    builder.inline("5\xa0\xa0\xa0")
    builder.close(mark)
    builder.block()
    builder.inline("\xa0 next")
    text, _ = builder.finish()
    assert text.value == "No.   5\nnext"
    assert [text.value[region.start : region.end] for region in text.regions] == ["No.   5"]


def test_preformatted_text_keeps_columns_and_blank_lines() -> None:
    builder = TextBuilder()
    builder.verbatim("TO   BELL\n\n\n   IN 0061\f\n")
    builder.inline("after")
    assert builder.finish()[0].value == "TO   BELL\n\n\n   IN 0061\f\nafter"


def test_an_accent_in_the_next_element_joins_its_letter() -> None:
    builder = TextBuilder()
    builder.inline("caf")
    letter = builder.open("emphasis")
    builder.inline("e")
    builder.close(letter)
    accent = builder.open("emphasis")
    builder.inline("\u0301 noir")
    builder.close(accent)
    text, _ = builder.finish()
    assert text.value == "café noir"
    assert [text.value[region.start : region.end] for region in text.regions] == ["é", "noir"]


@settings(deadline=None)
@given(st.text(alphabet="e\u0301\u0316", max_size=200))
def test_rows_of_accents_are_bounded_and_otherwise_untouched(raw: str) -> None:
    bounded = bound_clusters(raw)
    assert bounded.replace("\u034f", "") == raw
    if len(raw) <= 30:
        assert normal_text(raw) == normalize(raw)
