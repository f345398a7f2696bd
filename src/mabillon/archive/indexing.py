"""The index follows the archive: whatever changed since it was last brought up, and nothing else.

The index is a cache. Who may find a record is written into it as tokens, and asked for by the same tokens.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import chain

from mabillon.archive.access import Access, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.views import Changed
from mabillon.search import Entry, Index, IndexDamaged, IndexMissing
from mabillon.search.index import IndexBusy, current, new_generation, put_in_place

PUBLIC_TOKEN, GROUP, OPENS = "public", "group:", "opens:"
COMMIT_RECORDS = 20_000
"""Records between two commits while catching up: what a crash costs at most, and has to be done again."""

BUILDING = "building"

Tell = Callable[[int], None]
"""Told how many records have been indexed."""


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


def follow(archive: Archive, index: Index, tell: Tell = lambda count: None) -> int:
    """Bring `index` up to the archive's newest change and return how many records were put in or taken out.

    Raises IndexBusy if another process is doing so: then nothing is left to do here.
    """
    seq, count, waiting = index.state.seq, 0, 0
    fresh = seq == 0 and len(index) == 0
    changes = archive.changed_records(seq)
    first = next(changes, None)
    if first is None:
        return 0
    for change in chain([first], changes):
        _take(index, change, fresh)
        seq, count, waiting = change.seq, count + 1, waiting + 1
        if waiting >= COMMIT_RECORDS:
            index.commit(seq)
            waiting = 0
        tell(count)
    index.commit(seq)
    return count


def _take(index: Index, change: Changed, fresh: bool) -> None:
    if change.record is None or change.access is None:
        index.delete([change.id])
    else:
        index.add([Entry(change.record, tokens(change.access))], new=fresh)


def open_index(archive: Archive, tell: Tell = lambda count: None) -> Index:
    """Return the archive's index, brought up to its newest change; made anew where it is missing or damaged."""
    try:
        index = Index.open(archive.index)
    except (IndexMissing, IndexDamaged):
        rebuild(archive, tell)
        index = Index.open(archive.index)
    try:
        follow(archive, index, tell)
    except IndexBusy:
        pass  # whoever is writing brings it up
    finally:
        index.close()
    return index


def rebuild(archive: Archive, tell: Tell = lambda count: None) -> int:
    """Make the index anew beside the one in use, put it in its place in one step, and return how many records it has.

    Searches go on with the old one until then.
    """
    building = archive.index / BUILDING
    shutil.rmtree(building, ignore_errors=True)
    with Index.open(building, create=True) as index:
        count = follow(archive, index, tell)
    generation = new_generation(archive.index)
    shutil.rmtree(generation)
    os.rename(building / current(building), generation)
    put_in_place(archive.index, generation)
    shutil.rmtree(building, ignore_errors=True)
    return count
