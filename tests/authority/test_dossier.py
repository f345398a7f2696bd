"""All that is known of a name, in one answer."""

from __future__ import annotations

import pytest

from mabillon.authority.dossier import dossier
from mabillon.authority.register import standard


def best(name: str, **asked: str) -> str:
    return dossier(name, standard(), **asked).candidates[0].authority.id  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Chtykov", "Schtykow", "Штыков"])
def test_any_spelling_leads_to_the_one_entry(name: str) -> None:
    assert best(name) == "person:shtykov"


def test_offices_are_those_of_the_day() -> None:
    ambassador = dossier("Shtykov", standard(), date="1950-06-25").candidates[0].offices
    assert [(held.tenure.office, held.certain) for held in ambassador] == [("ambassador", True)]
    assert dossier("Shtykov", standard(), date="1955").candidates[0].offices == ()


def test_a_cover_name_is_another_person_in_another_month() -> None:
    assert best("Matveev", date="1950-10-06") == "person:zakharov"
    assert best("Matveev", date="1951-03") == "person:razuvaev"


def test_the_cover_names_of_a_person_stand_in_order_of_time() -> None:
    covers = [cover.name for cover in dossier("Stalin", standard()).candidates[0].covers]
    assert covers.index("Koba") < covers.index("Filippov") < covers.index("Feng Xi")


def test_who_seeks_a_person_is_not_sent_to_a_town_once_called_after_him() -> None:
    assert not {"Varna", "Варна"} & set(dossier("Stalin", standard()).spellings)
    assert {"Incheon", "仁川"} <= set(dossier("Chemulpo", standard()).spellings)


def test_a_letter_that_stands_for_a_cover_name_opens_no_other_word() -> None:
    assert dossier("qqqq", standard()).candidates == ()


@pytest.mark.parametrize("name", ["", "  ", "?!", "a" * 301])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name has letters"):
        dossier(name, standard())
