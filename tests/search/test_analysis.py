"""Words as the index knows them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mabillon.search.analysis import prepare, stem_field, stemmed, stems, words
from mabillon.search.numbers import leading_number, normal_number, number_forms
from mabillon.search.snippet import parts
from mabillon.search.sought import Folded, Sought, within
from tests.search.shelf import make


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "negotiations", "negotiate"),
        ("en-GB", "cables", "cabled"),
        ("ru", "переговоры", "переговорах"),
        ("de", "Verhandlungen", "Verhandlung"),
        ("fr", "négociations", "négociation"),
        ("es", "negociaciones", "negociación"),
        ("it", "trattative", "trattativa"),
        ("pt", "negociações", "negociação"),
        ("nl", "onderhandelingen", "onderhandeling"),
        ("ro", "negocierile", "negocieri"),
        ("hu", "tárgyalások", "tárgyalás"),
        ("sv", "förhandlingar", "förhandling"),
    ],
)
def test_inflections_of_a_language_share_a_stem(shelve, language: str, one: str, other: str) -> None:
    assert shelve(make("r", f"{one} x", language=language)).ids(other) == {"r"}


def test_a_text_that_mixes_scripts_is_stemmed_in_both(shelve) -> None:
    shelf = shelve(make("r", "The word переговоры means negotiations.", language="en"))
    assert shelf.ids("переговорами negotiation") == {"r"}


@pytest.mark.parametrize(
    ("typed", "stands"),
    [("hon yong", "Hŏn-yŏng"), ("strasse", "Straße"), ("еще", "ещё"), ("oesterreich", "Oesterreich"),
     ("istanbul", "İstanbul"), ("ﬁle", "file"), ("ＡＢＣ", "abc"), ("カタカナ", "ｶﾀｶﾅ"), ("e\u0301cole", "école")],
)  # fmt: skip
def test_what_looks_alike_is_alike(typed: str, stands: str) -> None:
    assert words(typed) == words(stands)


@given(st.text())
def test_preparing_twice_changes_nothing_and_composition_makes_no_difference(text: str) -> None:
    assert words(prepare(text)) == words(text)
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(st.lists(st.from_regex(r"[a-zäöüçа-яё]{1,12}", fullmatch=True), min_size=1))
def test_a_stemmed_text_is_the_stems_of_its_words(found: list[str]) -> None:
    for field in ("stem", "stem_de"):
        assert stemmed(field, " ".join(found)) == " ".join(stems(field, word) for word in found)


@pytest.mark.parametrize("typed", ["negociações", "negociacoes", "negociação", "NEGOCIAÇÃO"])
def test_accents_may_be_left_out_and_inflections_still_meet(shelve, typed: str) -> None:
    assert shelve(make("r", "As negociações continuam.", language="pt")).ids(typed) == {"r"}


@pytest.mark.parametrize(("language", "field"), [("de-AT", "stem_de"), ("ru", "stem"), (None, "stem"), ("zz", "stem")])
def test_a_language_has_its_field_of_stems(language: str | None, field: str) -> None:
    assert stem_field(language) == field


@pytest.mark.parametrize(
    ("stands", "normal", "forms"),
    [
        ("№ 600308/ш", "600308/sh", ["600308/sh", "600308"]),
        ("No. 600308/SH", "600308/sh", ["600308/sh", "600308"]),
        ("795.00/9–3050", "795.00/9-3050", ["795.00/9-3050", "795", "00", "9", "3050"]),
        ("SPEC 1655-57", "spec1655-57", ["spec1655-57", "spec1655", "57", "1655"]),
        ("Nos. 512", "512", ["512"]),
        ("  ", "", []),
    ],
)
def test_a_number_is_kept_in_the_forms_it_is_asked_for(stands: str, normal: str, forms: list[str]) -> None:
    assert normal_number(stands) == normal
    assert number_forms(stands) == forms


def test_a_list_by_number_goes_by_the_first_digits() -> None:
    assert [leading_number(number) for number in ("№ 600308/ш", "A 12-7", "none")] == [600308, 12, None]


@given(st.text(alphabet="abcd", max_size=7), st.text(alphabet="abcd", max_size=7), st.integers(0, 2))
def test_within_is_the_distance_by_letters(one: str, other: str, distance: int) -> None:
    from tests.search.scan import steps

    assert within(one, other, distance) == (steps(one, other) <= distance)


@given(st.text(max_size=60), st.sampled_from(["café", "straße", "毛", "x", "i̇", "ё"]), st.text(max_size=60))
def test_a_word_is_marked_wherever_it_stands(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    wanted = words(word)
    if not wanted:
        return
    for thorough in (False, True):
        spans = Sought.of_phrase(wanted).spans(Folded(text, thorough), 100)
        if thorough:
            assert spans
        for start, end in spans:
            assert words(text[start:end]) == wanted


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_the_parts_of_a_snippet_are_the_text_and_nothing_else(text: str, marks: list[tuple[int, int]]) -> None:
    inside = sorted((min(a, b), max(a, b)) for a, b in marks if max(a, b) <= len(text))
    apart = [mark for at, mark in enumerate(inside) if mark[0] < mark[1] and all(m[1] <= mark[0] for m in inside[:at])]
    said = "".join(part.text for part in parts(text, (0, len(text)), apart))
    assert said.split() == text.split()
