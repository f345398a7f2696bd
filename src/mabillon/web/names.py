"""What is known of a name: its authority, its forms, and what a search says was sent, received and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from mabillon.authority.covers import known_covers
from mabillon.authority.records import Authority
from mabillon.authority.register import Register
from mabillon.web.anatomy import query
from mabillon.web.holdings import Entry, Found, Holdings, Tally
from mabillon.web.language import Language
from mabillon.web.moments import show_moment

ROLES = {
    "person": ("from", "to", "signed", "copy", "about"),
    "org": ("from", "to", "copy", "about"),
    "place": ("place", "about"),
}
"""Fields in which a name of this kind is counted, in the order shown."""

KINDS = {"person": "people", "org": "organizations", "place": "places"}
"""Kind of an authority → the address of its list."""
SHOWN = 5
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Form:
    """A form of name; `start` and `end` (EDTF) where the time of its use is known; `cover` tells a cover name."""

    text: str
    start: str | None = None
    end: str | None = None
    cover: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What a name was in: the search, its total, the first records, and the tallies of its years."""

    name: str
    words: str
    total: int
    entries: Sequence[Entry]
    years: Sequence[Tally]


@dataclass(frozen=True, slots=True)
class NamePage:
    """`partners` are those written to and heard from, with how often."""

    name: str
    kind: str
    authority: str | None
    born: str | None
    died: str | None
    forms: Sequence[Form]
    identifiers: Sequence[tuple[str, str]]
    at: tuple[float, float] | None
    roles: Sequence[Role]
    partners: Sequence[tuple[str, Sequence[Tally]]]

    @property
    def total(self) -> int:
        return sum(role.total for role in self.roles)


def address(id: str, kind: str) -> str:
    """Return the address of an authority's page."""
    return f"/{KINDS.get(kind, 'people')}/{quote(id, safe=':')}"


def authority_of(register: Register, name: str, kind: str) -> Authority | None:
    """Return the one authority that `name` surely means, None where it may mean several or none."""
    found = register.candidates(name, kind)
    sure = [id for id, score, _ in found if score >= _SURE]
    return register.get(sure[0]) if len(sure) == 1 else None


def ask_name(name: str, kind: str, holdings: Holdings, register: Register) -> NamePage:
    """Return what is known and held of a name. Raises ArchiveError where there is no index to search."""
    authority = authority_of(register, name, kind)
    answers = {role: _ask(role, name, holdings) for role in ROLES[kind]}
    return NamePage(
        name=name,
        kind=kind,
        authority=authority.id if authority else None,
        born=authority.born if authority else None,
        died=authority.died if authority else None,
        forms=_forms(authority, name),
        identifiers=authority.identifiers if authority else (),
        at=authority.at if authority else None,
        roles=[_role(role, name, found) for role, found in answers.items() if found.total],
        partners=_partners(answers),
    )


def _ask(role: str, name: str, holdings: Holdings) -> Found:
    return holdings.search(query(role, name), "date", SHOWN)


def _role(role: str, name: str, found: Found) -> Role:
    years = sorted(found.facets.get("year", ()), key=lambda tally: tally.value)
    return Role(role, query(role, name), found.total, found.entries, years)


def _partners(answers: dict[str, Found]) -> list[tuple[str, Sequence[Tally]]]:
    pairs = (("wrote-to", "from", "recipient"), ("heard-from", "to", "sender"))
    listed = [(name, answers[role].facets.get(facet, ())[:20]) for name, role, facet in pairs if role in answers]
    return [(name, tallies) for name, tallies in listed if tallies]


def _forms(authority: Authority | None, name: str) -> list[Form]:
    if authority is None:
        return []
    forms = [Form(form.text, form.start, form.end, note=form.note) for form in authority.forms]
    covers = [
        Form(cover.name, cover.start, cover.end, True, cover.source)
        for cover in known_covers()
        if cover.person == authority.id
    ]
    return [form for form in (*forms, *covers) if form.text != name or form.cover]


def span_of(start: str | None, end: str | None, language: Language) -> str:
    """Return a span of time in words, "" where neither end is known."""
    if not (start or end):
        return ""
    return " – ".join(show_moment(edge, language) if edge else "" for edge in (start, end)).strip()
