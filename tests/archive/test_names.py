"""Names in an archive: linked as records come in, decided by persons, absent where the record is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mabillon.archive import ARCHIVIST, Access, Archive, Reader, ingest, link_names
from mabillon.errors import ArchiveError
from mabillon.store.schema import HEAD
from tests.archive.reader import read_better, read_text

PAPERS = {
    "a": "No. 1\n1950-10-01\nFrom: Shtykov, Pyongyang\nTo: Filippov\nText of 朴憲永 and KIMIRSEN.\n",
    "b": "No. 2\n1950-10-02\nFrom: Штыков, Пхеньян\nTo: Stalin\nText.\n",
    "c": "No. 3\n1950-10-03\nFrom: Chtykov, Pyongyang\nTo: Kim\nText.\n",
    "d": "No. 4\n1950-10-04\nFrom: Zakharov, Seoul\nTo: Nobody\nText.\n",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in PAPERS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "archive") as made:
        ingest([folder], made, read_text)
        link_names(made)
        yield made


def id_of(archive: Archive, number: int) -> str:
    return next(record.id for record in archive.records(ARCHIVIST) if record.numbers[0].value == str(number))


def sent(archive: Archive, authority: str, relation: str, reader: Reader | None = None) -> list[str | None]:
    view = archive.authority(authority, reader) if reader else archive.authority(authority)
    assert view is not None
    return [entry.number for part in view.documents if part.relation == relation for entry in part.entries]


def test_one_person_under_three_spellings_in_two_scripts(archive: Archive) -> None:
    assert sent(archive, "person:shtykov", "sender") == ["1", "2", "3"]
    view = archive.authority("person:shtykov")
    assert view is not None and dict(view.spelt) == {"Shtykov": 1, "Штыков": 1, "Chtykov": 1}
    assert [held.tenure.office for held in view.offices] == ["ambassador"]


def test_a_cover_name_leads_to_the_person_and_says_so(archive: Archive) -> None:
    assert sent(archive, "person:stalin", "recipient") == ["1", "2"]
    filippov = next(name for name in archive.names(id_of(archive, 1)) if name.name == "Filippov")
    assert filippov.reasons[0].startswith("cover name Filippov") and filippov.certainty is not None


def test_names_that_several_bear_stay_open_or_wait_for_a_person(archive: Archive) -> None:
    kim = next(name for name in archive.names(id_of(archive, 3)) if name.name == "Kim")
    assert (kim.authority, kim.state) == (None, None)
    assert [(one.name, one.authority) for one in archive.suggestions()] == [("Zakharov", "person:zakharov")]
    assert sent(archive, "person:zakharov", "sender") == []


def test_a_decision_is_kept_followed_and_can_be_taken_back(archive: Archive) -> None:
    number = archive.judge("Zakharov", "person:zakharov", "same", "M. Park", "his report of that day")
    assert sent(archive, "person:zakharov", "sender") == ["4"]
    assert archive.suggestions() == []
    archive.withdraw_judgement(number, "J. Doe")
    assert sent(archive, "person:zakharov", "sender") == []
    [kept] = archive.judgements()
    assert (kept.who, kept.withdrawn_by, kept.why) == ("M. Park", "J. Doe", "his report of that day")
    with pytest.raises(ArchiveError, match=f"no judgement {number} stands"):
        archive.withdraw_judgement(number, "J. Doe")


def test_a_decision_may_hold_for_one_record_and_speak_against(archive: Archive) -> None:
    archive.judge("Kim", "person:kim-il-sung", "same", "M. Park", record=id_of(archive, 3))
    assert sent(archive, "person:kim-il-sung", "recipient") == ["3"]
    archive.judge("Chtykov", "person:shtykov", "different", "M. Park")
    assert sent(archive, "person:shtykov", "sender") == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "authority", "verdict", "who", "record", "said"),
    [
        ("Kim", "person:nobody", "same", "x", None, "no such authority"),
        ("Kim", "person:kim-il-sung", "perhaps", "x", None, "no verdict"),
        ("Kim", "person:kim-il-sung", "same", " ", None, "whose"),
        ("Kim", "person:kim-il-sung", "same", "x", "nowhere", "no such record"),
    ],
)
def test_a_decision_that_cannot_be(
    archive: Archive, name: str, authority: str, verdict: str, who: str, record: str | None, said: str
) -> None:
    with pytest.raises(ArchiveError, match=said):
        archive.judge(name, authority, verdict, who, record=record)
    assert archive.judgements() == []


def test_only_what_changed_is_linked_again(archive: Archive) -> None:
    assert link_names(archive) == 0
    archive.correct(id_of(archive, 4), "senders/0", "Shtykov", "M. Park", "seen on the film")
    assert sent(archive, "person:shtykov", "sender") == ["1", "2", "3", "4"]


def test_reading_anew_links_anew(archive: Archive, tmp_path: Path) -> None:
    ingest([tmp_path / "in"], archive, read_better, again=True)
    assert archive.authorities() == [], "rows of an older reading do not stay"
    assert link_names(archive) == 4
    assert sent(archive, "person:roshchin", "sender") == ["1", "2", "3", "4"]


def test_a_reader_counts_only_what_he_may_see(archive: Archive) -> None:
    archive.set_access(id_of(archive, 2), Access("restricted", frozenset({"staff"})), "x", "y")
    assert sent(archive, "person:shtykov", "sender") == ["1", "3"]
    assert sent(archive, "person:shtykov", "sender", Reader(frozenset({"staff"}))) == ["1", "2", "3"]
    [entry] = [one for one in archive.authorities("person", "Штык") if one.id == "person:shtykov"]
    assert (entry.heading, entry.records, entry.by_relation) == ("Shtykov, Terentii Fomich", 2, {"sender": 2})
    assert archive.names(id_of(archive, 2)) == []
    view = archive.authority("person:shtykov")
    assert view is not None and "Штыков" not in dict(view.spelt)


def test_a_redacted_name_is_gone_at_once(archive: Archive) -> None:
    id = id_of(archive, 1)
    record = archive.record(id, ARCHIVIST)
    assert record is not None
    archive.redact(id, record.recipients[0].spans[0], "x", "still secret")
    assert sent(archive, "person:stalin", "recipient") == ["2"]
    archive.lift_redaction(id, archive.redactions(id)[0].id, "x", "open")
    assert sent(archive, "person:stalin", "recipient") == ["1", "2"]


def test_who_is_nowhere_known_is_none(archive: Archive) -> None:
    assert archive.authority("person:nobody") is None
    known = archive.authority("person:bevin")
    assert known is not None and known.records == 0 and known.documents == ()


def test_places_are_found_by_any_form(archive: Archive) -> None:
    [pyongyang] = archive.authorities("place", "heijo")
    assert pyongyang.id == "place:pyongyang" and pyongyang.records == 3
    assert archive.authorities("org") == []


def test_documents_of_an_authority_come_in_pages(archive: Archive) -> None:
    found, after = [], None
    while page := archive.documents_of("person:shtykov", "sender", after=after, limit=1):
        found += [entry.number for _, entry in page]
        after = page[-1][0]
    assert found == ["1", "2", "3"]


def test_links_can_be_thrown_away(archive: Archive) -> None:
    before = [archive.names(record.id) for record in archive.records()]
    with archive.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM named")
        connection.exec_driver_sql("UPDATE counters SET value = 0 WHERE name = 'register'")
    assert link_names(archive) == 4
    assert [archive.names(record.id) for record in archive.records()] == before
    assert HEAD >= "0003"
