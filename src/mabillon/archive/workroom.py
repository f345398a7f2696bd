"""Changing an archive by hand: access, redaction, correction, each with a name and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mabillon.archive import editing, judging
from mabillon.archive.access import Access
from mabillon.archive.afterwards import bring_up
from mabillon.archive.holding import Holding
from mabillon.archive.knowing import renew_record
from mabillon.record import Record, decode
from mabillon.store import history, permissions
from mabillon.store.history import Correction, Revision
from mabillon.store.permissions import RedactionRow
from mabillon.store.sources import Failure, list_quarantine


class Workroom(Holding):
    """For the staff of the archive: what is asked here is answered whatever a record's access."""

    def access(self, id: str) -> Access:
        """Return what the holder allows with the record `id`. Raises `ArchiveError` if there is none."""
        with self.store.reading() as connection:
            found = editing.find(connection, id)
            return Access.of(found.opens, permissions.groups_of(connection, [found.key]).get(found.key, ()))

    def set_access(self, ids: str | Sequence[str], access: Access, who: str, why: str) -> None:
        """Make one record or several public, restricted or embargoed."""
        named = [ids] if isinstance(ids, str) else list(ids)
        editing.set_access(self.store, named, access, who, why)
        bring_up(self.store, named)

    def redact(self, id: str, span: tuple[int, int], who: str, why: str, groups: Sequence[str] = ()) -> None:
        """Blacken the passage `[start, end)` of the record's text, and all that its words say, for all but `groups`."""
        editing.redact(self.store, id, span, groups, who, why)
        self._follow(id)

    def redactions(self, id: str) -> list[RedactionRow]:
        """Return the redactions of the record `id` that hold. For the archive's staff."""
        with self.store.reading() as connection:
            key = editing.find(connection, id).key
            return permissions.redactions_of(connection, [key]).get(key, [])

    def lift_redaction(self, id: str, redaction: int, who: str, why: str) -> None:
        editing.lift_redaction(self.store, id, redaction, who, why)
        self._follow(id)

    def correct(self, id: str, path: str, value: Any, who: str, why: str) -> None:
        """Correct what stands at `path`, a JSON pointer (`date`, `senders/0/place`), to `value`; None takes it out.

        The words that the value was read from stay its evidence, its reason becomes `editor`; findings are checked
        anew. The correction is laid over every later reading of the record. Raises `ArchiveError` if the value
        cannot stand there.
        """
        editing.correct(self.store, id, path, value, who, why)
        self._follow(id)

    def corrections(self, id: str) -> list[Correction]:
        """Return the corrections of the record `id` that hold, oldest first."""
        with self.store.reading() as connection:
            return history.corrections_of(connection, editing.find(connection, id).key)

    def withdraw_correction(self, id: str, correction: int, who: str, why: str) -> None:
        editing.withdraw_correction(self.store, id, correction, who, why)
        self._follow(id)

    def remove(self, id: str, who: str, why: str) -> None:
        """Take a record out. Its original stays; ingesting its source again does not bring it back."""
        editing.remove(self.store, id, who, why)
        bring_up(self.store)

    def revisions(self, id: str) -> list[Revision]:
        """Return what happened to the record `id`, oldest first. For the archive's staff."""
        with self.store.reading() as connection:
            return history.revisions_of(connection, editing.find(connection, id).key)

    def revision(self, id: str, number: int) -> Record | None:
        """Return the record as its revision `number` left it. For the archive's staff."""
        with self.store.reading() as connection:
            found = history.revision_json(connection, editing.find(connection, id).key, number)
        return None if found is None else decode(found)

    def _follow(self, id: str) -> None:
        """Bring what is derived from a record up to its change: the links of its names, who knew what by it, the
        findings that it is in."""
        judging.link_anew(self.store, self.judged(), [id])
        renew_record(self.store, id)
        bring_up(self.store, [id])

    def quarantine(self) -> list[Failure]:
        """Return the sources that could not be read, each with the reason."""
        with self.store.reading() as connection:
            return list_quarantine(connection)
