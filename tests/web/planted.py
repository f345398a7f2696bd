"""Holdings whose every word is the same, to see where it comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from mabillon.archive.authorities import AuthorityEntry, AuthorityView, Documents
from mabillon.archive.dealings import Dealings, Identified
from mabillon.archive.knew import (
    HOPS,
    First,
    Knew,
    Listed,
    Persons,
    Place,
    Question,
    Quoted,
    Reached,
    Spread,
    Whom,
)
from mabillon.archive.series.sheets import Counter, Placed, Station, Week
from mabillon.archive.series.ways import Measured, OddOne, RouteListed, StepShown, Way
from mabillon.authority.covers import CoverName
from mabillon.authority.offices import Held, Tenure
from mabillon.authority.records import Authority, Variant
from mabillon.connect import Graph, Thread, traits_of
from mabillon.connect.threads import thread_of
from mabillon.connect.zones import HYPOTHESES, Hypothesis
from mabillon.record import Record
from mabillon.store.across import Quoted as Evidence
from mabillon.store.dealings import Partner
from mabillon.store.entries import ANY
from mabillon.store.entries import Entry as Row
from mabillon.store.findings import FACETS, Wanted
from mabillon.store.findings import Listed as Finding
from mabillon.store.schema import RELATIONS
from mabillon.web.holdings import Beside, Entry, Found, Step, Tally
from tests.web.papers import record_of


class Planted:
    """Holdings whose every word is hostile."""

    def __init__(self, words: str) -> None:
        self.name = self.words = words

    def version(self) -> str:
        return "1"

    def count(self) -> int:
        return 1

    def record(self, id: str) -> Record | None:
        return record_of(self.words)

    def records(self, after: str | None, limit: int) -> list[Record]:
        return [record_of(self.words)] if after is None else []

    def changed(self, id: str) -> str | None:
        return None

    def original(self, id: str) -> bytes | None:
        return self.words.encode()

    def beside(self, id: str) -> Beside:
        entry = Entry.of(record_of(self.words))
        return Beside(entry, entry, [("version", entry)])

    def levels(self, parent: int | None) -> Sequence[Step]:
        return [Step(1, self.words, self.words, self.words, 1)]

    def level(self, id: int) -> Sequence[Step]:
        return self.levels(None)

    def exchange(self, id: str) -> Thread | None:
        return thread_of(Graph([traits_of(record_of(self.words))]), "hostile")

    def stations(self) -> Sequence[Station]:
        return [Station("x", self.words, 1950, 1951, 3, 4.5)]

    def station_of(self, name: str) -> str:
        return "x"

    def counters(self, station: str, year: int | None) -> Sequence[Counter]:
        row = Row("x", self.words, self.words, None, self.words, self.words, self.words, 1)
        placed = (Placed(row, 12, 711858, 711860, (), row, row),)
        weeks = (Week(date(1950, 1, 2), 2, 1.5),)
        return [Counter("sent", self.words, 1950, 0, (self.words,), 2, 1, 9, 1.5, weeks, placed, placed)]

    def placed(self, id: str) -> Sequence[tuple[str, str, Placed]]:
        return [(self.words, "open", self.counters("x", None)[0].undated[0])]

    def routes(self) -> Sequence[RouteListed]:
        return [RouteListed("x", "y", self.words, self.words, 3, "1950-01", "1950-02", 1)]

    def way(self, origin: str, goal: str) -> Way | None:
        row = Row("x", self.words, self.words, None, self.words, self.words, self.words, 1)
        months = tuple(Measured(month, True, 2, 10, 60, 90) for month in ("1950-01", "1950-02"))
        services = (replace(months[0], by=self.words), *months)
        step = StepShown("sent", "received", months[:1], services, months, (1,) * 17)
        clocks = tuple(Hypothesis(name, 0.3, (10, 60, 90), 1, 1, 9) for name in HYPOTHESES)
        return Way("x", "y", self.words, self.words, None, clocks, (step,), (OddOne(row, "sent", "received", 9),))

    def place(self, id: str) -> Sequence[Step]:
        return self.levels(None)

    def in_level(self, id: int, after: str | None, limit: int) -> tuple[Sequence[Entry], str | None]:
        return [Entry.of(record_of(self.words))], self.words

    def authority(self, id: str) -> AuthorityView | None:
        row = Row("x", self.words, self.words, self.words, self.words, self.words, self.words, 1)
        known = Authority(
            "person:x", "person", self.words, (Variant(self.words, "1950", "1951", self.words),), "1900", "1990",
            ((self.words, self.words),), at=(1.0, 2.0),
        )  # fmt: skip
        tenure = Tenure(self.words, self.words, self.words, "person:x", "1950", None, (self.words,), self.words)
        cover = CoverName(self.words, (self.words,), "person:x", "1950", None, (), self.words, 1.0, self.words)
        documents = tuple(Documents(relation, 9, (row,)) for relation in RELATIONS)
        return AuthorityView(
            self.words, "place" if id == "place:x" else "person", self.words, known, 9, ((self.words, 1),), (cover,),
            (Held(tenure, True),), documents,
        )  # fmt: skip

    def authorities(self, kind: str) -> Sequence[AuthorityEntry]:
        return [AuthorityEntry(self.words, kind, self.words, 9, {"sender": 9})]

    def dealings(self, authority: str) -> Dealings:
        partners = (Partner(self.words, self.words, 1), Partner(None, self.words, 1))
        return Dealings({relation: {0: 1, 1950: 2, 1951: 3} for relation in (ANY, *RELATIONS)}, partners, partners)

    def naming(
        self, authority: str, relation: str, year: int | None, cursor: str | None, limit: int
    ) -> tuple[Sequence[Entry], str | None]:
        return [Entry.of(record_of(self.words))], self.words

    def identified(self, id: str) -> Sequence[Identified]:
        words = (self.words,)
        return [Identified(self.words, "person", self.words, words, sure, words) for sure in (True, False)]

    def meant(self, names: Iterable[str]) -> dict[str, str]:
        return {}

    def reached(self) -> Reached:
        row = Row("x", self.words, self.words, self.words, self.words, self.words, self.words, 1)
        said = (Quoted(self.words, ((0, 1),)),)
        return Reached(
            row, row, "copied", self.words, "name:x", False, datetime(1950, 10, 1), None, self.words, self.words, said,
            ("name",), (1, 1),
        )  # fmt: skip

    def knew(self, question: Question, limit: int, after: Place | None, presumed_after: Place | None) -> Knew:
        office = Tenure(self.words, self.words, "", "person:x", None, None, (), self.words)
        reasons, others = (self.words,), ((self.words, self.words),)
        whom = Whom(self.words, self.words, None, Persons(()), reasons, False, (Held(office, True),), others)
        listed = Listed((self.reached(),), 9, True)
        return Knew(whom, datetime(1950, 10, 1), self.words, listed, listed)

    def first_to_know(self, about: str, limit: int, at: str = "", clock: str = "") -> First:
        return First(self.words, (self.reached(),), (self.reached(),), 1, False)

    def spread(self, id: str) -> Spread | None:
        return Spread(self.reached().entry, tuple((hop, (self.reached(),)) for hop in HOPS))

    def findings(
        self, wanted: Wanted, after: str | None, limit: int
    ) -> tuple[Sequence[Finding], dict[str, list[Evidence]], str | None]:
        words = self.words
        row = Row("x", words, words, words, words, words, words, 1)
        kinds = ("version.differs", words)
        page = [
            Finding((1, 1, n), "archive", f"{n:032x}", kind, words, words, None, words, words, words, words, row)
            for n, kind in enumerate(kinds)
        ]
        said = [Evidence(value=words, text=words, spans=[], confidence=1.0, record=id) for id in ("x", "y")]
        return page, {one.fingerprint: said for one in page}, words

    def finding_facets(self, wanted: Wanted) -> dict[str, dict[str, int]]:
        return {name: {self.words: 1} for name in FACETS}

    def introduction(self, name: str, language: str) -> str | None:
        return self.words

    def search(self, query: str, sort: str, limit: int, cursor: str | None = None, facets: bool = True) -> Found:
        names = ("type", "sender", "recipient", "place", "language", "classification", "collection", "finding")
        facets = {"year": [Tally("1950", 1)], **{name: [Tally(self.words, 1)] for name in names}}
        entries = [Entry.of(record_of(self.words))]
        return Found(1, entries, facets, self.words, (self.words,), self.words, self.words)

    def close(self) -> None:
        pass
