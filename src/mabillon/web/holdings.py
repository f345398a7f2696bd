"""What the site asks of an archive, and the small answers that its pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markupsafe import Markup

from mabillon.archive.authorities import AuthorityEntry, AuthorityView
from mabillon.archive.dealings import Dealings, Identified
from mabillon.archive.knew import First, Knew, Place, Question, Spread
from mabillon.archive.series.sheets import Counter, Placed, Station
from mabillon.archive.series.ways import RouteListed, Way
from mabillon.connect import Thread
from mabillon.evidence import Agent
from mabillon.record import Event, Record
from mabillon.store.across import Quoted
from mabillon.store.entries import Entry as Row
from mabillon.store.findings import Listed, Wanted
from mabillon.web.language import Language
from mabillon.web.moments import machine_date, show_moment
from mabillon.web.titles import kind_of, title_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in a list. `date` is EDTF; `snippet` is escaped and has its hits in `<mark>`; `origins`, `goals`:
    the places it was sent from and to, as far as it states them; `because`: the cover names by which it was found."""

    id: str
    title: str | None
    type: str | None = None
    date: str | None = None
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    findings: int = 0
    snippet: Markup = Markup("")
    origins: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    because: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: Record, snippet: Markup = Markup("")) -> Entry:
        return cls(
            id=record.id,
            title=str(record.title.value) if record.title else None,
            type=str(record.type.value) if record.type else None,
            date=str(record.date.value) if record.date else None,
            senders=tuple(agent.value for agent in record.senders),
            recipients=tuple(agent.value for agent in record.recipients),
            findings=len(record.findings) + sum(len(enclosure.findings) for enclosure in record.enclosures),
            snippet=snippet,
            origins=_places(record.senders, record.events, ("sent", "signed")),
            goals=_places(record.recipients, record.events, ("received",)),
        )

    @classmethod
    def of_row(cls, row: Row) -> Entry:
        return cls(
            id=row.id, title=row.title, type=row.type, date=row.date, senders=(row.sender,) if row.sender else (),
            recipients=(row.recipient,) if row.recipient else (), findings=row.findings,
        )  # fmt: skip


def _places(agents: Sequence[Agent], events: Sequence[Event], types: tuple[str, ...]) -> tuple[str, ...]:
    """Return the places stated with correspondents, else with the events of their end of the wire."""
    stated = [str(agent.place.value) for agent in agents if agent.place]
    if not stated:
        stated = [str(event.place.value) for event in events if event.place and event.type.value in types]
    return tuple(dict.fromkeys(stated))


@dataclass(frozen=True, slots=True)
class Tally:
    """One value of a facet and how many records have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of an answer to a search. `reading` says how a slip was read ("" where there was none), `notes` what was
    mended, `spellings` how else its names were looked for; `next`, `previous` and `last` are cursors."""

    total: int
    entries: Sequence[Entry]
    facets: dict[str, Sequence[Tally]] = field(default_factory=dict)
    reading: str = ""
    notes: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    suggestion: str = ""
    next: str | None = None
    previous: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A level of description on the way to a record, the widest first. `records` counts what lies in it and below."""

    id: int
    kind: str
    title: str
    code: str
    records: int = 0


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a record: the ones before and after it by date, other versions as (kind, entry)."""

    before: Entry | None = None
    after: Entry | None = None
    versions: Sequence[tuple[str, Entry]] = ()


class Holdings(Protocol):
    """An archive as one reader sees it: what may not be seen is absent from every answer."""

    name: str

    def version(self) -> str:
        """Return a word that is another whenever anything that this reader sees may have changed."""

    def count(self) -> int:
        """Return how many records there are."""

    def record(self, id: str) -> Record | None:
        """Return a record, None where there is none that this reader may see."""

    def records(self, after: str | None, limit: int) -> Iterable[Record]:
        """Return up to `limit` records in order of their identifiers, from the first after one."""

    def changed(self, id: str) -> str | None:
        """Return when a record last changed (UTC, RFC 3339), None where it may not be seen."""

    def original(self, id: str) -> bytes | None:
        """Return the bytes that a record was read from, None where this reader may not see all of them."""

    def beside(self, id: str) -> Beside:
        """Return what stands beside a record; nothing where it may not be seen."""

    def exchange(self, id: str) -> Thread | None:
        """Return the exchange that a record belongs to, None where the record may not be seen."""

    def place(self, id: str) -> Sequence[Step]:
        """Return the levels of description in which a record lies, from the repository down."""

    def levels(self, parent: int | None) -> Sequence[Step]:
        """Return the levels right below one, or the repositories."""

    def level(self, id: int) -> Sequence[Step]:
        """Return the way from the repository down to a level; empty where this reader sees nothing in it."""

    def in_level(self, id: int, after: str | None, limit: int) -> tuple[Sequence[Entry], str | None]:
        """Return the records that lie in a level itself, as their leaves lie, and the cursor of those that follow."""

    def knew(self, question: Question, limit: int, after: Place | None, presumed_after: Place | None) -> Knew:
        """Return what had reached a person by a moment. Raises `QueryError` for a moment or clock that is none."""

    def first_to_know(self, about: str, limit: int, at: str = "", clock: str = "") -> First:
        """Return who knew first of what a search finds. Raises what `knew` and `search` raise."""

    def spread(self, id: str) -> Spread | None:
        """Return how a record spread, None where it may not be seen."""

    def findings(
        self, wanted: Wanted, after: str | None, limit: int
    ) -> tuple[Sequence[Listed], dict[str, list[Quoted]], str | None]:
        """Return findings, the evidence of each by its fingerprint, and the cursor of those that follow."""

    def finding_facets(self, wanted: Wanted) -> dict[str, dict[str, int]]:
        """Return kind, severity, verdict, year, station → value → how many findings, under the other filters."""

    def introduction(self, name: str, language: str) -> str | None:
        """Return what an editor wrote of a collection (Markdown), in this language if there is one."""

    def authority(self, id: str) -> AuthorityView | None:
        """Return who or what an authority is and the first records that name it, None where nothing is known of it."""

    def authorities(self, kind: str) -> Sequence[AuthorityEntry]:
        """Return the authorities of a kind (person, org, place) that records name for sure, by their headings."""

    def dealings(self, authority: str) -> Dealings:
        """Return when records name an authority, and who it had to do with."""

    def naming(
        self, authority: str, relation: str, year: int | None, cursor: str | None, limit: int
    ) -> tuple[Sequence[Entry], str | None]:
        """Return records that name an authority in a relation, by date (from a year on, if one is given), and the
        cursor of those that follow. Raises `QueryError` for a cursor that is none."""

    def identified(self, id: str) -> Sequence[Identified]:
        """Return whom the names in a record mean, as far as is known; nothing where it may not be seen."""

    def meant(self, names: Iterable[str]) -> dict[str, str]:
        """Return those of `names` that mean one authority in every record that has them → its id."""

    def search(self, query: str, sort: str, limit: int, cursor: str | None = None, facets: bool = True) -> Found:
        """Answer a search; the empty query is answered with all records. Raises `QueryError`
        for an order or cursor that is none, `ArchiveError` where there is no index to search."""

    def stations(self) -> Sequence[Station]:
        """Return the stations whose numbers are series."""

    def station_of(self, name: str) -> str:
        """Return the key of a station by its name."""

    def counters(self, station: str, year: int | None) -> Sequence[Counter]:
        """Return the counters of the station of this key, of one year or of all."""

    def placed(self, id: str) -> Sequence[tuple[str, str, Placed]]:
        """Return (station, state, days) of the numbers of a record that date it or do not fit its date."""

    def routes(self) -> Sequence[RouteListed]:
        """Return the routes on which messages were timed, the busiest first."""

    def way(self, origin: str, goal: str) -> Way | None:
        """Return what is measured from one station (by its key) to another, None where nothing is."""

    def close(self) -> None:
        """Let go of what the archive holds open."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry in a language."""

    id: str
    title: str
    kind: str
    date: str
    machine_date: str
    who: str
    findings: int
    snippet: Markup
    because: tuple[str, ...] = ()


def entry_view(entry: Entry, language: Language) -> EntryView:
    """Return an entry as it is shown; who to whom only where a title does not say it already."""
    senders, recipients = entry.senders[:3], entry.recipients[:3]
    return EntryView(
        id=entry.id,
        title=title_of(entry.title, entry.type, senders, recipients, language),
        kind=kind_of(entry.type, language),
        date=show_moment(entry.date, language) if entry.date else language("date.none"),
        machine_date=machine_date(entry.date),
        who=f"{', '.join(senders)} → {', '.join(recipients)}" if entry.title and senders and recipients else "",
        findings=entry.findings,
        snippet=entry.snippet,
        because=entry.because,
    )
