"""Findings about persons: who writes after his death, who bears an office that another held."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from sqlalchemy import Connection

from mabillon.archive.across.quoting import quote
from mabillon.archive.across.registry import across, severity_of
from mabillon.archive.showing import shown_records
from mabillon.authority.index import plain
from mabillon.authority.names import parse
from mabillon.authority.offices import Misheld, known_tenures, misheld
from mabillon.authority.records import Authority, known_persons
from mabillon.dates.edtf import bounds
from mabillon.evidence import Agent
from mabillon.record import Record
from mabillon.store.across import AcrossFinding
from mabillon.store.across_agents import Dead, Entitled, Outlived, entitled, outlived

TRUSTED = 0.6
"""Confidence of a date below which nothing is held against it."""

POST = 31
"""Days after a death in which a letter may still be addressed to the dead."""


@cache
def _dead() -> tuple[Dead, ...]:
    """Return the forms of name of all persons whose death is known, each form that only one of them bears."""
    forms = {person.id: {plain(form) for form in _forms(person)} for person in known_persons()}
    bearers = Counter(form for its in forms.values() for form in its)
    return tuple(
        Dead(form, person.id, _last_day(person))
        for person in known_persons()
        if person.died
        for form in sorted(forms[person.id])
        if bearers[form] == 1
    )


def _forms(person: Authority) -> Iterator[str]:
    """Yield how a person is named: the known forms, and what his heading's given names make with each family name."""
    family, _, given = person.heading.partition(",")
    names = given.split()
    alone = [form.text for form in person.variants if len(form.text.split()) == 1]
    yield from (form.text for form in person.forms)
    for name in (family, *alone) if names else ():
        initials = [f"{one[0]}." for one in names]
        for before in (names, names[:1], [*names[:1], *initials[1:]], initials if len(initials) > 1 else names):
            yield " ".join((*before, name))
            yield " ".join((name, *before))


def _last_day(person: Authority) -> int:
    assert person.died is not None
    return int(bounds(person.died)[1].strftime("%Y%m%d"))


@cache
def _persons() -> dict[str, Authority]:
    return {person.id: person for person in known_persons()}


@lru_cache(20_000)
def _is_full(name: str) -> bool:
    """Whether a name tells its bearer from his family: a given name or two initials stand with it."""
    words = parse(name).words
    return len(words) >= 3 or len([word for word in words if not word.initial]) >= 2


@across("agent.after-death")
def after_death(connection: Connection, scopes: Sequence[str]) -> Iterator[AcrossFinding]:
    """Yield correspondents who were dead on the day of the record.

    A family name alone may be a son's or a brother's: it counts only where a second of the dead stands beside it, as
    when a whole list of readers is dated years too late.
    """
    by_record: dict[str, dict[str, Outlived]] = defaultdict(dict)
    for one in outlived(connection, scopes, _dead()):
        if one.relation != "recipient" or _days_after(one) > POST:
            by_record[one.record].setdefault(one.authority, one)
    certain = {id: found for id, found in by_record.items() if len(found) > 1 or _any_full(found.values())}
    records = shown_records(connection, certain)
    for id, found in certain.items():
        for one in found.values() if len(found) > 1 else [one for one in found.values() if _is_full(one.name)]:
            yield from _outlived(records[id], one)


def _any_full(found: Iterable[Outlived]) -> bool:
    return any(_is_full(one.name) for one in found)


def _days_after(one: Outlived) -> int:
    died = _persons()[one.authority].died
    assert died is not None
    year, month, day = one.first_day // 10000, one.first_day // 100 % 100, one.first_day % 100
    return bounds(f"{year:04}-{month:02}-{day:02}")[0].toordinal() - bounds(died)[1].toordinal()


def _outlived(record: Record, one: Outlived) -> Iterator[AcrossFinding]:
    agent = _agent(record, one.relation, one.name)
    person = _persons()[one.authority]
    if agent is None or record.date is None or record.date.confidence < TRUSTED:
        return
    yield AcrossFinding(
        finding="agent.after-death", record=record.id, scope=record.id, severity=severity_of("agent.after-death"),
        message=f"dated {record.date.value}, but {person.heading} ({_DOING[one.relation]}) died {person.died}",
        about=(one.authority, one.relation), evidence=quote(record, record.date, agent),
    )  # fmt: skip


_DOING = {"sender": "who sends it", "recipient": "who receives it", "signatory": "who signs it"}


def _agent(record: Record, relation: str, name: str) -> Agent | None:
    agents = {"sender": record.senders, "recipient": record.recipients, "signatory": record.signatories}[relation]
    return next((agent for agent in agents if str(agent.value) == name), None)


@cache
def _office_holders() -> tuple[str, ...]:
    return tuple(sorted({tenure.person for tenure in known_tenures()}))


@across("role.not-held")
def not_held(connection: Connection, scopes: Sequence[str]) -> Iterator[AcrossFinding]:
    """Yield correspondents with an office that another surely held on that day, and they only before or after."""
    found = {}
    for one in entitled(connection, scopes, _office_holders()):
        if (wrong := _misheld(one.authority, one.role, one.place, one.date)) is not None:
            found[one.record, one.authority, one.role] = (one, wrong)
    records = shown_records(connection, {record for record, _, _ in found})
    for (id, _, _), (one, wrong) in found.items():
        yield from _wrongly(records[id], one, wrong)


@lru_cache(50_000)
def _misheld(person: str, role: str, place: str | None, date: str) -> Misheld | None:
    try:
        return misheld(person, role, place, date)
    except ValueError:  # no such date
        return None


def _wrongly(record: Record, one: Entitled, wrong: Misheld) -> Iterator[AcrossFinding]:
    agent = _agent(record, one.relation, one.name)
    if agent is None or agent.role is None or record.date is None or record.date.confidence < TRUSTED:
        return
    own, other = _persons().get(one.authority), _persons().get(wrong.holder.person)
    if own is None or other is None:
        return
    held = " and ".join(f"{tenure.start or '..'}–{tenure.end or '..'}" for tenure in wrong.own)
    yield AcrossFinding(
        finding="role.not-held", record=record.id, scope=record.id, severity=severity_of("role.not-held"),
        message=f"{own.heading} is called {one.role} on {record.date.value}; he held that office {held},"
        f" and on that day {other.heading} did ({wrong.holder.source})",
        about=(one.authority, wrong.holder.office, wrong.holder.state, wrong.holder.place),
        evidence=quote(record, record.date, agent, agent.role),
    )  # fmt: skip
