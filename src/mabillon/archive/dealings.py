"""What a person, body or place had to do with others over time, as one reader sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.store import dealings as stored
from mabillon.store.dealings import Partner

MOST_PARTNERS = 30


@dataclass(frozen=True, slots=True)
class Dealings:
    """years: relation → year (0: undated) → records. wrote_to: who got what it sent; heard_from: who sent what it got
    as recipient."""

    years: dict[str, dict[int, int]]
    wrote_to: tuple[Partner, ...]
    heard_from: tuple[Partner, ...]


def dealings_of(archive: Archive, authority: str, reader: Reader = PUBLIC) -> Dealings:
    """Return the dealings of an authority; nothing counted where no record that this reader sees names it."""
    condition = reader.condition()
    with archive.store.reading() as connection:
        return Dealings(
            stored.count_years(connection, authority, condition),
            *(
                tuple(stored.count_partners(connection, authority, own, (theirs,), condition, MOST_PARTNERS))
                for own, theirs in (("sender", "recipient"), ("recipient", "sender"))
            ),
        )


def linked_names(archive: Archive, names: Iterable[str], reader: Reader = PUBLIC) -> dict[str, str]:
    """Return those of `names` that mean one authority wherever this reader meets them → its id."""
    with archive.store.reading() as connection:
        return stored.linked_names(connection, names, reader.condition())
