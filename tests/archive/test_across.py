from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from mabillon.archive import ARCHIVIST, PUBLIC, Access, Archive, ingest
from mabillon.errors import ArchiveError
from mabillon.pipeline import read_path
from mabillon.record import Record, values_of
from mabillon.store.across import AcrossFinding, Quoted, put_across
from mabillon.store.counters import put as put_counter
from mabillon.store.findings import Wanted
from mabillon.store.migrations.versions import v0004_across
from mabillon.store.schema import findings
from tests.archive.across import follow, take_in
from tests.archive.test_across_versions import BODY, LIST, OTHER, cable

Ids = Callable[[int], str]


def between(record: str, other: str, value: str = "12", **more: tuple[str, ...]) -> AcrossFinding:
    """A finding shown at one record that quotes both."""
    said = [Quoted(value=value, text=value, spans=[(4, 5)], confidence=1.0, record=id) for id in (record, other)]
    about, message = (other, value), f"{value} differs"
    return AcrossFinding("version.differs", record, "pair", "warning", message, about, tuple(said), **more)


def put(archive: Archive, *found: AcrossFinding) -> None:
    with archive.store.writing() as connection:
        put_across(connection, "version.differs", ["pair"], found)


def names(archive: Archive, **asked: object) -> list[str]:
    return [found.fingerprint for found in archive.all_findings(**asked)]  # type: ignore[arg-type]


def test_findings_of_a_scope_are_put_in_place_of_those_before(archive: Archive, id_of: Ids) -> None:
    first, second = between(id_of(1), id_of(2)), between(id_of(1), id_of(2), "13")
    put(archive, first)
    assert names(archive) == [first.fingerprint]
    put(archive, second, second)
    assert names(archive) == [second.fingerprint]
    put(archive)
    assert names(archive) == []


def test_a_finding_keeps_its_name_wherever_its_words_stand() -> None:
    moved = Quoted(value="12", text="twelve", spans=[(40, 46)], confidence=0.5, record="a")
    one, other = between("a", "b"), between("a", "b")
    assert one.fingerprint == AcrossFinding(
        other.finding, "a", "other", "note", "put otherwise", other.about, (moved,)
    ).fingerprint  # fmt: skip
    assert one.fingerprint != between("a", "b", "13").fingerprint
    assert one.fingerprint != between("b", "a").fingerprint


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_who_may_not_see_a_record_does_not_see_what_speaks_of_it(archive: Archive, id_of: Ids, hidden: int) -> None:
    put(archive, between(id_of(1), id_of(2), others=(id_of(3),)))
    archive.set_access(id_of(hidden), Access("restricted"), "M. Weber", "privacy")
    assert names(archive) == []
    assert names(archive, reader=ARCHIVIST) == [between(id_of(1), id_of(2)).fingerprint]
    assert archive.finding(between(id_of(1), id_of(2)).fingerprint, PUBLIC) is None
    assert archive.finding_facets()["kind"] == {}
    assert archive.finding_facets(ARCHIVIST)["kind"] == {"version.differs": 1}


def test_a_record_that_refutes_a_finding_does_so_for_those_who_see_it(archive: Archive, id_of: Ids) -> None:
    archive.set_access(id_of(4), Access("restricted"), "M. Weber", "privacy")
    put(archive, between(id_of(1), id_of(2), unless=(id_of(4),)))
    assert len(names(archive)) == 1
    assert names(archive, reader=ARCHIVIST) == []


def test_a_verdict_survives_that_the_finding_is_made_anew(archive: Archive, id_of: Ids) -> None:
    found = between(id_of(1), id_of(2))
    put(archive, found)
    archive.decide(found.fingerprint, "explained", "two drafts", "M. Weber")
    archive.decide(found.fingerprint, "dismissed", "one is a forgery", "A. Kim")
    put(archive)
    put(archive, found)
    [listed] = archive.all_findings()
    assert (listed.verdict, listed.why, listed.who) == ("dismissed", "one is a forgery", "A. Kim")
    assert [row.verdict for row in archive.verdicts(found.fingerprint)] == ["explained", "dismissed"]
    archive.decide(found.fingerprint, "open", "to be looked at again", "A. Kim")
    assert archive.all_findings()[0].verdict is None
    assert len(archive.verdicts()) == 3


@pytest.mark.parametrize(
    ("verdict", "why", "who", "said"),
    [("wrong", "x", "y", "no verdict"), ("accepted", " ", "y", "reason"), ("accepted", "x", "", "whose")],
)
def test_a_verdict_needs_its_reason_and_a_name(
    archive: Archive, id_of: Ids, verdict: str, why: str, who: str, said: str
) -> None:
    put(archive, between(id_of(1), id_of(2)))
    with pytest.raises(ArchiveError, match=said):
        archive.decide(between(id_of(1), id_of(2)).fingerprint, verdict, why, who)
    with pytest.raises(ArchiveError, match="no such finding"):
        archive.decide("feed", "accepted", "because", "M. Weber")


def test_filters_narrow_and_facets_count_under_the_other_filters(archive: Archive, id_of: Ids) -> None:
    put(archive, between(id_of(1), id_of(2)), between(id_of(3), id_of(2), "13"))
    archive.decide(between(id_of(1), id_of(2)).fingerprint, "accepted", "so it is", "M. Weber")
    assert len(names(archive, wanted=Wanted(verdicts=("accepted",)))) == 1
    assert len(names(archive, wanted=Wanted(verdicts=("open",)))) == 1
    assert len(names(archive, wanted=Wanted(years=(1950,)))) == 2
    assert names(archive, wanted=Wanted(years=(1951,))) == []
    assert names(archive, wanted=Wanted(kinds=("number.out-of-sequence",))) == []
    assert len(names(archive, wanted=Wanted(record=id_of(2)))) == 2
    assert len(names(archive, wanted=Wanted(record=id_of(3)))) == 1
    facets = archive.finding_facets(wanted=Wanted(verdicts=("accepted",)))
    assert facets["verdict"] == {"accepted": 1, "open": 1}
    assert facets["kind"] == {"version.differs": 1}
    assert facets["year"] == {"1950": 1} and facets["station"] == {"Pyongyang": 1}


def test_pages_go_on_where_the_last_one_ended(archive: Archive, id_of: Ids) -> None:
    put(archive, *(between(id_of(n), id_of(7), str(n)) for n in range(1, 6)))
    first = archive.all_findings(limit=2)
    rest = archive.all_findings(after=first[-1].key)
    assert len(first) == 2 and len(rest) == 3
    assert len({found.fingerprint for found in (*first, *rest)}) == 5


@pytest.mark.parametrize("change", ["correct", "redact", "remove"])
def test_what_speaks_of_a_record_is_forgotten_when_it_changes(archive: Archive, id_of: Ids, change: str) -> None:
    put(archive, between(id_of(1), id_of(2)))
    if change == "correct":
        archive.correct(id_of(2), "date", "1950-10-01", "M. Weber", "so the stamp")
    elif change == "redact":
        archive.redact(id_of(2), (0, 5), "M. Weber", "privacy")
    else:
        archive.remove(id_of(2), "M. Weber", "a doublet")
    assert names(archive, reader=ARCHIVIST, wanted=Wanted(kinds=("version.differs",))) == []


def read_better(path: Path) -> Iterator[Record]:
    """Read as `read_path` does, and be surer of every value than before."""
    for record in read_path(path):
        for value in values_of(record):
            value.confidence = 0.999
        yield record


def test_a_verdict_survives_reading_anew_and_deriving_everything_anew(tmp_path: Path) -> None:
    papers = {"one": cable(BODY, LIST.replace("5 copies", "7 copies")), "other": cable(OTHER)}
    with take_in(tmp_path, **papers) as archive:
        before = {found.fingerprint: found.finding for found in archive.all_findings()}
        assert sorted(before.values()) == ["copies.unaccounted", "version.differs"]
        for name in before:
            archive.decide(name, "explained", "as the register has it", "M. Weber")
        report = ingest([tmp_path / "in"], archive, read_better, again=True)
        assert report.changed == 2
        follow(archive)
        with archive.store.writing() as connection:
            put_counter(connection, "across", 0)
        follow(archive)
        after = archive.all_findings(wanted=Wanted(verdicts=("explained",)))
        assert {found.fingerprint: found.finding for found in after} == before
        assert archive.all_findings() == after


def test_an_older_archive_names_its_findings_as_a_new_one_does(tmp_path: Path) -> None:
    with take_in(tmp_path, one=cable(BODY, LIST.replace("5 copies", "7 copies"))) as archive:
        before = names(archive)
        assert len(before) == 1
        with archive.store.writing() as connection:
            connection.execute(update(findings).values(fingerprint=""))
            v0004_across._name_findings(connection)
        assert names(archive) == before
