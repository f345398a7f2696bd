"""Holdings of an archive on disk, as one reader sees them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import orjson
from markupsafe import Markup, escape

from mabillon.archive import PUBLIC, Archive, Reader
from mabillon.archive.authorities import AuthorityEntry, AuthorityView
from mabillon.archive.dealings import Dealings, Identified, dealings_of, identified, linked_names, naming_stamp
from mabillon.archive.finder import Finder
from mabillon.archive.knew import First, Knew, Place, Question, Spread, claimed, first_to_know, knew, spread
from mabillon.archive.series import sheets, ways
from mabillon.archive.threads import thread_of
from mabillon.archive.views import Level
from mabillon.connect import Thread
from mabillon.errors import QueryError
from mabillon.record import Record
from mabillon.search import FACETS, Hit, SnippetPart
from mabillon.store.across import Quoted
from mabillon.store.findings import Listed, Wanted
from mabillon.web.api.answers import Refusal
from mabillon.web.api.cursors import read_cursor, write_cursor
from mabillon.web.holdings import Beside, Entry, Found, Step, Tally

_SORTS = {"relevance": "relevance", "date": "date", "date-desc": "-date", "number": "number"}

INTRODUCTIONS = "introductions"
"""Folder of the archive where editors put what they write of a collection: `korean-war.md`, `korean-war.de.md` for the
collection Korean War."""

LONGEST_INTRODUCTION = 100_000
FIRST = 5
"""Records of each relation that an authority's page begins with."""


class ArchiveHoldings:
    """Answers from the store and the index of one archive. Raises `ArchiveError` where either cannot be read."""

    def __init__(self, archive: Archive, reader: Reader = PUBLIC, name: str = "") -> None:
        self.name = name
        self._archive = archive
        self._reader = reader
        self._finder = Finder(archive)
        self._version = ""
        self._state: tuple[int | None, str, int] = (None, "", 0)

    @classmethod
    def open(cls, path: Path) -> ArchiveHoldings:
        return cls(Archive.open(path))

    def close(self) -> None:
        self._finder.close()
        self._archive.close()

    def version(self) -> str:
        state = self._archive.store.edition(), self._finder.identity(), self._reader.day
        if state[0] is None or state != self._state:
            self._version, self._state = self._said(), state
        return self._version

    def _said(self) -> str:
        archive = self._archive
        stamps = archive.newest(), claimed(archive), *naming_stamp(archive), archive.finding_stamp()
        return "-".join(map(str, (*stamps, self._finder.identity(), self._reader.day)))

    def count(self) -> int:
        return self._archive.count(self._reader)

    def record(self, id: str) -> Record | None:
        return self._archive.record(id, self._reader)

    def records(self, after: str | None, limit: int) -> Iterable[Record]:
        return self._archive.records(self._reader, after, limit)

    def changed(self, id: str) -> str | None:
        if self._archive.record(id, self._reader) is None:
            return None
        at = self._archive.revisions(id)[-1].at.replace(" ", "T").replace("+00:00", "")
        return at.removesuffix("Z") + "Z"

    def original(self, id: str) -> bytes | None:
        return self._archive.original(id, self._reader)

    def beside(self, id: str) -> Beside:
        found = self._archive.neighbours(id, self._reader)
        return Beside(
            Entry.of_row(found.before) if found.before else None,
            Entry.of_row(found.after) if found.after else None,
            [(link.kind, Entry.of_row(link.entry)) for link in found.links],
        )

    def exchange(self, id: str) -> Thread | None:
        return thread_of(self._archive, id, self._reader)

    def stations(self) -> Sequence[sheets.Station]:
        return sheets.stations(self._archive, self._reader)

    def station_of(self, name: str) -> str:
        return sheets.station_of(self._archive, name)

    def counters(self, station: str, year: int | None) -> Sequence[sheets.Counter]:
        return sheets.counters(self._archive, station, self._reader, year)

    def placed(self, id: str) -> Sequence[tuple[str, str, sheets.Placed]]:
        return sheets.placed_by(self._archive, id, self._reader)

    def routes(self) -> Sequence[ways.RouteListed]:
        return ways.routes(self._archive, self._reader)

    def way(self, origin: str, goal: str) -> ways.Way | None:
        return ways.way(self._archive, origin, goal, self._reader)

    def place(self, id: str) -> Sequence[Step]:
        return [_step(level) for level in self._archive.place(id, self._reader)]

    def levels(self, parent: int | None) -> Sequence[Step]:
        return [_step(level) for level in self._archive.levels(parent, self._reader)]

    def level(self, id: int) -> Sequence[Step]:
        return [_step(level) for level in self._archive.level(id, self._reader)]

    def in_level(self, id: int, after: str | None, limit: int) -> tuple[Sequence[Entry], str | None]:
        key = _read_key(after) if after else None
        page = self._archive.entries(self._reader, id, key, limit + 1)
        more = _write_key(page[limit - 1][0]) if len(page) > limit else None
        return [Entry.of_row(row) for _, row in page[:limit]], more

    def authority(self, id: str) -> AuthorityView | None:
        return self._archive.authority(id, self._reader, FIRST)

    def authorities(self, kind: str) -> Sequence[AuthorityEntry]:
        return self._archive.authorities(kind, reader=self._reader)

    def dealings(self, authority: str) -> Dealings:
        return dealings_of(self._archive, authority, self._reader)

    def naming(
        self, authority: str, relation: str, year: int | None, cursor: str | None, limit: int
    ) -> tuple[Sequence[Entry], str | None]:
        key: tuple[object, ...] | None = (year * 10_000, "") if year else None
        if cursor:
            _, *key_parts = _read_key(cursor)
            key = tuple(key_parts)
        page = self._archive.documents_of(authority, relation, self._reader, key, limit + 1)
        more = _write_key(("", *page[limit - 1][0])) if len(page) > limit else None
        return [Entry.of_row(row) for _, row in page[:limit]], more

    def identified(self, id: str) -> Sequence[Identified]:
        return identified(self._archive, id, self._reader)

    def meant(self, names: Iterable[str]) -> dict[str, str]:
        return linked_names(self._archive, names, self._reader)

    def knew(self, question: Question, limit: int, after: Place | None, presumed_after: Place | None) -> Knew:
        return knew(self._finder, question, self._reader, limit, after, presumed_after)

    def first_to_know(self, about: str, limit: int, at: str = "", clock: str = "") -> First:
        return first_to_know(self._finder, about, self._reader, limit, at, clock)

    def spread(self, id: str) -> Spread | None:
        return spread(self._archive, id, self._reader)

    def findings(
        self, wanted: Wanted, after: str | None, limit: int
    ) -> tuple[Sequence[Listed], dict[str, list[Quoted]], str | None]:
        try:
            key = read_cursor(after, tuple[int, int, int]) if after else None
        except Refusal as refusal:
            raise QueryError(str(refusal)) from refusal
        page = self._archive.all_findings(self._reader, wanted, key, limit + 1)
        more = write_cursor(page[limit - 1].key) if len(page) > limit else None
        return page[:limit], self._archive.finding_evidence(page[:limit], self._reader), more

    def finding_facets(self, wanted: Wanted) -> dict[str, dict[str, int]]:
        return self._archive.finding_facets(self._reader, wanted)

    def introduction(self, name: str, language: str) -> str | None:
        stem = "-".join(re.findall(r"[^\W_]+", name.casefold()))[:200]
        folder = self._archive.path / INTRODUCTIONS
        for path in (folder / f"{stem}.{language}.md", folder / f"{stem}.md"):
            try:
                return path.read_text("utf-8", "replace")[:LONGEST_INTRODUCTION]
            except OSError:
                continue
        return None

    def search(self, query: str, sort: str, limit: int, cursor: str | None = None, facets: bool = True) -> Found:
        records: dict[str, Record] = {}

        def fetch(ids: Sequence[str]) -> Iterable[Record]:
            records.update({record.id: record for record in self._archive.records_named(ids, self._reader)})
            return records.values()

        results = self._finder.search(
            query, self._reader, fetch=fetch, facets=FACETS if facets else (), sort=_SORTS[sort], limit=limit,
            cursor=cursor,
        )  # fmt: skip
        return Found(
            total=results.total,
            entries=[_found(records[hit.id], hit, query) for hit in results.hits],
            facets={name: [Tally(*pair) for pair in pairs] for name, pairs in results.facets.items()},
            reading=results.reading if results.notes else "",
            notes=results.notes,
            spellings=results.spellings,
            suggestion=results.suggestion or "",
            next=results.next,
            previous=results.previous,
            last=results.last,
        )


def _step(level: Level) -> Step:
    return Step(level.id, level.kind, level.title, level.code, level.records)


def _write_key(key: tuple[object, ...]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode("ascii").rstrip("=")


def _read_key(cursor: str) -> tuple[object, ...]:
    """Return the key that `_write_key` wrote. Raises QueryError for anything else."""
    try:
        key = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        position, day, id = key
        if isinstance(position, str) and isinstance(day, int) and isinstance(id, str):
            return position, day, id
    except (binascii.Error, ValueError, TypeError):
        pass
    raise QueryError(f"{cursor[:40]} is no cursor")


def _found(record: Record, hit: Hit, query: str) -> Entry:
    return replace(Entry.of(record, _snippet(hit) if query else Markup("")), because=hit.because)


def _snippet(hit: Hit) -> Markup:
    return Markup("").join(_part(part) for part in hit.snippet)


def _part(part: SnippetPart) -> Markup:
    words = escape(part.text)
    return Markup("<mark>{}</mark>").format(words) if part.marked else words
