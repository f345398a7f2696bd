"""The index follows the archive: whatever changed since it was last brought up, and nothing else.

The index is a cache. Who may find a record is written into it as tokens, and asked for by the same tokens.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import chain

from mabillon.archive.access import Access, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.layout import INDEX_LOCK
from mabillon.archive.lock import only_one
from mabillon.archive.views import Changed
from mabillon.search import Entry, Index, IndexDamaged, IndexMissing, damaged_files
from mabillon.search.index import IndexBusy, current, new_generation, put_in_place

PUBLIC_TOKEN, GROUP, OPENS = "public", "group:", "opens:"
COMMIT_RECORDS = 20_000
"""Records between two commits while catching up: what a crash costs at most, and has to be done again."""

LOOK_RECORDS = 100
"""Records between two looks for what a person has done meanwhile: that goes first."""

BUILDING, SUSPECT = "building", "SUSPECT"
REBUILD_SECONDS = 3600.0
"""How long one waits for another process to make the index anew, rather than doing it once more."""

Tell = Callable[[int], None]
"""Told how many records have been indexed."""

Stop = Callable[[], bool]
"""Asked after each record whether to leave off."""


def tokens(access: Access) -> frozenset[str]:
    """Return the tokens of a record with this access: a reader who holds one of them finds it."""
    if access.kind == "public":
        return frozenset({PUBLIC_TOKEN})
    day = {f"{OPENS}{access.opens:08}"} if access.until is not None else set()
    return frozenset({*day, *(GROUP + name for name in access.groups)} or {"nobody"})


def visible(reader: Reader) -> Callable[[frozenset[str]], bool] | None:
    """Return what the search asks for this reader: whether he finds a record with these tokens; None for all."""
    if reader.everything:
        return None
    held = {PUBLIC_TOKEN, *(GROUP + name for name in reader.groups)}
    today = f"{OPENS}{reader.day:08}"
    return lambda borne: not held.isdisjoint(borne) or any(t.startswith(OPENS) and t <= today for t in borne)


def follow(archive: Archive, index: Index, tell: Tell = lambda count: None, stop: Stop = lambda: False) -> int:
    """Bring `index` up to the archive's newest change and return how many records were put in or taken out.

    Changes come in their order, but for those that a person makes meanwhile: these are found within a second or so,
    however many records an ingest has brought. Raises IndexBusy if another process is doing so: then nothing is left
    to do here.
    """
    seq, count, waiting = index.state.seq, 0, 0
    fresh = seq == 0 and len(index) == 0
    changes = archive.changed_records(seq)
    first = next(changes, None)
    if first is None:
        return 0
    hands = _Hands(archive, index, seq)
    for change in chain([first], changes):
        if not fresh and count % LOOK_RECORDS == 0 and hands.take():
            index.commit(seq)
            waiting = 0
        if not hands.knows_better(change):
            _take(index, change, fresh)
        seq, count, waiting = change.seq, count + 1, waiting + 1
        if waiting >= COMMIT_RECORDS:
            index.commit(seq)
            waiting = 0
        tell(count)
        if stop():
            break
    index.commit(seq)
    return count


class _Hands:
    """What persons change while the index is brought up."""

    def __init__(self, archive: Archive, index: Index, seq: int) -> None:
        self.archive, self.index, self.seq = archive, index, seq
        self.taken: dict[str, int] = {}

    def take(self) -> int:
        """Take in what is new of it, and return how many records that were."""
        newest, count = self.archive.newest(), 0
        for change in self.archive.changed_by_hand(self.seq):
            _take(self.index, change, False)
            self.taken[change.id] = change.seq
            count += 1
        self.seq = newest
        return count

    def knows_better(self, change: Changed) -> bool:
        """Tell whether a change that comes in its turn is older than what was taken of its record."""
        return self.taken.get(change.id, 0) > change.seq


def _take(index: Index, change: Changed, fresh: bool) -> None:
    if change.record is None or change.access is None:
        index.delete([change.id])
    else:
        index.add([Entry(change.record, tokens(change.access))], new=fresh)


def open_index(archive: Archive, tell: Tell = lambda count: None) -> Index:
    """Return the archive's index, brought up to its newest change; made anew where it is missing or damaged."""
    index = _sound(archive)
    if index is None:
        rebuild(archive, tell, unless_sound=True)
        index = Index.open(archive.index)
    try:
        follow(archive, index, tell)
    except IndexBusy:
        pass  # whoever is writing brings it up
    finally:
        index.close()
    return index


def suspect(archive: Archive) -> None:
    """Note that a search met with damage, so that whoever brings the index up next looks at every file of it."""
    with suppress(OSError):
        (archive.index / SUSPECT).touch()


def is_suspect(archive: Archive) -> bool:
    return (archive.index / SUSPECT).exists()


def _sound(archive: Archive) -> Index | None:
    """Return the archive's index; None if there is none, or none that can be read."""
    try:
        if is_suspect(archive) and any(damaged_files(archive.index)):
            return None
        return Index.open(archive.index)
    except (IndexMissing, IndexDamaged):
        return None


def rebuild(
    archive: Archive, tell: Tell = lambda count: None, stop: Stop = lambda: False, *, unless_sound: bool = False
) -> int:
    """Make the index anew beside the one in use, put it in its place in one step, and return how many records it has.

    Searches go on with the old one until then. Where another process does the same just now it is waited for;
    with `unless_sound` an index that is sound by then is left as it is.
    """
    with only_one(archive.path / INDEX_LOCK, REBUILD_SECONDS, "making the index anew"):
        sound = _sound(archive) if unless_sound else None
        if sound is not None:
            (archive.index / SUSPECT).unlink(missing_ok=True)
            return len(sound)
        return _rebuild(archive, tell, stop)


def _rebuild(archive: Archive, tell: Tell, stop: Stop) -> int:
    building = archive.index / BUILDING
    shutil.rmtree(building, ignore_errors=True)
    with Index.open(building, create=True) as index:
        count = follow(archive, index, tell, stop)
    if stop():
        return count
    generation = new_generation(archive.index)
    shutil.rmtree(generation)
    os.rename(building / current(building), generation)
    put_in_place(archive.index, generation)
    (archive.index / SUSPECT).unlink(missing_ok=True)
    shutil.rmtree(building, ignore_errors=True)
    return count
