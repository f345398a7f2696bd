"""Whom a name in a document surely means: the register's candidates, weighed with date, context and office.

Nothing is guessed. A name that several may bear stays open, unless the office that the document gives it was held by
one of them on that day. What is likely and not sure is a suggestion, for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mabillon.authority.names import parse
from mabillon.authority.offices import holder, offices_of
from mabillon.authority.register import Candidate, Register
from mabillon.authority.score import SAME
from mabillon.authority.words import is_common

STATED, DECIDED, LINKED, SUGGESTED = "stated", "decided", "linked", "suggested"
STATES = (STATED, DECIDED, LINKED, SUGGESTED)
"""The edition names the authority; a person decided; the register is sure; it is likely."""

SURE, APART = 0.9, 0.1
"""The score from which a name is linked, and how far the next best must stay behind."""

_LONGEST = 120
_MOST_KEPT = 100_000
_OFFICE_SCORE, _POSSIBLE = 0.95, 0.45
_COVER, _ALONE = "cover name ", "one without given names"
_NAME = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a document has it. kind: person, place or org, "" where it may be a person or a body; date: EDTF;
    context: words around it; role, place: the office that the document gives it; stated: the authority that the
    edition gives it; record: where it stands."""

    name: str
    kind: str = ""
    date: str | None = None
    context: tuple[str, ...] = ()
    role: str | None = None
    place: str | None = None
    stated: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Identification:
    """state: one of STATES; certainty: 0 to 1, of the identification and not of the reading; reasons: for a person."""

    authority: str
    kind: str
    state: str
    certainty: float
    reasons: tuple[str, ...]


@dataclass
class Identifier:
    """Identifies names against one register, and remembers what it found: names recur."""

    register: Register
    _undated: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)
    _dated: dict[tuple[str, str, str | None], list[Candidate]] = field(default_factory=dict)

    def identify(self, named: Named) -> Identification | None:
        """Return whom `named` surely or likely means, None if it is open. Never raises for what a document says."""
        if named.stated:
            return Identification(named.stated, named.kind or "person", STATED, 1.0, ("the edition says so",))
        name = " ".join(named.name.split())
        if len(name) > _LONGEST or not _NAME.search(name):
            return None
        for kind in (named.kind,) if named.kind else ("person", "org"):
            found = self._best(name, kind, named)
            if found is not None:
                return found
        return _holder_of(name, named) if named.kind != "place" else None

    def _best(self, name: str, kind: str, named: Named) -> Identification | None:
        found = self._candidates(name, kind, named)
        if not found:
            return None
        best, score, reasons = found[0]
        if self.register.decided(name, best, named.record):
            return Identification(best, kind, DECIDED, score, reasons)
        held = _held_by(found, named) if kind == "person" else None
        if held is not None:
            return held
        if kind == "place":
            score = self._ever(name, kind, best, score)
        if score < SAME or (len(found) > 1 and found[1][1] > score - APART) or _is_acronym(name, reasons):
            return None
        sure = score >= SURE and not (kind == "person" and _is_bare(name, best, reasons, named.date))
        return Identification(best, kind, LINKED if sure else SUGGESTED, score, reasons)

    def _ever(self, name: str, kind: str, best: str, score: float) -> float:
        """Return the score of a place whose name was out of use: it is no other place for that."""
        ever = {id: points for id, points, _ in self._undated.get((name, kind), ())}
        return max(score, min(SURE, ever.get(best, score)))

    def _candidates(self, name: str, kind: str, named: Named) -> list[Candidate]:
        """Return the candidates, each question put to the register once. Context matters to cover names only, a record
        to names that were judged."""
        if self.register.is_judged(name):
            return self._ask(name, kind, named)
        if (name, kind) not in self._undated:
            _make_room(self._undated)
            self._undated[name, kind] = self.register.candidates(name, kind)
        undated = self._undated[name, kind]
        if not undated:
            return []
        if any(reason.startswith(_COVER) for _, _, reasons in undated for reason in reasons[:1]):
            return self._ask(name, kind, named)
        key = name, kind, named.date
        if key not in self._dated:
            _make_room(self._dated)
            self._dated[key] = self._ask(name, kind, named)
        return self._dated[key]

    def _ask(self, name: str, kind: str, named: Named) -> list[Candidate]:
        try:
            return self.register.candidates(name, kind, named.date, named.record, named.context)
        except ValueError:  # a date that is none
            return self.register.candidates(name, kind, None, named.record, named.context)


def _is_acronym(name: str, reasons: tuple[str, ...]) -> bool:
    """Return whether `name` is an office's sign (`CCO`) that only looks like somebody's initials."""
    return name.isupper() and name.isascii() and len(name) < 6 and not reasons[0].startswith("written like")


def _is_bare(name: str, person: str, reasons: tuple[str, ...], date: str | None) -> bool:
    """Return whether `name` is a family name alone that says too little: many bear it, or the register knows its bearer
    by fuller names only and none of his offices at that time. Cover names are no family names."""
    words = parse(name).words
    if len(words) != 1 or reasons[0].startswith(_COVER):
        return False
    return is_common(words[0].text) or (_ALONE in reasons and not _in_office(person, date))


def _in_office(person: str, date: str | None) -> bool:
    try:
        return date is not None and any(held.certain for held in offices_of(person, date))
    except ValueError:
        return False


def _make_room(kept: dict[Any, list[Candidate]]) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()


def _held_by(found: Iterable[Candidate], named: Named) -> Identification | None:
    """Return the one candidate who surely held the office that the document gives the name."""
    if not named.role:
        return None
    holders = _holders(named.role, named.place, named.date)
    fitting = [one for one in found if one[0] in holders and one[1] >= _POSSIBLE]
    if len(fitting) != 1:
        return None
    authority, score, reasons = fitting[0]
    said = f"{named.role} on {named.date}"
    return Identification(authority, "person", LINKED, max(score, _OFFICE_SCORE), (said, *reasons))


def _holder_of(office: str, named: Named) -> Identification | None:
    """Return who held an office that stands in place of a name: a suggestion, since the paper names the office only."""
    holders = _holders(office, named.place, named.date)
    if len(holders) != 1:
        return None
    said = f"{office} on {named.date}"
    return Identification(holders.pop(), "person", SUGGESTED, SAME, (said, "named by the office only"))


def _holders(office: str, place: str | None, date: str | None) -> set[str]:
    if not date:
        return set()
    try:
        return {held.tenure.person for held in holder(office, place, date) if held.certain}
    except ValueError:
        return set()
