from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mabillon.web.segments import Close, Mark, Open, Words, cut, marks_of

LENGTH = 40
spans = st.tuples(st.integers(-3, LENGTH + 3), st.integers(-3, LENGTH + 3)).map(lambda pair: (min(pair), max(pair)))
evidence = st.lists(st.lists(spans, max_size=3), max_size=14).map(
    lambda values: [(f"v{number}", found) for number, found in enumerate(values)]
)
stretches = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda pair: (min(pair), max(pair)))


@given(evidence, stretches)
def test_the_pieces_joined_are_the_stretch(said: list[tuple[str, list[tuple[int, int]]]], stretch: tuple[int, int]):
    at = stretch[0]
    for token in cut(*stretch, marks_of(said, LENGTH)):
        if isinstance(token, Words):
            assert token.start == at < token.end
            at = token.end
    assert at == stretch[1]


@given(evidence)
def test_each_character_lies_in_just_the_marks_that_cover_it(said: list[tuple[str, list[tuple[int, int]]]]):
    inside: list[Mark] = []
    covered: dict[int, set[str]] = {}
    for token in cut(0, LENGTH, marks_of(said, LENGTH)):
        if isinstance(token, Open):
            inside.append(token.mark)
        elif isinstance(token, Close):
            inside.pop()
        else:
            for offset in range(token.start, token.end):
                covered[offset] = {key for mark in inside for key in mark.keys}
    assert not inside
    for offset in range(LENGTH):
        assert covered[offset] == {key for key, found in said for start, end in found if start <= offset < end}


@given(evidence)
def test_no_piece_is_opened_without_words(said: list[tuple[str, list[tuple[int, int]]]]):
    tokens = list(cut(0, LENGTH, marks_of(said, LENGTH)))
    for before, after in zip(tokens, tokens[1:], strict=False):
        assert not (isinstance(before, Open) and isinstance(after, Close))


def test_the_same_words_for_two_values_are_one_mark():
    assert marks_of([("date", [(2, 6)]), ("time", [(2, 6)])], 10) == [Mark(2, 6, ("date", "time"))]


def test_crossing_marks_are_cut_where_they_cross():
    pieces = [(t.mark.keys[0] if isinstance(t, Open) else type(t).__name__) for t in cut(
        0, 6, marks_of([("a", [(0, 4)]), ("b", [(2, 6)])], 6))]  # fmt: skip
    assert pieces == ["a", "Words", "b", "Words", "Close", "Close", "b", "Words", "Close"]
