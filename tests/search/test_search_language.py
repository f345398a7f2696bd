"""What people type must work."""

from __future__ import annotations

import pytest

from mabillon.errors import QueryError
from mabillon.search import Entry
from tests.search.shelf import Shelf, make


@pytest.fixture(scope="module")
def shelf(shelve) -> Shelf:
    return shelve(
        make("korea", "The negotiations with the Korean ambassador went badly. Stalin’s answer is awaited.",
             title="Ciphered telegram No. 600308/sh", sender="Shtykov", to="Vyshinsky", date="1950-09-25",
             number="600308/sh", place="Pyongyang", finding="date.conflict", classification="top secret"),
        make("moscow", "Переговоры с корейским послом. Ответ Сталина ещё ожидается.", sender="Штыков",
             date="1950-09", language="ru", number="600309/ш", cites="600308/sh"),
        make("peking", "毛泽东同志的电报。北京。", sender="毛泽东", date="1950", language="zh"),
        make("seoul", "박헌영 외무상의 전보. 平壌からの電報", sender="박헌영", date="1948", language="ko"),
        make("bonn", "Die Verhandlungen der Botschaft in der Straße gingen weiter.", sender="Schnitzler",
             date="1951-01-02", language="de", collection="Politisches Archiv"),
        make("paris", "Les négociations de l’ambassadeur ont échoué.", date="1950-10", language="fr", type="despatch"),
        Entry(make("hidden", "A secret about negotiations and plutonium.", sender="Molotov", date="1950-09-25"),
              frozenset({"group:staff"})),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("negotiation", "korea"),
        ("NEGOTIATIONS ambassadors", "korea"),
        ("переговорах", "moscow"),
        ("ждать OR еще", "moscow"),
        ("verhandlung", "bonn"),
        ("strasse", "bonn"),
        ("négociation", "paris"),
        ("negociations", "paris"),
        ("毛泽东", "peking"),
        ("泽东同", "peking"),
        ("东泽", ""),
        ("박헌영", "seoul"),
        ("電報", "seoul"),
        ('"Korean ambassador"', "korea"),
        ('"ambassador Korean"', ""),
        ('"badly ambassador"~1', "korea"),
        ('"badly negotiations"~3', ""),
        ('"badly negotiations"~5', "korea"),
        ('"negotiation"', ""),
        ("Stalin's", "korea"),
        ("negoti*", "korea"),
        ("negotiatons~", "korea"),
        ("negxtiatxons~2", "korea"),
        ("Stalin OR Сталина", "korea moscow"),
        ("ambassador -Stalin", ""),
        ("NOT (negotiations OR переговоры) date:1950", "peking paris"),
        ("from:Shtykov", "korea"),
        ("from:Штыков", "moscow"),
        ("from:Pyongyang", "korea"),
        ("to:vyshinsky", "korea"),
        ("place:pyongyang", "korea"),
        ("number:600308", "korea"),
        ("number:600308/Ш", "korea"),
        ('number:"№ 600309/sh"', "moscow"),
        ("number:60030*", "korea moscow"),
        ("600308/sh", "korea moscow"),
        ("cites:600308/sh", "moscow"),
        ("type:cable lang:ru", "moscow"),
        ("type:despatch", "paris"),
        ("class:(top secret)", "korea"),
        ("finding:date.conflict", "korea"),
        ("finding:any", "korea"),
        ("finding:chain*", ""),
        ("title:telegrams", "korea"),
        ('in:"Politisches Archiv"', "bonn"),
        ("date:1950-09-25", "korea moscow peking"),
        ("date:1950-09-20..1950-10-05", "korea moscow peking paris"),
        ('date:"25 September 1950"', "korea moscow peking"),
        ("date:..1949", "seoul"),
        ("date:>1950", "bonn"),
        ("plutonium", ""),
    ],
)
def test_what_people_type_finds(shelf: Shelf, query: str, found: str) -> None:
    assert shelf.ids(query) == set(found.split())


def test_an_exact_date_ranks_before_one_that_only_overlaps(shelf: Shelf) -> None:
    assert [hit.id for hit in shelf.search("date:1950-09-25").hits] == ["korea", "moscow", "peking"]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("negotiation", ["negotiations"]),
        ('"korean ambassador"', ["Korean ambassador"]),
        ("negot* stalin", ["negotiations", "Stalin"]),
        ("ambasador~", ["ambassador"]),
        ('"stalin badly"~2', ["badly", "Stalin"]),
    ],
)
def test_what_was_found_is_marked_whatever_the_kind_of_query(shelf: Shelf, query: str, marked: list[str]) -> None:
    [hit] = shelf.search(query).hits
    assert [part.text for part in hit.snippet if part.marked] == marked
    text = shelf.records[hit.id].source.text
    assert [text[start:end] for start, end in hit.highlights] == marked


def test_markup_in_a_document_stays_text(shelve) -> None:
    shelf = shelve(make("evil", "<script>alert(1)</script> & cables", title="<b>cables</b>"))
    [hit] = shelf.search("cables").hits
    assert "".join(part.text for part in hit.snippet) == "<script>alert(1)</script> & cables"
    assert "".join(part.text for part in hit.title_parts) == "<b>cables</b>"


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [("negotations", "negotiations"), ("korean ambasador", None), ("amabssador", "ambassador"), ("plutonum", None)],
)
def test_a_slip_of_typing_gets_a_suggestion_out_of_what_the_reader_may_see(shelf, query, suggestion) -> None:
    found = shelf.search(query)
    assert found.suggestion == (suggestion or ("korean AND ambassador" if "korean" in query else None))


def test_who_may_see_a_record_finds_it(shelf: Shelf) -> None:
    assert shelf.ids("plutonium", visible={"group:staff"}) == {"hidden"}
    assert shelf.ids("negotiation", visible={"public", "group:staff"}) == {"korea", "hidden"}
    assert shelf.ids("negotiation", visible=lambda tokens: "group:staff" in tokens) == {"hidden"}
    assert shelf.search("plutonum", visible=None).suggestion == "plutonium"


def test_facets_count_what_the_reader_may_see(shelf: Shelf) -> None:
    found = shelf.search("date:1950-09-25", facets=("sender", "year"))
    assert dict(found.facets["sender"]) == {"Shtykov": 1, "Штыков": 1, "毛泽东": 1}
    assert found.facets["year"] == [("1950", 3)]


@pytest.mark.parametrize("options", [{"facets": ("colour",)}, {"sort": "colour"}, {"cursor": "%%%"}, {"cursor": "e30"}])
def test_what_is_no_facet_order_or_cursor_is_refused(shelf: Shelf, options) -> None:
    with pytest.raises(QueryError):
        shelf.search("date:1950", **options)
