"""What a person, body or place had to do with others over time, as one reader sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.store import dealings as stored
from mabillon.store.counters import last
from mabillon.store.dealings import Partner
from mabillon.store.names import NameRow, judgements_stamp
from mabillon.store.schema import RELATIONS

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


@dataclass(frozen=True, slots=True)
class Identified:
    """Whom names in a record mean: the authority with its heading, the names as they stand. sure: False where it is
    likely and waits for a person to decide; reasons: why, in words."""

    authority: str
    kind: str
    heading: str
    names: tuple[str, ...]
    sure: bool
    reasons: tuple[str, ...]


def identified(archive: Archive, record: str, reader: Reader = PUBLIC) -> list[Identified]:
    """Return whom the names in a record mean, as far as is known, in the order of the record: what is sure first."""
    register = archive.judged().register
    found: dict[tuple[bool, str], list[NameRow]] = {}
    rows = sorted(archive.names(record, reader), key=lambda row: (RELATIONS.index(row.relation), row.ordinal))
    for row in rows:
        if row.authority:
            found.setdefault((row.state != "suggested", row.authority), []).append(row)
    shown = []
    for (sure, id), its in sorted(found.items(), key=lambda item: not item[0][0]):
        known = register.get(id)
        if known is not None and (sure or (True, id) not in found):
            names = tuple(dict.fromkeys(row.name for row in its))
            reasons = tuple(dict.fromkeys(reason for row in its for reason in row.reasons))
            shown.append(Identified(id, known.kind, known.heading, names, sure, reasons))
    return shown


def naming_stamp(archive: Archive) -> tuple[int, ...]:
    """Return what changes whenever names may mean somebody else: how far they are linked, what persons decided."""
    with archive.store.reading() as connection:
        return last(connection, "linked"), *judgements_stamp(connection)


def linked_names(archive: Archive, names: Iterable[str], reader: Reader = PUBLIC) -> dict[str, str]:
    """Return those of `names` that mean one authority wherever this reader meets them → its id."""
    with archive.store.reading() as connection:
        return stored.linked_names(connection, names, reader.condition())
