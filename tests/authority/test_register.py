"""The register finds authorities under any spelling, and says why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mabillon.authority.judgements import Judgement, Suggestion, decide, standing, withdraw
from mabillon.authority.records import Authority, AuthorityError, Variant
from mabillon.authority.register import Register, expand, standard
from mabillon.authority.score import SAME

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Shtykov", {"Chtykov", "Schtykow", "Штыков"}),
        ("Pak Heon-Yeong", {"Park Hun-young", "박헌영", "朴憲永"}),
        ("Mao Tse-tung", {"Mao Zedong", "毛泽东", "毛澤東"}),
        ("Tschiang", {"Chiang Kai-shek", "Jiang Jieshi", "蔣介石"}),
        ("Zhou Enlai", {"Chou En-lai", "周恩來"}),
        ("Chemulpo", {"Inchon", "인천", "仁川"}),
        ("Peiping", {"Peking", "Pékin", "北京"}),
        ("Heijo", {"Пхеньян", "평양"}),
        ("Keijo", {"Kyongsong", "서울"}),
        ("Dandong", {"Antung", "安東"}),
        ("Hoten", {"Mukden", "Fengtian", "瀋陽"}),
    ],
)
def test_a_name_expands_to_its_other_spellings(typed: str, wanted: set[str]) -> None:
    assert wanted <= expand(typed)


@pytest.mark.parametrize("typed", ["Shtykov", "Pak Hon-yong", "Chou En-lai"])
def test_expansions_come_likeliest_first_without_doubles(typed: str) -> None:
    ranked = standard().expand_ranked(typed)
    assert len(ranked) == len(set(ranked))
    assert typed not in ranked
    known = standard().candidates(typed)[0][0]
    authority = standard().get(known)
    assert authority is not None and ranked[0] in {form.text for form in authority.forms}


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("Rasuwajew", "person", "person:razuvaev"), ("Пак Хен Ен", "person", "person:pak-hon-yong"),
        ("Wyschinski", "person", "person:vyshinsky"), ("Dulles, Secretary J. F.", "person", "person:dulles"),
        ("Tchou En-lai", "person", "person:zhou-enlai"), ("Tsoi En Gen", "person", "person:choe-yong-gon"),
        ("Phenian", "place", "place:pyongyang"), ("Port Arthur", "place", "place:lushun"),
    ],
)  # fmt: skip
def test_the_best_candidate_is_the_one_meant(name: str, kind: str, wanted: str | None) -> None:
    found = standard().candidates(name, kind)
    assert (found[0][0] if found and found[0][1] >= SAME else None) == wanted


def test_a_bare_kim_suggests_many_and_links_none() -> None:
    found = standard().candidates("Kim")
    assert len(found) >= 4
    assert all(score < SAME for _, score, _ in found)


def test_two_dulleses_are_told_apart_by_their_given_names() -> None:
    assert standard().candidates("Allen W. Dulles")[0][0] == "person:dulles-aw"
    assert standard().candidates("J. F. Dulles")[0][0] == "person:dulles"
    assert all(score < SAME for who, score, _ in standard().candidates("Allen W. Dulles") if who == "person:dulles")


def test_the_dead_are_no_candidates() -> None:
    [(who, score, reasons)] = standard().candidates("Stalin", date="1960-01-01")[:1]
    assert who == "person:stalin" and score < SAME and "died 1953-03-05" in reasons


def test_a_form_out_of_use_counts_for_less() -> None:
    then, later = (standard().candidates("Peiping", "place", date)[0][1] for date in ("1931-10-09", "1958"))
    assert then > later


def test_names_that_no_rule_joins_agree_in_the_register() -> None:
    assert standard().match("Chemulpo", "Incheon", "place").score >= SAME
    assert standard().match("Tschiang", "Jiang Jieshi").score >= SAME
    assert standard().match("Andrei Gromyko", "Anatolii Gromyko").score < SAME


def test_an_archive_adds_its_own_authorities() -> None:
    own = Authority("person:x1", "person", "Puzanov, Vasilii", (Variant("Пузанов В."),), born="1920")
    found = {who for who, _, _ in Register([own]).candidates("V. Puzanow")}
    assert "person:x1" in found


def test_an_archives_own_record_takes_the_place_of_the_vocabularys() -> None:
    own = Authority("person:stalin", "person", "Stalin, Josef")
    assert Register([own]).get("person:stalin") == own


def test_two_own_records_with_one_id_are_refused() -> None:
    with pytest.raises(AuthorityError, match="person:x"):
        Register([Authority("person:x", "person", "A"), Authority("person:x", "person", "B")])


def test_a_judgement_goes_before_the_score_until_it_is_withdrawn() -> None:
    said = decide(Suggestion("Kim", "person:kim-il-sung", 0.5, (), record="r1"), "same", "editor", NOW)
    here = Register(judgements=[said]).candidates("Kim", record="r1")
    elsewhere = Register(judgements=[said]).candidates("Kim", record="r2")
    undone = Register(judgements=[withdraw(said, "editor", NOW)]).candidates("Kim", record="r1")
    assert here[0][:2] == ("person:kim-il-sung", 1.0) and "editor decided on 2024-05-01" in here[0][2]
    assert elsewhere == undone == standard().candidates("Kim")


def test_a_withdrawn_judgement_is_marked_and_kept() -> None:
    said = Judgement("Kim", "person:kim-chaek", "different", "editor", NOW)
    gone = withdraw(said, "chief", NOW)
    assert (gone.verdict, gone.withdrawn_by, gone.stands) == ("different", "chief", False)
    assert standing([gone, said]) and not standing([gone])
    with pytest.raises(ValueError, match="already withdrawn"):
        withdraw(gone, "chief", NOW)


def test_the_register_is_a_function_of_its_table() -> None:
    first, second = (Judgement("Kim", "person:kim-chaek", v, "e", NOW) for v in ("same", "different"))
    assert standing([first, second]) == standing([second, first])
