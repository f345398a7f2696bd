"""What holds for every name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.authority.keys import keys
from mabillon.authority.matching import match
from mabillon.authority.records import known_persons
from mabillon.authority.register import standard
from mabillon.authority.score import SAME
from mabillon.authority.spelling import spell_out

NAMES = sorted({form.text for person in known_persons() for form in person.forms})
name = st.sampled_from(NAMES)
anything = st.text(max_size=60) | st.text(alphabet="Kimоуŏ'-., 金박ابع\u0301\x00", max_size=80)
kind = st.sampled_from(["person", "family", "org", "place"])


@given(name | anything, name | anything, kind)
@settings(max_examples=300, deadline=None)
def test_matching_is_symmetric_and_stays_in_its_range(a: str, b: str, kind: str) -> None:
    there, back = match(a, b, kind), match(b, a, kind)
    assert there == back
    assert 0 <= there.score <= 1
    assert there.reasons


@given(name)
@settings(max_examples=200, deadline=None)
def test_a_name_is_itself(a: str) -> None:
    assert match(a, a).score == 1


@given(name)
@settings(max_examples=200, deadline=None)
def test_case_does_not_part_a_name_from_itself(a: str) -> None:
    assert match(a, a.lower()).score >= SAME
    assert match(a, a.upper()).score >= SAME
    assert keys(a) & keys(a.lower()) & keys(a.upper())


@given(name)
@settings(max_examples=200, deadline=None)
def test_accents_do_not_part_a_name_from_itself(a: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", a) if not unicodedata.combining(c))
    bare = unicodedata.normalize("NFC", bare)
    assert match(a, bare).score >= SAME
    assert keys(a) & keys(bare)


@given(name, st.sampled_from(["Comrade", "Cde.", "Mr.", "Ambassador", "тов.", "Gen.", "Dr.", "Foreign Minister"]))
@settings(max_examples=200, deadline=None)
def test_titles_do_not_part_a_name_from_itself(a: str, title: str) -> None:
    assert match(a, f"{title} {a}").score >= SAME


@given(anything)
@settings(max_examples=300, deadline=None)
def test_nothing_a_document_holds_breaks_the_reading_of_names(text: str) -> None:
    assert isinstance(keys(text), frozenset)
    assert len(spell_out(text)) <= 80
    standard().candidates(text)


LONG = ["a" * 10_000, "Kim " * 3_000, "kyeong" * 2_000, "-" * 5_000, "金" * 5_000, "\u0301" * 9_999]


@pytest.mark.parametrize("text", LONG)
def test_long_names_are_cut_short(text: str) -> None:
    assert len(keys(text)) < 500
    assert match(text, "Kim").score <= 1
    assert len(standard().expand_ranked(text)) < 500
