"""Whom a name in a document means: linked where it is sure, suggested where it is likely, else open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mabillon.authority.identify import Identifier, Named
from mabillon.authority.judgements import Judgement
from mabillon.authority.register import Register, standard


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier(standard())


def said(identifier: Identifier, named: Named) -> tuple[str, str] | None:
    found = identifier.identify(named)
    return (found.authority, found.state) if found else None


@pytest.mark.parametrize(
    ("name", "kind", "date", "who"),
    [
        ("Chtykov", "", "1950-06", "person:shtykov"),
        ("박헌영", "person", "1950", "person:pak-hon-yong"),
        ("Mao Tse-tung", "", None, "person:mao"),
        ("Chemulpo", "place", "1950-09-16", "place:incheon"),
        ("Peiping", "place", "1950-10-01", "place:beijing"),
        ("Hungarian Foreign Ministry", "", "1956", "org:mfa-hungary"),
    ],
)
def test_a_sure_name_is_linked(identifier: Identifier, name: str, kind: str, date: str | None, who: str) -> None:
    assert said(identifier, Named(name, kind, date)) == (who, "linked")


@pytest.mark.parametrize(
    "name", ["Kim", "Johnson", "Kuznetsov", "Chen", "Смирнов", "Smith", "", "№ 12", "x" * 500, "file"]
)
def test_a_name_that_many_bear_stays_open(identifier: Identifier, name: str) -> None:
    found = identifier.identify(Named(name, "", "1950-09-30"))
    assert found is None or found.state == "suggested"


@pytest.mark.parametrize(("name", "who"), [("Zakharov", "person:zakharov"), ("Stevenson", "person:stevenson")])
def test_a_family_name_alone_is_suggested_at_most(identifier: Identifier, name: str, who: str) -> None:
    assert said(identifier, Named(name, "person", "1948-03-01")) == (who, "suggested")


def test_the_office_tells_one_of_several(identifier: Identifier) -> None:
    ambassador = Named("Kuznetsov", "", "1955-09-30", role="Ambassador in China", place="Peking")
    defence = Named("Johnson", "", "1950-03-01", role="Secretary of Defense")
    assert identifier.identify(Named("Kuznetsov", "", "1955-09-30")) is None
    assert said(identifier, defence) == ("person:johnson-la", "linked")
    found = identifier.identify(ambassador)
    assert found is None or found.authority == "person:kuznetsov-vv"


def test_an_office_alone_suggests_its_holder(identifier: Identifier) -> None:
    assert said(identifier, Named("Secretary of State", "", "1950-09-30")) == ("person:acheson", "suggested")
    assert said(identifier, Named("Secretary of State", "", "1955-09-30")) == ("person:dulles", "suggested")
    assert said(identifier, Named("Secretary of State", "", None)) is None


def test_a_cover_name_needs_its_time_and_its_context(identifier: Identifier) -> None:
    korea = ("Pyongyang", "Shtykov")
    assert said(identifier, Named("Feng Xi", "", "1950-10-01", korea)) == ("person:stalin", "linked")
    assert said(identifier, Named("Filippov", "", "1950-10-01", korea)) == ("person:stalin", "linked")
    assert said(identifier, Named("Filippov", "", "1950-10-01", ("Lisbon",))) is None
    assert said(identifier, Named("Filippov", "", "1962-10-01", korea)) is None


def test_what_the_edition_says_is_taken(identifier: Identifier) -> None:
    assert said(identifier, Named("Kim", "person", stated="pmb12")) == ("pmb12", "stated")


def test_a_date_that_is_none_is_no_failure(identifier: Identifier) -> None:
    assert said(identifier, Named("Chtykov", "", "yesterday", role="Ambassador")) == ("person:shtykov", "linked")


def test_a_judgement_goes_before_every_score() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    kim = Judgement("Kim", "person:kim-chaek", "same", "M. Park", at, record="r1")
    no = Judgement("Chtykov", "person:shtykov", "different", "M. Park", at)
    identifier = Identifier(Register(judgements=[kim, no]))
    assert said(identifier, Named("Kim", "person", record="r1")) == ("person:kim-chaek", "decided")
    assert said(identifier, Named("Kim", "person", record="r2")) is None
    assert said(identifier, Named("Chtykov", "person", record="r2")) is None
