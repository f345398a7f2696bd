"""Offices held for a time: who was Foreign Minister on that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from typing import Any

from mabillon.authority.names import fold
from mabillon.authority.records import AuthorityError, edtf, known_persons, read_yaml
from mabillon.dates.edtf import bounds


@dataclass(frozen=True, slots=True)
class Tenure:
    """office: `ambassador`, `foreign minister` …; state: whose office; place: where an envoy is accredited, "" for an
    office at home; person: authority id; start, end: EDTF, None while open; source: a short reference."""

    office: str
    state: str
    place: str
    person: str
    start: str | None
    end: str | None
    titles: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Held:
    """A tenure that covers the day asked about: `certain` if it does whatever day its dates mean."""

    tenure: Tenure
    certain: bool


def tenures_of(content: Any, where: str) -> tuple[Tenure, ...]:
    """Return the tenures of a table in the form of vocabulary/offices.yaml. Raises AuthorityError naming the entry."""
    found = []
    for row in content["offices"]:
        try:
            place, titles = str(row.get("place", "")), tuple(map(str, row.get("names", [])))
            source = str(content["sources"].get(row["source"], row["source"]))
            for person, start, end in row["held"]:
                at = f"{where}: {row['office']} of {row['state']}: {person}"
                name = person if ":" in person else f"person:{person}"
                found.append(
                    Tenure(row["office"], row["state"], place, name, edtf(start, at), edtf(end, at), titles, source)
                )
        except (KeyError, TypeError, ValueError) as error:
            raise AuthorityError(f"{where}: {row!r}: {error!r}") from error
    return tuple(found)


@cache
def known_tenures() -> tuple[Tenure, ...]:
    return tenures_of(read_yaml("offices.yaml"), "offices.yaml")


@cache
def _states() -> dict[str, tuple[str, ...]]:
    """Return any name of a state, of its capital included → the states' codes."""
    found: dict[str, tuple[str, ...]] = {}
    for code, names in read_yaml("states.yaml").items():
        for name in (code, *names):
            found[fold(str(name))] = (*found.get(fold(str(name)), ()), code)
    return found


def state_codes(name: str) -> tuple[str, ...]:
    """Return the codes of the states that `name` (of the state, its people or its capital) may mean; () if none."""
    return _states().get(fold(name), ())


@cache
def _titles() -> dict[str, frozenset[tuple[str, str, str]]]:
    found: dict[str, set[tuple[str, str, str]]] = {}
    for tenure in known_tenures():
        for title in (tenure.office, *tenure.titles):
            found.setdefault(fold(title), set()).add((tenure.office, tenure.state, tenure.place))
    return {title: frozenset(posts) for title, posts in found.items()}


@lru_cache(maxsize=10_000)
def _posts(office: str, place: str | None, state: str | None) -> frozenset[tuple[str, str, str]]:
    """Return the posts (office, state, place) that these words may mean."""
    whose = (*state_codes(state), state) if state is not None else None
    where = (*state_codes(place), place) if place is not None else None
    return frozenset(
        post
        for post in _titles().get(fold(office), ())
        if (whose is None or post[1] in whose) and (where is None or (post[2] or post[1]) in where)
    )


@cache
def _known_at(post: tuple[str, str, str]) -> tuple[int, ...]:
    """Return where the known tenures of a post stand in their table."""
    return tuple(n for n, it in enumerate(known_tenures()) if (it.office, it.state, it.place) == post)


def _tenures_at(office: str, place: str | None, state: str | None, tenures: Iterable[Tenure] | None) -> list[Tenure]:
    """Return the tenures (the known ones, if None) of the posts that these words may mean."""
    posts = _posts(office, place, state)
    if tenures is not None:
        return [tenure for tenure in tenures if (tenure.office, tenure.state, tenure.place) in posts]
    return [known_tenures()[n] for n in sorted(n for post in posts for n in _known_at(post))]


def _covers(tenure: Tenure, date: str) -> bool | None:
    """Return True if the tenure surely covers all of `date`, False if it may, None if it cannot."""
    first, last = bounds(date)
    start = bounds(tenure.start) if tenure.start else None
    end = bounds(tenure.end) if tenure.end else None
    if (start and start[0] > last) or (end and end[1] < first):
        return None
    begun = start is None or start[1].date() <= last.date()
    return begun and (end is None or end[0].date() >= last.date())


def holder(
    office: str, place: str | None, date: str, state: str | None = None, tenures: Iterable[Tenure] | None = None
) -> list[Held]:
    """Return who held an office on a day, those who surely did first.

    office: a kind of office or a title (`Secretary of State`, `Ambassador in Korea`); place: where an envoy is
    accredited, or the state of an office at home, by its name, its people's or its capital's; state: whose envoy;
    date: EDTF. Raises ValueError for a bad date.
    """
    bounds(date)
    found = []
    for tenure in _tenures_at(office, place, state, tenures):
        certain = _covers(tenure, date)
        if certain is not None:
            found.append(Held(tenure, certain))
    return sorted(found, key=lambda held: (not held.certain, held.tenure.state, held.tenure.start or ""))


def offices_of(person: str, date: str | None = None, tenures: Iterable[Tenure] | None = None) -> list[Held]:
    """Return the offices that a person (authority id) held on a day, or ever. Raises ValueError for a bad date."""
    found = []
    for tenure in known_tenures() if tenures is None else tenures:
        if tenure.person != person:
            continue
        certain = True if date is None else _covers(tenure, date)
        if certain is not None:
            found.append(Held(tenure, certain))
    return found


@dataclass(frozen=True, slots=True)
class Misheld:
    """`own`: when a person held an office, none of it on the day asked about; `holder`: who surely held it then."""

    own: tuple[Tenure, ...]
    holder: Tenure


def misheld(
    person: str, office: str, place: str | None, date: str, tenures: Iterable[Tenure] | None = None
) -> Misheld | None:
    """Return that a person (authority id) did not hold an office on a day that he held before or after it.

    None where the person may have held it, never held it as far as is known, or nobody else is known to have: the
    tables are not complete. Within HANDING_OVER days of a tenure nothing is said. Raises ValueError for a bad date.
    """
    where = place if place and state_codes(place) else None
    known = [tenure for tenure in _tenures_at(office, where, None, tenures) if _is_told(tenure, office, where)]
    own = [tenure for tenure in known if tenure.person == person]
    if not own or any(_near(tenure, date) for tenure in own):
        return None
    posts = {(tenure.office, tenure.state, tenure.place) for tenure in own}
    others = [tenure for tenure in known if tenure.person != person and _covers(tenure, date)]
    same = [tenure for tenure in others if (tenure.office, tenure.state, tenure.place) in posts]
    return Misheld(tuple(own), same[0]) if len(same) == 1 else None


def _is_told(tenure: Tenure, office: str, place: str | None) -> bool:
    """Return whether the words tell this post from others: an ambassador is one somewhere."""
    return not tenure.place or place is not None or fold(office) in map(fold, tenure.titles)


HANDING_OVER = 45
"""Days before and after a tenure in which the title is given all the same."""


def _near(tenure: Tenure, date: str) -> bool:
    """Return whether any day of `date` can lie in the tenure or close to it."""
    first, last = bounds(date)
    slack = timedelta(days=HANDING_OVER)
    begun = tenure.start is None or bounds(tenure.start)[0] - slack <= last
    return begun and (tenure.end is None or bounds(tenure.end)[1] + slack >= first)


def check_vocabulary() -> list[str]:
    """Return what is wrong with the vocabulary: unknown persons, tenures that end before they begin or outlive their
    holder. A test wants none."""
    people = {person.id: person for person in known_persons()}
    faults = []
    for tenure in known_tenures():
        person = people.get(tenure.person)
        if person is None:
            faults.append(f"{tenure.person}: not in persons.yaml")
            continue
        if tenure.start and tenure.end and bounds(tenure.start)[0] > bounds(tenure.end)[1]:
            faults.append(f"{tenure.person}: {tenure.start} is after {tenure.end}")
        if person.died and tenure.end and bounds(tenure.end)[0] > bounds(person.died)[1]:
            faults.append(f"{tenure.person}: in office until {tenure.end}, died {person.died}")
    return faults
