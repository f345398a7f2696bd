"""Who knew what, when, asked of an archive: proved and presumed apart, as names are linked, by who may see what."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mabillon.archive import ARCHIVIST, PUBLIC, Access, Archive, Reader, ingest, knowing, link_names
from mabillon.archive.finder import Finder
from mabillon.archive.indexing import open_index
from mabillon.archive.knew import Knew, Question, first_to_know, knew, spread
from mabillon.archive.knowing import follow_knowledge
from mabillon.connect.instants import moment_of
from mabillon.errors import QueryError
from mabillon.store.knew import Asked, Persons, page_of_presumed, page_of_proved
from tests.archive.delivered import read_delivered

PAPERS = {
    "a": "No. 1351\n1950-09-30\nFrom: Shtykov, Pyongyang\nTo: Gromyko, Moscow\nSigned: Shtykov\n"
    "Sent: 1950-09-30T20:35\n"
    "Received: 1950-09-30T23:32\nGiven out: 1950-10-01T01:45\nCopies: Mikoyan, Beria\nthe 38th parallel\n",
    "b": "No. 202\n1950-10-02\nFrom: Gromyko, Moscow\nTo: Shtykov\nSigned: Gromyko\nCopies: Molotov\n"
    "In reply to your No 1351 of 1950-09-30\n",
    "c": "No. 1400\n1950-10-05\nFrom: Штыков, Pyongyang\nTo: Gromyko, Moscow\nSigned: Штыков\nCopies: Mikoyan\n"
    "the 38th parallel\n",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in PAPERS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "archive") as made:
        ingest([folder], made, read_delivered)
        follow(made)
        yield made


def follow(archive: Archive) -> None:
    link_names(archive)
    follow_knowledge(archive.store)
    open_index(archive).close()


def id_of(archive: Archive, number: int) -> str:
    return next(record.id for record in archive.records(ARCHIVIST) if record.numbers[0].value == str(number))


def ask(archive: Archive, who: str, at: str = "", about: str = "", reader: Reader = PUBLIC, **more: str) -> Knew:
    finder = Finder(archive)
    try:
        return knew(finder, Question(who, at, more.get("clock", ""), about), reader)
    finally:
        finder.close()


def proved(found: Knew) -> list[str | None]:
    return [one.entry.number for one in found.proved.items]


def presumed(found: Knew) -> list[str | None]:
    return [one.entry.number for one in found.presumed.items]


def test_a_copy_given_out_at_a_stated_time_is_proved_from_then_on_with_its_words(archive: Archive) -> None:
    found = ask(archive, "Mikoyan", "1950-10-01T06:00")
    assert (proved(found), presumed(found)) == (["1351"], [])
    [one] = found.proved.items
    assert [said.text for said in one.words] == ["Mikoyan", "1950-10-01T01:45", "Given out"]
    assert one.by is None and one.way == "copied" and found.proved.total == 1
    assert proved(ask(archive, "Mikoyan", "1950-09-30T12:00")) == []


def test_before_the_last_instant_that_its_words_can_mean_it_is_possible_only(archive: Archive) -> None:
    found = ask(archive, "Mikoyan", "1950-10-01T01:44", clock="Moscow")
    assert (proved(found), presumed(found)) == ([], ["1351"])


def test_a_copy_without_a_time_stays_presumed_for_ever(archive: Archive) -> None:
    found = ask(archive, "Mikoyan")
    assert (proved(found), presumed(found)) == (["1351"], ["1400"])
    assert found.presumed.items[0].doubts == ("no-delivery",)


def test_any_spelling_finds_the_person_and_every_spelling_of_the_documents(archive: Archive) -> None:
    assert proved(ask(archive, "Chtykov")) == ["1400", "1351"]
    assert ask(archive, "Микоян").whom.authority == "person:mikoyan"


def test_an_office_means_whoever_held_it_on_that_day(archive: Archive) -> None:
    found = ask(archive, "Soviet Ambassador in Pyongyang", "1950-10-20")
    assert found.whom.authority == "person:shtykov" and not found.whom.sure
    assert [held.tenure.office for held in found.whom.offices] == ["ambassador"]


def test_whoever_answers_a_document_knew_it_and_his_readers_are_told_of_it(archive: Archive) -> None:
    archive.correct(id_of(archive, 1351), "recipients/0", None, "A", "not his")
    by_answer = {one.entry.number: one for one in ask(archive, "Gromyko").proved.items}
    assert by_answer["1351"].way == "answered" and by_answer["1351"].by is not None
    assert by_answer["1351"].words[0].text.startswith("1351")
    told = {one.entry.number: one for one in ask(archive, "Molotov").presumed.items}
    assert (told["1351"].way, told["1351"].by is not None) == ("told", True)


def test_only_what_a_search_finds(archive: Archive) -> None:
    found = ask(archive, "Mikoyan", about='"38th parallel"')
    assert (proved(found), presumed(found)) == (["1351"], ["1400"])
    assert proved(ask(archive, "Gromyko", about='"38th parallel"')) == ["1351"]
    assert not proved(ask(archive, "Mikoyan", about="Chemulpo"))


def test_a_document_spreads_hop_by_hop(archive: Archive) -> None:
    found = spread(archive, id_of(archive, 1351))
    assert found is not None
    hops = {hop: [step.person for step in steps] for hop, steps in found.hops}
    assert hops["written"] == ["person:shtykov"]
    assert set(hops["copied"]) == {"person:mikoyan", "person:beria"}
    assert (hops["delivered"], hops["named"]) == (["person:gromyko"], ["person:molotov"])
    assert spread(archive, "nothing") is None


def test_who_knew_first_of_what_a_search_finds(archive: Archive) -> None:
    finder = Finder(archive)
    found = first_to_know(finder, '"38th parallel"')
    finder.close()
    assert [one.person for one in found.proved][0] == "person:shtykov"
    instants = [one.at for one in found.proved if one.at]
    assert instants == sorted(instants) and found.whole and found.documents == 2


def test_what_a_reader_may_not_see_is_in_no_answer(archive: Archive) -> None:
    archive.set_access(id_of(archive, 202), Access("restricted", frozenset({"staff"})), "A", "closed")
    staff = ask(archive, "Molotov", reader=Reader(frozenset({"staff"})))
    assert (staff.presumed.total, set(presumed(staff))) == (2, {"202", "1351"})
    assert ask(archive, "Molotov").presumed.total == 0
    archive.set_access(id_of(archive, 1351), Access("restricted"), "A", "closed")
    assert ask(archive, "Mikoyan").proved.total == 0 and spread(archive, id_of(archive, 1351)) is None


def test_a_redaction_takes_its_claims_at_once_and_gives_them_back_when_it_is_lifted(archive: Archive) -> None:
    id, start = id_of(archive, 1351), PAPERS["a"].index("Mikoyan")
    archive.redact(id, (start, start + len("Mikoyan")), "A", "why")
    assert proved(ask(archive, "Mikoyan")) == [] and proved(ask(archive, "Beria")) == ["1351"]
    archive.lift_redaction(id, archive.redactions(id)[0].id, "A", "why")
    assert proved(ask(archive, "Mikoyan")) == ["1351"]


def test_a_correction_is_followed_at_once(archive: Archive) -> None:
    archive.correct(id_of(archive, 1351), "copies/list/0/recipient", "Malenkov", "A", "misread")
    assert proved(ask(archive, "Malenkov")) == ["1351"] and proved(ask(archive, "Mikoyan")) == []


def test_a_judgement_on_a_name_moves_its_claims(archive: Archive) -> None:
    archive.judge("Beria", "person:malenkov", "same", "A")
    assert proved(ask(archive, "person:malenkov")) == ["1351"]


def test_a_record_that_is_taken_out_is_known_to_nobody(archive: Archive) -> None:
    archive.remove(id_of(archive, 1351), "A", "why")
    follow_knowledge(archive.store)
    assert proved(ask(archive, "Mikoyan")) == [] and "answered" not in {
        o.way for o in ask(archive, "Gromyko").proved.items
    }


def test_a_document_that_comes_later_is_known_to_those_who_cited_it_before(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(PAPERS[name], encoding="utf-8")
    with Archive.create(tmp_path / "archive") as made:
        for name in ("b", "a"):
            ingest([tmp_path / f"{name}.txt"], made, read_delivered)
            follow(made)
        assert "1351" in proved(ask(made, "Gromyko"))


def test_what_is_no_moment_and_no_clock_is_said(archive: Archive) -> None:
    with pytest.raises(QueryError, match="no moment"):
        ask(archive, "Mikoyan", "yesterday")
    with pytest.raises(QueryError, match="no clock"):
        ask(archive, "Mikoyan", "1950", clock="Atlantis")


NAMES = ("Mikoyan", "Beria", "Molotov", "Gromyko", "Shtykov", "Stalin")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Papers among six people in one October, some closed, some without times, some that answer others."""
    folder, chance = tmp_path_factory.mktemp("many"), random.Random(7)
    for n in range(60):
        sender, recipient, *copies = chance.sample(NAMES, 5)
        day = f"1950-10-{chance.randrange(1, 28):02}"
        lines = [f"No. {100 + n}", day, f"From: {sender}", f"To: {recipient}", f"Signed: {sender}"]
        lines += [f"Received: {day}T{chance.randrange(24):02}:00"] * (chance.random() < 0.5)
        lines += [f"Given out: {day}T23:{chance.randrange(60):02}"] * (chance.random() < 0.5)
        lines += [f"Copies: {', '.join(copies)}"]
        lines += [f"your No {100 + chance.randrange(n)} of 1950-10-{chance.randrange(1, 28):02}" for _ in range(n > 5)]
        (folder / f"{n}.txt").write_text("\n".join(lines), encoding="utf-8")
    with Archive.create(folder / "archive") as made:
        ingest([folder], made, read_delivered)
        follow(made)
        closed = [id for n, id in enumerate(made.ids(ARCHIVIST)) if n % 4 == 0]
        made.set_access(closed, Access("restricted", frozenset({"staff"})), "A", "closed")
        yield made


READERS = (PUBLIC, Reader(frozenset({"staff"})), ARCHIVIST)
instants = st.integers(1025394000 - 50_000, 1025394000 + 60_000)


def at(archive: Archive, name: str, until: int, reader: Reader) -> tuple[set[int], set[int]]:
    asked = Asked(Persons((f"person:{name.lower()}",)), until, reader.condition())
    with archive.store.reading() as connection:
        sure = page_of_proved(connection, asked, None, 1000)
        maybe = page_of_presumed(connection, asked, None, 1000)
    assert all(one.high is not None and one.high <= until for one in sure), "proved by the last instant it can mean"
    assert all((one.low or 0) <= until for one in maybe)
    assert len({one.record_key for one in sure}) == len(sure) and len({one.record_key for one in maybe}) == len(maybe)
    assert all(one.words for one in sure), "nothing is proved without words"
    return {one.record_key for one in sure}, {one.record_key for one in maybe}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), instants, instants, st.sampled_from(READERS))
def test_what_is_known_stays_known(many: Archive, name: str, one: int, other: int, reader: Reader) -> None:
    early, late = sorted((one, other))
    sure, maybe = at(many, name, early, reader)
    sure_later, maybe_later = at(many, name, late, reader)
    assert sure <= sure_later and sure | maybe <= sure_later | maybe_later
    assert not sure & maybe, "what is proved is not presumed as well"
    assert moment_of(early) <= moment_of(late)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), instants)
def test_who_may_see_less_is_told_of_less(many: Archive, name: str, until: int) -> None:
    with many.store.reading() as connection:
        open_ = set(connection.exec_driver_sql("SELECT key FROM records WHERE opens = 0").scalars())
    everything = set.union(*at(many, name, until, ARCHIVIST))
    public = set.union(*at(many, name, until, PUBLIC))
    assert public <= everything & open_


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), instants, st.sampled_from(READERS), st.integers(1, 7))
def test_pages_put_together_are_the_whole(many: Archive, name: str, until: int, reader: Reader, size: int) -> None:
    asked = Asked(Persons((f"person:{name.lower()}",)), until, reader.condition())
    with many.store.reading() as connection:
        for page in (page_of_proved, page_of_presumed):
            whole = page(connection, asked, None, 1000)
            found, after = [], None
            while some := page(connection, asked, after, size):
                found += some
                after = some[-1].place
            assert [one.id for one in found] == [one.id for one in whole]


def test_other_rules_find_everything_out_anew(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert follow_knowledge(archive.store) == 0
    monkeypatch.setattr(knowing, "RULES", knowing.RULES + 1)
    assert follow_knowledge(archive.store) == 3 and follow_knowledge(archive.store) == 0
