"""Whom a name that somebody asks for means, and how the records name him: by the authority, in any spelling."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from mabillon.archive.access import Reader
from mabillon.archive.judging import Judged
from mabillon.archive.spelling import spellings_of
from mabillon.authority.identify import SUGGESTED, Named
from mabillon.authority.index import plain
from mabillon.authority.offices import Held, offices_of
from mabillon.authority.records import Authority
from mabillon.store.knew import Persons, occurs
from mabillon.store.knowledge import NAMED_ONLY

_POSSIBLE, _MOST_FORMS, _MOST_CHOICES = 0.5, 60, 8


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is asked for.

    name: as it was asked; heading: as it is shown; authority: its id, None where the name is all that is known
    reasons: why this one is meant; sure: whether that is certain
    offices: held at the time asked for; others: (id, heading) of whom else, as records name them, it may mean
    """

    name: str
    heading: str
    authority: str | None
    persons: Persons
    reasons: tuple[str, ...] = ()
    sure: bool = True
    offices: tuple[Held, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


def whom(connection: Connection, judged: Judged, name: str, date: str | None, reader: Reader) -> Whom:
    """Return whom `name` (a name in any spelling, an office, or the id of an authority) means at a date (EDTF)."""
    name = " ".join(name.split())
    known = judged.register.get(name)
    if known is not None:
        return _known(connection, reader, name, known, (), True, date, ())
    found = judged.identifier.identify(Named(name, "", date))
    candidates = [
        (id, score, reasons)
        for kind in ("person", "org")
        for id, score, reasons in judged.register.candidates(name, kind, date)
        if score >= _POSSIBLE
    ]
    met = occurs(connection, [id for id, _, _ in candidates[:_MOST_CHOICES]], reader.condition())
    authority = judged.register.get(found.authority) if found is not None else None
    if authority is None and len(met) == 1:
        authority = judged.register.get(next(iter(met)))
    if authority is None:
        forms = _met(connection, [name, *spellings_of(name)], reader)
        return Whom(name, name, None, Persons(forms), others=_named(judged, met, None))
    sure = found is not None and found.authority == authority.id and found.state != SUGGESTED
    reasons = (
        found.reasons if found is not None and found.authority == authority.id else _reasons(candidates, authority)
    )
    others = _named(judged, met, authority.id)
    return _known(connection, reader, name, authority, reasons, sure, date, others)


def _known(
    connection: Connection, reader: Reader, name: str, authority: Authority, reasons: tuple[str, ...], sure: bool,
    date: str | None, others: tuple[tuple[str, str], ...],
) -> Whom:  # fmt: skip
    forms = _met(connection, [form.text for form in authority.forms], reader)
    held = tuple(offices_of(authority.id, date)) if date else ()
    return Whom(name, authority.heading, authority.id, Persons((authority.id,), forms), reasons, sure, held, others)


def _reasons(candidates: list[tuple[str, float, tuple[str, ...]]], authority: Authority) -> tuple[str, ...]:
    return next((reasons for id, _, reasons in candidates if id == authority.id), ())


def _named(judged: Judged, ids: set[str], but: str | None) -> tuple[tuple[str, str], ...]:
    known = [judged.register.get(id) for id in sorted(ids - {but})]
    return tuple((one.id, one.heading) for one in known if one is not None)


def _met(connection: Connection, names: list[str], reader: Reader) -> tuple[str, ...]:
    """Return the names, as claims have them where no authority is known for them, that this reader may meet."""
    forms = dict.fromkeys(NAMED_ONLY + plain(name) for name in names[:_MOST_FORMS] if plain(name))
    met = occurs(connection, list(forms), reader.condition())
    return tuple(form for form in forms if form in met)
