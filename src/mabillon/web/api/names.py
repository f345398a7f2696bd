"""People, organizations and places: who is named, and what is known and held of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from msgspec import Meta

from mabillon.archive import tallies as archive_tallies
from mabillon.authority.dossier import Dossier, Known, dossier
from mabillon.authority.register import standard
from mabillon.search.facets import narrow
from mabillon.web.anatomy import query
from mabillon.web.api.answers import Refusal
from mabillon.web.api.desk import Desk
from mabillon.web.api.shapes import BASE, Candidate, Form, Limit, Name, Named, Names, Role, Tally

NO_NAME = "No document that is open to you bears this name, and nothing else is known of it."
LISTS = {"person": "people", "org": "organizations", "place": "places"}
"""Kind → the address of its list."""
ROLES = {
    "person": ("from", "to", "signed", "copy", "about"),
    "org": ("from", "to", "about"),
    "place": ("place", "about"),
}
_PARTNERS = {"from": "recipient", "to": "sender"}
_MOST_PARTNERS = 20


class AskNames(msgspec.Struct, forbid_unknown_fields=True):
    after: Annotated[str, Meta(max_length=500, description="`next` of the page before: the name it ended with.")] = ""
    limit: Limit = 50


class AskName(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=300, description="A name, in any spelling.")]


def lister(kind: str) -> Callable[[Desk, AskNames], Names]:
    """Return what lists the names of a kind."""

    def list_names(desk: Desk, asked: AskNames) -> Names:
        page = archive_tallies.names(desk.archive, kind, desk.reader, asked.after or None, asked.limit + 1)
        shown = page[: asked.limit]
        named = [Named(name, count, f"{BASE}/{LISTS[kind]}/{quote(name, safe='')}") for name, count in shown]
        return Names(named, shown[-1][0] if len(page) > len(shown) else None)

    return list_names


def teller(kind: str) -> Callable[[Desk, AskName], Name]:
    """Return what tells of one name of a kind."""

    def get_name(desk: Desk, asked: AskName) -> Name:
        name = " ".join(asked.name.split())
        known = _known(name, kind)
        roles = [role for field in ROLES[kind] if name and (role := _role(desk, field, name)).total]
        if not roles and not (known and known.candidates):
            raise Refusal(404, NO_NAME)
        return Name(
            name=name, kind=kind, spellings=list(known.spellings) if known else [],
            candidates=[_candidate(one) for one in known.candidates] if known else [], roles=roles,
        )  # fmt: skip

    return get_name


def _known(name: str, kind: str) -> Dossier | None:
    try:
        return dossier(name, standard(), (kind,))
    except ValueError:  # no letter in it: nobody is called so
        return None


def _role(desk: Desk, field: str, name: str) -> Role:
    asked = query(field, name)
    partner = _PARTNERS.get(field)
    results, _ = desk.search(asked, "date", 1, facets=("year", *((partner,) if partner else ())))
    pairs = results.facets.get(partner, [])[:_MOST_PARTNERS] if partner else []
    return Role(
        role=field, query=asked, total=results.total, years=dict(sorted(results.facets.get("year", []))),
        partners=[Tally(value, count, narrow(asked, partner, value)) for value, count in pairs if partner],
    )  # fmt: skip


def _candidate(known: Known) -> Candidate:
    one = known.authority
    return Candidate(
        authority=one.id, kind=one.kind, heading=one.heading, score=known.score, reasons=list(known.reasons),
        born=one.born, died=one.died, forms=[_form(form) for form in one.forms],
        covers=[Form(cover.name, cover.start, cover.end, cover.source) for cover in known.covers],
        identifiers=dict(one.identifiers), at=one.at,
    )  # fmt: skip


def _form(form: Any) -> Form:
    return Form(form.text, form.start, form.end, form.note)
