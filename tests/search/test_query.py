"""The query language: what is typed, how it is read, and how a slip is mended. Nothing that anybody types may fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.search.parse import MAX_DEPTH, MAX_LENGTH, parse
from mabillon.search.query import (
    And,
    Dated,
    Everything,
    Exactly,
    Field,
    Fuzzy,
    Name,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    describe,
)
from tests.search.shelf import Shelf, make


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("Incheon", Word("Incheon")),
        ("Kim Il Sung", And((Word("Kim"), Word("Il"), Word("Sung")))),
        ("a AND b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("a -b", And((Word("a"), Not(Word("b"))))),
        ("NOT a", Not(Word("a"))),
        ("NOT NOT a", Word("a")),
        ("well-known", Word("well-known")),
        ("and or not", And((Word("and"), Word("or"), Word("not")))),
        ("a && b || c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ('"38th parallel"', Phrase("38th parallel")),
        ("“38th parallel”", Phrase("38th parallel")),
        ("«38 параллель»", Phrase("38 параллель")),
        ('"near these"~8', Near("near these", 8)),
        ('"one"~8', Phrase("one")),
        ("negoti*", Prefix("negoti")),
        ("Shtikov~", Fuzzy("Shtikov", 1)),
        ("Shtikov~2", Fuzzy("Shtikov", 2)),
        ("from:Shtykov", Field("from", Word("Shtykov"))),
        ("From:Shtykov", Field("from", Word("Shtykov"))),
        ("sender:Shtykov", Field("from", Word("Shtykov"))),
        ("from:(Pak Hon-yong)", Field("from", Name("Pak Hon-yong"))),
        ('from:"Pak Hon-yong"', Field("from", Phrase("Pak Hon-yong"))),
        ('from:="Pak Hon-yong"', Field("from", Exactly("Pak Hon-yong"))),
        ("from:(Mao OR Zhou)", Or((Field("from", Word("Mao")), Field("from", Word("Zhou"))))),
        ("from:(Mao -Anying)", And((Field("from", Word("Mao")), Not(Field("from", Word("Anying")))))),
        ("-from:Mao", Not(Field("from", Word("Mao")))),
        ("from:-Mao", Not(Field("from", Word("Mao")))),
        ("class:(top secret)", Field("class", Name("top secret"))),
        ("date:1950", Field("date", Dated(19500101, 19501231, "1950"))),
        ("date:1950-09", Field("date", Dated(19500901, 19500930, "1950-09"))),
        ("date:1950-09-20..1950-10-05", Field("date", Dated(19500920, 19501005, "1950-09-20..1950-10-05"))),
        ("date:1950-10-05..1950-09-20", Field("date", Dated(19500920, 19501005, "1950-09-20..1950-10-05"))),
        ("date:195X", Field("date", Dated(19500101, 19591231, "1950-01-01..1959-12-31"))),
        ("date:1950..", Field("date", Dated(19500101, 99991231, "1950-01-01.."))),
        ("date:..1950", Field("date", Dated(10101, 19501231, "..1950-12-31"))),
        ("date:<1950", Field("date", Dated(10101, 19491231, "..1949-12-31"))),
        ("date:>=1950-09", Field("date", Dated(19500901, 99991231, "1950-09-01.."))),
        ('date:"30 September 1950"', Field("date", Dated(19500930, 19500930, "1950-09-30"))),
        ("date:(30 September 1950)", Field("date", Dated(19500930, 19500930, "1950-09-30"))),
        ("20:35", Word("20:35")),
        ("600308/sh", Word("600308/sh")),
    ],
)
def test_what_is_well_typed_is_read_as_it_stands(typed: str, root: object) -> None:
    query = parse(typed)
    assert query.root == root
    assert query.notes == ()


@pytest.mark.parametrize(
    ("typed", "reading", "note"),
    [
        ('"38th parallel', '"38th parallel"', "quotation that was not closed"),
        ("(a OR b", "a OR b", "parenthesis that was not closed"),
        ("a) b", "a AND b", "closing parenthesis"),
        ("a OR", "a", "OR with nothing"),
        ("AND a", "a", "AND with nothing"),
        ("a AND AND b", "a AND b", "AND with nothing"),
        ("a NOT", "a", "NOT with nothing"),
        ("from: b", "b", "from: with no value"),
        ("from:", "", "from: with no value"),
        ("from:to:Mao", "to:Mao", "from: with no value"),
        ("colour:red", "colour AND red", "is not a field"),
        ("date:yesterday", "yesterday", "is no date"),
        ("date:1950-13-45", "1950-13-45", "is no date"),
        ("date:1950-09-31", "1950-09-31", "is no date"),
        ("*korea", "korea", "by its end"),
        ("kor*a", "kor*", "only the letters before"),
        ("a*", "a", "one letter is too little"),
        ("a~7", "a~2", "at most 2"),
        ("korea^4", "korea", "weights"),
        ('"a b"~9999999999', '"a b"~50', "at most 50"),
    ],
)
def test_a_slip_gets_the_best_reading_and_is_reported(typed: str, reading: str, note: str) -> None:
    query = parse(typed)
    assert describe(query.root) == reading
    assert any(note in said for said in query.notes), query.notes


HOSTILE = [
    "a" * 100_000,
    "a " * 50_000,
    "a OR " * 10_000,
    "from:a " * 10_000,
    "(" * 50_000,
    ")" * 50_000,
    "(" * 200 + "a" + ")" * 200,
    "-" * 10_000 + "a",
    "NOT " * 10_000 + "a",
    '"' * 9_999,
    '"a' * 9_999,
    "*" * 10_000,
    "a*" * 10_000,
    "~" * 1_000,
    "from:" * 5_000,
    "(a+)+$ [a-z]* .* \\w{1,1000} (?:a|aa)+b*",
    "a\x00b\x00",
    "\x00",
    "e\u0301" * 5_000,
    "e" + "\u0301" * 10_000,
    "\u0301",
    "\ud800 lone \udfff",
    "\u202e\u200b\ufeff",
    "date:" + "9" * 1000,
    "date:9999-12-31..0000-01-01",
    "date:0000",
    "number:" + "1" * 10_000,
    "from:" + "x" * 10_000 + "*",
    "'; DROP TABLE records; --",
    "<script>alert(1)</script>",
    "毛" * 5_000,
    '"' + "a " * 5_000 + '"',
    '"' + "a b " * 5_000 + '"~8',
    "x" * 300 + "~2",
    "🙂 👩‍👩‍👧 ﷽",
    "=" * 100,
    "a" + "~1" * 9_000,
    "a" + "^1" * 9_000,
    "a~1^2" * 3_000,
    "abc~2 " * 3_000,
    "ab* " * 3_000,
    '"a b c d e f g h"~50 ' * 800,
    '="a"',
    "from:=",
    ":::",
    "a:b:c:d",
    "^^^ ~~~ *** &&& |||",
]


@pytest.fixture(scope="module")
def shelf(shelve) -> Shelf:
    return shelve(
        make("one", "a text of the cable 毛 with a café", sender="Mao", date="1950"),
        make("two", "e another", date="1951-02", number="1"),
    )


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: f"{typed[:12]!r}…{len(typed)}")
def test_a_hostile_query_is_answered(shelf: Shelf, typed: str) -> None:
    results = shelf.search(typed, facets=("year",))
    assert 0 <= results.total <= 2
    assert len(results.reading) <= 4 * MAX_LENGTH


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("a" * 100_000, f"first {MAX_LENGTH:,} of 100,000 characters"),
        ("a OR " * 3_000, "asks for too much"),
        ("abc~ " * 60, "asks for too much"),
        ('"' + "a b " * 500 + '"', "first 200 words"),
        ('"a b c d e f g h"~3', "first 6"),
        ("(" * 100 + "a", f"more than {MAX_DEPTH} deep"),
    ],
)
def test_what_is_too_long_is_cut_and_said_so(typed: str, note: str) -> None:
    assert any(note in said for said in parse(typed).notes)


PIECES = st.lists(
    st.sampled_from(
        ["AND", "OR", "NOT", "(", ")", '"', "-", "*", "~", "~2", ":", "=", " ", "from:", "date:", "number:", "in:",
         "class:", "title:", "1950-09", "..", "korea", "Мао", "毛泽东", "a", "É", "/", ".", "^", "|", "&", "“", "\x00"]
    )
)  # fmt: skip


@settings(max_examples=600)
@given(st.one_of(st.text(), PIECES.map("".join), PIECES.map(" ".join)))
def test_a_query_said_back_is_read_the_same(typed: str) -> None:
    read = parse(typed)
    again = parse(describe(read.root))
    assert again.root == read.root
    assert again.notes == ()


@given(PIECES.map(" ".join))
def test_whatever_is_typed_is_searched_for(typed: str) -> None:
    results = _shelf().search(typed, facets=("year", "sender"))
    assert len(results.hits) == min(results.total, 20)


_SHELVES: list[Shelf] = []


def _shelf() -> Shelf:
    return _SHELVES[0]


@pytest.fixture(autouse=True, scope="module")
def _shelved(shelf: Shelf) -> None:
    _SHELVES.append(shelf)


def test_phrases_of_words_too_frequent_are_looked_for_anywhere_in_the_record(shelf, monkeypatch) -> None:
    monkeypatch.setattr("mabillon.search.leaves.MAX_LOOKED", 1)
    assert shelf.search('"a text"').notes == ()
    results = shelf.search('"a text" OR "text a" OR "cable a"~1')
    assert results.total == 1
    assert any("anywhere in the same record" in note for note in results.notes)
