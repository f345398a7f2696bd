"""What changed in an archive, for whoever keeps something derived from it: the index of a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mabillon.archive.access import INDEXER, Access
from mabillon.archive.holding import Holding
from mabillon.archive.reading_room import redactions_in
from mabillon.archive.views import Changed
from mabillon.record import decode
from mabillon.store import entries as listed
from mabillon.store import permissions
from mabillon.store.counters import last
from mabillon.store.entries import ChangeRow
from mabillon.store.permissions import RedactionRow

PAGE = 500

CLOSING = ("access", "redact")
"""Changes after which fewer may see a record or a passage of it; those that were taken out come besides."""

BY_HAND = ("correct", "withdraw-correction", *CLOSING)


class Follower(Holding):
    """Changes by number. The numbers only grow."""

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
        yield from self._whole(seq)

    def _whole(self, seq: int, kinds: Sequence[str] = ()) -> Iterator[Changed]:
        while True:
            page, redactions, groups = self._changes(seq, whole=True, kinds=kinds)
            if not page:
                return
            for change in page:
                yield _changed(change, redactions.get(change.key, []), groups.get(change.key, set()))
            seq = page[-1].seq

    def changed_by_hand(self, seq: int) -> Iterator[Changed]:
        """Yield those among the changed records at which a person has done something: nobody should wait for these."""
        yield from self._whole(seq, BY_HAND)

    def closed_since(self, seq: int) -> Iterator[str]:
        """Yield the ids of records that changed after the change `seq` and whose access or redactions may have.

        An index that is complete up to `seq` may show more of them than their readers may see now.
        """
        while page := self._changes(seq, whole=False, kinds=CLOSING)[0]:
            yield from (change.id for change in page)
            seq = page[-1].seq

    def _changes(
        self, seq: int, *, whole: bool, kinds: Sequence[str] = ()
    ) -> tuple[list[ChangeRow], dict[int, list[RedactionRow]], dict[int, set[str]]]:
        with self.store.reading() as connection:
            page = listed.page_of_changes(connection, seq, PAGE, whole=whole, kinds=kinds)
            keys = [change.key for change in page if change.opens >= 0] if whole else []
            return page, permissions.redactions_of(connection, keys), permissions.groups_of(connection, keys)


def _changed(change: ChangeRow, redactions: Sequence[RedactionRow], groups: Iterable[str]) -> Changed:
    if change.json is None:
        return Changed(change.seq, change.id)
    record = INDEXER.redacted(decode(change.json), redactions_in(redactions))
    return Changed(change.seq, change.id, record, Access.of(change.opens, groups))
