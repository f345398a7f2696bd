"""People, bodies and places as the archive names them: what they sent, received, signed, and where they are named."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from mabillon.archive.access import Reader
from mabillon.authority.covers import CoverName
from mabillon.authority.names import fold
from mabillon.authority.offices import Held, offices_of
from mabillon.authority.records import Authority
from mabillon.authority.register import Register
from mabillon.store import names as stored_names
from mabillon.store.entries import Entry, entries_naming
from mabillon.store.names import Count
from mabillon.store.schema import RELATIONS


@dataclass(frozen=True, slots=True)
class Documents:
    """Records that name an authority in one relation: how many this reader sees, and the first of them by date."""

    relation: str
    total: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class AuthorityView:
    """An authority with what this reader may see of it in the archive.

    known: the register's entry, None where only the records' own edition names it
    spelt: how records call it, with how many do
    covers, offices: what the register knows; documents: by relation, in the order of RELATIONS
    """

    id: str
    kind: str
    heading: str
    known: Authority | None
    records: int
    spelt: tuple[tuple[str, int], ...] = ()
    covers: tuple[CoverName, ...] = ()
    offices: tuple[Held, ...] = ()
    documents: tuple[Documents, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """An authority in a list: `records` counts those that this reader sees, `by_relation` the same in each relation."""

    id: str
    kind: str
    heading: str
    records: int
    by_relation: dict[str, int]


def authority_view(
    connection: Connection, register: Register, id: str, reader: Reader, limit: int
) -> AuthorityView | None:
    """Return an authority as `reader` sees it; None if neither the register nor a record that he sees has it."""
    condition = reader.condition()
    known = register.get(id)
    counted = stored_names.count_authorities(connection, condition, stored_names.sure_of(id))
    if known is None and not counted:
        return None
    count = counted[0] if counted else Count(id, known.kind if known else "", "", 0, {})
    documents = tuple(
        Documents(how, count.by_relation[how], _first(connection, id, how, reader, limit))
        for how in RELATIONS
        if how in count.by_relation
    )
    return AuthorityView(
        id, known.kind if known else count.kind, known.heading if known else count.name, known, count.records,
        tuple(stored_names.spelt_for(connection, id, condition)), register.covers_of(id), tuple(offices_of(id)),
        documents,
    )  # fmt: skip


def _first(connection: Connection, id: str, relation: str, reader: Reader, limit: int) -> tuple[Entry, ...]:
    page = entries_naming(connection, id, relation, reader.condition(), None, limit)
    return tuple(entry for _, entry in page)


def list_authorities(
    connection: Connection, register: Register, kind: str | None, prefix: str, reader: Reader
) -> list[AuthorityEntry]:
    """Return the authorities that records which `reader` sees name for sure, by their headings.

    kind: person, org or place, None for all; prefix: of the heading or any other form, accents and case aside.
    """
    wanted = fold(prefix)
    found = []
    for count in stored_names.count_authorities(connection, reader.condition()):
        known = register.get(count.authority)
        of = known.kind if known else count.kind
        forms = [form.text for form in known.forms] if known else [count.name]
        if kind in (None, of) and any(fold(form).startswith(wanted) for form in forms):
            heading = known.heading if known else count.name
            found.append(AuthorityEntry(count.authority, of, heading, count.records, count.by_relation))
    return sorted(found, key=lambda entry: (fold(entry.heading), entry.id))
