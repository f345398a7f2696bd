"""The archive as its users see it: open it, read records in it, walk it, change it with a name and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, and_

from mabillon.archive import editing, judging, layout
from mabillon.archive.access import INDEXER, PUBLIC, Access, Reader, Redaction
from mabillon.archive.authorities import AuthorityEntry, AuthorityView, authority_view, list_authorities
from mabillon.archive.judging import Judged
from mabillon.archive.originals import Originals
from mabillon.archive.views import Changed, Level, Neighbours
from mabillon.citation import file_order
from mabillon.errors import ArchiveError
from mabillon.record import Record, decode
from mabillon.store import entries as listed
from mabillon.store import history, permissions
from mabillon.store import levels as arranged
from mabillon.store import names as stored_names
from mabillon.store import records as stored
from mabillon.store.counters import last
from mabillon.store.engine import BUSY_SECONDS, Store
from mabillon.store.entries import ChangeRow, Entry, Found
from mabillon.store.history import Correction, Revision
from mabillon.store.names import JudgementRow, NameRow, Suggested
from mabillon.store.permissions import RedactionRow
from mabillon.store.records import Stored
from mabillon.store.sources import Failure, find_sources, list_quarantine

PAGE = 500


class Archive:
    """One directory: `archive.db`, `originals/` (an OCFL storage root) and `index/` (derived, may be thrown away).

    Every method that reads takes a `Reader` and shows what he may see; the default is anybody. All raise
    `ArchiveError` if the database or the disk fails.
    """

    def __init__(self, path: Path, store: Store) -> None:
        self.path = path
        self.store = store
        self.originals = Originals(path / layout.ORIGINALS, path / layout.INCOMING)
        self._judged: Judged | None = None

    @classmethod
    def create(cls, path: Path | str) -> Archive:
        """Make a new archive in the directory `path`, which must be absent or empty."""
        folder = Path(path)
        layout.create(folder)
        return cls.open(folder)

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> Archive:
        """Open the archive in the directory `path`; with `create`, make it where there is none.

        `busy_seconds` is how long a change waits for another one. Raises `ArchiveError` if there is no archive, or
        one of a version that this program cannot read.
        """
        folder = Path(path)
        if create and not layout.is_archive(folder):
            layout.create(folder)
        return cls(folder, layout.open_store(folder, busy_seconds))

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def index(self) -> Path:
        """Where the full-text index lies. It is derived and belongs to the search."""
        return self.path / layout.INDEX

    # reading ---------------------------------------------------------------------------------------------------

    def record(self, id: str, reader: Reader = PUBLIC) -> Record | None:
        """Return the record `id`, or the enclosure `id` out of its cover; None if there is none for this reader."""
        with self.store.reading() as connection:
            found = stored.find_record(connection, id, reader.condition())
            if found is not None:
                return _seen(connection, [found], reader)[0]
            way = stored.find_enclosure(connection, id)
        if way is None:
            return None
        record = self.record(way[0], reader)
        return None if record is None else _enclosed(record, id)

    def records_named(self, ids: Sequence[str], reader: Reader = PUBLIC) -> list[Record]:
        """Return those records of these ids that `reader` may see, in the order of `ids`: the hits of a search, say."""
        with self.store.reading() as connection:
            return _seen(connection, stored.find_records(connection, ids, reader.condition()), reader)

    def records(self, reader: Reader = PUBLIC, after: str | None = None, limit: int | None = None) -> Iterator[Record]:
        """Yield the records that `reader` may see in order of id, from the first after the id `after`, at most `limit`.

        The order is stable: it depends on the sources alone, not on how or when they came in. Pages are read one at
        a time, so a million records need no more memory than a page, and no reader holds up a writer.
        """
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            with self.store.reading() as connection:
                page = stored.page_of_records(connection, reader.condition(), after, size)
                seen = _seen(connection, page, reader)
            yield from seen
            if len(page) < size:
                return
            after, left = page[-1].id, None if left is None else left - len(page)

    def ids(self, reader: Reader = PUBLIC) -> Iterator[str]:
        """Yield the ids of the records that `reader` may see, in order."""
        after = ""
        while True:
            with self.store.reading() as connection:
                page = stored.page_of_ids(connection, reader.condition(), after, 20 * PAGE)
            if not page:
                return
            yield from page
            after = page[-1]

    def count(self, reader: Reader = PUBLIC) -> int:
        """Return how many records this reader may see."""
        with self.store.reading() as connection:
            return stored.count_records(connection, reader.condition())

    def original(self, id: str, reader: Reader = PUBLIC) -> bytes | None:
        """Return the bytes of the source that the record `id` was read from; None if there is none for this reader.

        A source with a passage, or a document, that this reader may not see is not shown to him at all.
        """
        with self.store.reading() as connection:
            found = stored.find_record(connection, id, reader.condition())
            if found is None or not self._may_see_source(connection, found.source, reader):
                return None
            source = find_sources(connection, [found.source])[found.source]
        path = self.originals.path(source.object, source.sha256)
        try:
            return path.read_bytes()
        except OSError as failure:
            raise ArchiveError(f"{path}: the original cannot be read: {failure.strerror or failure}") from failure

    def _may_see_source(self, connection: Connection, sha256: str, reader: Reader) -> bool:
        keys = stored.keys_of_source(connection, sha256)
        visible = stored.count_records(connection, and_(stored.of_source(sha256), reader.condition()))
        return visible == len(keys) and not any(
            reader.hidden(_passages(rows)) for rows in permissions.redactions_of(connection, keys).values()
        )

    def entries(
        self, reader: Reader = PUBLIC, level: int | None = None, after: tuple[Any, ...] | None = None, limit: int = 50
    ) -> list[tuple[tuple[Any, ...], Entry]]:
        """Return up to `limit` entries, each with the key that `after` takes to go on behind it.

        By date over the whole archive, undated ones last; or the records of one `level` in the order of its leaves.
        """
        with self.store.reading() as connection:
            if level is None:
                return listed.entries_by_date(connection, reader.condition(), after, limit)
            return listed.entries_of_level(connection, level, reader.condition(), after, limit)

    def neighbours(self, id: str, reader: Reader = PUBLIC) -> Neighbours:
        """Return what stands beside a record: by date, in its file, and linked with it. Empty if it may not be seen."""
        condition = reader.condition()
        with self.store.reading() as connection:
            if stored.find_record(connection, id, condition) is None:
                return Neighbours()
            before, after = listed.neighbours_by_date(connection, id, condition)
            file_before, file_after = listed.neighbours_in_file(connection, id, condition)
            return Neighbours(before, after, file_before, file_after, listed.links_of(connection, id, condition))

    def levels(self, parent: int | None = None, reader: Reader = PUBLIC) -> list[Level]:
        """Return the levels right below `parent` (the repositories if None) in which this reader may see a record."""
        with self.store.reading() as connection:
            found = arranged.children_of(connection, parent, reader.condition())
        return sorted((Level.of(row) for row in found), key=lambda level: tuple(file_order(level.code)))

    def level(self, id: int, reader: Reader = PUBLIC) -> list[Level]:
        """Return the way from the repository down to the level `id`; empty if this reader sees no record there."""
        with self.store.reading() as connection:
            inside = and_(stored.in_levels(arranged.subtree(id)), reader.condition())
            if not stored.count_records(connection, inside):
                return []
            return [Level.of(row) for row in arranged.way_to(connection, id)]

    def place(self, id: str, reader: Reader = PUBLIC) -> list[Level]:
        """Return the way from the repository down to the file in which the record `id` lies; empty if none is known."""
        with self.store.reading() as connection:
            level = stored.level_of(connection, id, reader.condition())
            return [Level.of(row) for row in arranged.way_to(connection, level)]

    def findings(
        self, reader: Reader = PUBLIC, names: Sequence[str] = (), after: tuple[int, int] | None = None, limit: int = 50
    ) -> list[Found]:
        """Return up to `limit` findings of these names (or of all), from the first after the key `after`."""
        with self.store.reading() as connection:
            return listed.page_of_findings(connection, reader.condition(), names, after, limit)

    def finding_counts(self, reader: Reader = PUBLIC) -> dict[str, int]:
        """Return name of a finding → how often this reader sees it."""
        with self.store.reading() as connection:
            return listed.count_findings(connection, reader.condition())

    # names -------------------------------------------------------------------------------------------------------

    def authority(self, id: str, reader: Reader = PUBLIC, limit: int = 50) -> AuthorityView | None:
        """Return who or what the authority `id` is, and the records that name it, up to `limit` of each relation.

        None if it is neither known nor named in a record that this reader may see. Names are linked by `link_names`.
        """
        register = self.judged().register
        with self.store.reading() as connection:
            return authority_view(connection, register, id, reader, limit)

    def authorities(self, kind: str | None = None, prefix: str = "", reader: Reader = PUBLIC) -> list[AuthorityEntry]:
        """Return the authorities of a kind (person, org, place) that records name. `prefix`: of any form of name."""
        register = self.judged().register
        with self.store.reading() as connection:
            return list_authorities(connection, register, kind, prefix, reader)

    def documents_of(
        self, authority: str, relation: str, reader: Reader = PUBLIC, after: tuple[Any, ...] | None = None,
        limit: int = 50,
    ) -> list[tuple[tuple[Any, ...], Entry]]:  # fmt: skip
        """Return up to `limit` entries that name an authority in a relation, by date, each with the key for `after`."""
        with self.store.reading() as connection:
            return listed.entries_naming(connection, authority, relation, reader.condition(), after, limit)

    def names(self, id: str, reader: Reader = PUBLIC) -> list[NameRow]:
        """Return the names in the record `id`, each with the authority that it means and why, as far as is known."""
        with self.store.reading() as connection:
            return stored_names.names_of(connection, id, reader.condition())

    def suggestions(self, reader: Reader = PUBLIC, limit: int = 50) -> list[Suggested]:
        """Return the names that likely mean an authority and wait for a person to decide, the most frequent first."""
        with self.store.reading() as connection:
            return stored_names.suggestions(connection, reader.condition(), limit)

    def judge(self, name: str, authority: str, verdict: str, who: str, why: str = "", record: str | None = None) -> int:
        """Decide that `name` is `same`, `different` or `unsure` with an authority, in one record or wherever it stands.

        The names that it is about are linked anew. Returns the judgement's number. Raises `ArchiveError` if there is
        no such verdict, authority or record.
        """
        return judging.judge(self.store, self.judged(), name, authority, verdict, who, why, record)

    def withdraw_judgement(self, number: int, who: str) -> None:
        """Take a judgement back. It stays on file as withdrawn."""
        judging.withdraw(self.store, number, who)

    def judgements(self) -> list[JudgementRow]:
        """Return all judgements, the withdrawn ones too, in the order they were made. For the archive's staff."""
        with self.store.reading() as connection:
            return stored_names.all_judgements(connection)

    def judged(self) -> Judged:
        """Return the register of names as the judgements stand now."""
        with self.store.reading() as connection:
            stamp = stored_names.judgements_stamp(connection)
        if self._judged is None or self._judged.stamp != stamp:
            self._judged = Judged.of(self.store)
        return self._judged

    # what an index follows --------------------------------------------------------------------------------------

    def newest(self) -> int:
        """Return the number of the newest change."""
        with self.store.reading() as connection:
            return last(connection, "seq")

    def changes_since(self, seq: int = 0) -> Iterator[tuple[int, str, bool]]:
        """Yield `(seq, record id, gone)` for each record that changed after the change `seq`, oldest first, once each.

        The numbers only grow: whoever remembers the last one that he took misses nothing and takes nothing twice.
        """
        while page := self._changes(seq, whole=False)[0]:
            yield from ((change.seq, change.id, change.json is None and change.opens < 0) for change in page)
            seq = page[-1].seq

    def changed_records(self, seq: int = 0) -> Iterator[Changed]:
        """Yield the same changes with all that an index needs: the record without any redacted passage, its access."""
        while True:
            page, redactions, groups = self._changes(seq, whole=True)
            if not page:
                return
            for change in page:
                yield _changed(change, redactions.get(change.key, []), groups.get(change.key, set()))
            seq = page[-1].seq

    def _changes(
        self, seq: int, *, whole: bool
    ) -> tuple[list[ChangeRow], dict[int, list[RedactionRow]], dict[int, set[str]]]:
        with self.store.reading() as connection:
            page = listed.page_of_changes(connection, seq, PAGE, whole=whole)
            keys = [change.key for change in page if change.opens >= 0] if whole else []
            return page, permissions.redactions_of(connection, keys), permissions.groups_of(connection, keys)

    # changing ---------------------------------------------------------------------------------------------------

    def access(self, id: str) -> Access:
        """Return what the holder allows with the record `id`. Raises `ArchiveError` if there is none."""
        with self.store.reading() as connection:
            found = editing.find(connection, id)
            return Access.of(found.opens, permissions.groups_of(connection, [found.key]).get(found.key, ()))

    def set_access(self, ids: str | Sequence[str], access: Access, who: str, why: str) -> None:
        """Make one record or several public, restricted or embargoed."""
        editing.set_access(self.store, [ids] if isinstance(ids, str) else list(ids), access, who, why)

    def redact(self, id: str, span: tuple[int, int], who: str, why: str, groups: Sequence[str] = ()) -> None:
        """Blacken the passage `[start, end)` of the record's text, and all that its words say, for all but `groups`."""
        editing.redact(self.store, id, span, groups, who, why)
        judging.link_anew(self.store, self.judged(), [id])

    def redactions(self, id: str) -> list[RedactionRow]:
        """Return the redactions of the record `id` that hold. For the archive's staff."""
        with self.store.reading() as connection:
            key = editing.find(connection, id).key
            return permissions.redactions_of(connection, [key]).get(key, [])

    def lift_redaction(self, id: str, redaction: int, who: str, why: str) -> None:
        editing.lift_redaction(self.store, id, redaction, who, why)
        judging.link_anew(self.store, self.judged(), [id])

    def correct(self, id: str, path: str, value: Any, who: str, why: str) -> None:
        """Correct what stands at `path`, a JSON pointer (`date`, `senders/0/place`), to `value`; None takes it out.

        The words that the value was read from stay its evidence, its reason becomes `editor`; findings are checked
        anew. The correction is laid over every later reading of the record. Raises `ArchiveError` if the value
        cannot stand there.
        """
        editing.correct(self.store, id, path, value, who, why)
        judging.link_anew(self.store, self.judged(), [id])

    def corrections(self, id: str) -> list[Correction]:
        """Return the corrections of the record `id` that hold, oldest first."""
        with self.store.reading() as connection:
            return history.corrections_of(connection, editing.find(connection, id).key)

    def withdraw_correction(self, id: str, correction: int, who: str, why: str) -> None:
        editing.withdraw_correction(self.store, id, correction, who, why)
        judging.link_anew(self.store, self.judged(), [id])

    def remove(self, id: str, who: str, why: str) -> None:
        """Take a record out. Its original stays; ingesting its source again does not bring it back."""
        editing.remove(self.store, id, who, why)

    def revisions(self, id: str) -> list[Revision]:
        """Return what happened to the record `id`, oldest first. For the archive's staff."""
        with self.store.reading() as connection:
            return history.revisions_of(connection, editing.find(connection, id).key)

    def revision(self, id: str, number: int) -> Record | None:
        """Return the record as its revision `number` left it. For the archive's staff."""
        with self.store.reading() as connection:
            found = history.revision_json(connection, editing.find(connection, id).key, number)
        return None if found is None else decode(found)

    def quarantine(self) -> list[Failure]:
        """Return the sources that could not be read, each with the reason."""
        with self.store.reading() as connection:
            return list_quarantine(connection)


def _passages(rows: Iterable[RedactionRow]) -> list[Redaction]:
    return [Redaction(row.start, row.end, row.groups) for row in rows]


def _seen(connection: Connection, found: Sequence[Stored], reader: Reader) -> list[Record]:
    """Return stored records as this reader may read them."""
    redactions = permissions.redactions_of(connection, [one.key for one in found])
    return [reader.redacted(decode(one.json), _passages(redactions.get(one.key, ()))) for one in found]


def _enclosed(record: Record, id: str) -> Record | None:
    """Return the enclosure `id` of `record`, however deep. It is found by its id: a redaction moves the others up."""
    for enclosure in record.enclosures:
        found = enclosure if enclosure.id == id else _enclosed(enclosure, id)
        if found is not None:
            return found
    return None


def _changed(change: ChangeRow, redactions: Sequence[RedactionRow], groups: Iterable[str]) -> Changed:
    if change.json is None:
        return Changed(change.seq, change.id)
    record = INDEXER.redacted(decode(change.json), _passages(redactions))
    return Changed(change.seq, change.id, record, Access.of(change.opens, groups))
