"""Who knew what follows the archive: only what changed, and the records that name it, is looked at anew."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from mabillon.archive.access import INDEXER, Redaction
from mabillon.archive.referring import LATER, days_as_numbers
from mabillon.authority.cache import edition
from mabillon.connect.citing import Cited, cited_by, told
from mabillon.connect.judging import SLACK, STALE
from mabillon.connect.knowing import Claim, claims_of
from mabillon.connect.stations import end_of, with_station
from mabillon.connect.traits import OWN_KINDS, Held, Named, days_of, traits_of
from mabillon.connect.wording import number_key
from mabillon.evidence import Agent, Word
from mabillon.record import Record, decode
from mabillon.store import citing, permissions
from mabillon.store.citing import Asked, Card
from mabillon.store.counters import last, put
from mabillon.store.engine import Store
from mabillon.store.knowledge import ClaimRow, put_claims
from mabillon.store.records import changed_keys, keys_of, stored_of

BATCH = 500
"""Records of one transaction: an editor waits for it no longer than for a batch of an ingest."""

LONGEST_DATE = 31
"""Days of a date by which alone a document can be named."""

EVER = (0, 99999998)

RULES = 1
"""Grows whenever `mabillon.connect` claims otherwise than before: then everything is looked at anew."""

Tell = Callable[[int], None]
"""Told how many records have been looked at."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A record without its redacted passages, what it says of who knew it, and what it names."""

    key: int
    record: Record
    held: Held
    named: tuple[Named, ...]


def follow_knowledge(store: Store, tell: Tell = lambda count: None) -> int:
    """Find out anew who knew what changed since this was done last, and return of how many records.

    It may be stopped at any moment and run again. Whom a name means is taken over from the names as they are linked,
    before this or after it.
    """
    _begin(store)
    count = 0
    while is_behind(store):
        with store.writing() as connection:
            changed = changed_keys(connection, last(connection, "known"), BATCH)
            if not changed:
                return count
            renew(connection, [key for _, key in changed])
            put(connection, "known", changed[-1][0])
        count += len(changed)
        tell(count)
    return count


def _begin(store: Store) -> None:
    """Begin from nothing where the rules, or the vocabulary of names, offices and clocks, are others than last time."""
    now = int.from_bytes(hashlib.blake2b(f"{RULES} {edition()}".encode(), digest_size=7).digest(), "big")
    with store.reading() as connection:
        if last(connection, "known_edition") == now:
            return
    with store.writing() as connection:
        put(connection, "known_edition", now)
        put(connection, "known", 0)


def is_behind(store: Store) -> bool:
    """Tell whether something changed that has not been looked at."""
    with store.reading() as connection:
        return bool(changed_keys(connection, last(connection, "known"), 1))


def renew_record(store: Store, id: str) -> None:
    """Find out anew what the record `id`, and those that may name it, say of who knew what."""
    with store.writing() as connection:
        renew(connection, list(keys_of(connection, [id]).values()))


def renew(connection: Connection, keys: Sequence[int]) -> None:
    """Find out anew what these records, and those that may name one of them, say of who knew what."""
    new = _read(connection, keys)
    others = _naming(connection, [one.held for one in new]) - set(keys)
    read = new + _read(connection, sorted(others))
    cited = _cited(connection, read)
    rows = [row for one in read for row in _rows(one, cited.get(one.key, ()))]
    put_claims(connection, [one.key for one in read], rows)


def _read(connection: Connection, keys: Sequence[int]) -> list[_Read]:
    found = stored_of(connection, keys)
    hidden = permissions.redactions_of(connection, [one.key for one in found])
    read = []
    for one in found:
        passages = [Redaction(row.start, row.end, row.groups) for row in hidden.get(one.key, ())]
        record = INDEXER.redacted(decode(one.json), passages)
        traits = traits_of(record)
        read.append(_Read(one.key, record, traits.held, traits.named))
    return read


def _rows(one: _Read, cited: Iterable[tuple[int, Cited]]) -> Iterable[ClaimRow]:
    own = claims_of(one.record)
    yield from (_row(one.key, one.key, claim) for claim in own)
    for key, named in cited:
        yield from (_row(key, one.key, claim) for claim in told(own, named))


def _row(known: int, by: int, claim: Claim) -> ClaimRow:
    words = tuple(words.spans for words in claim.words)
    return ClaimRow(
        known, by, claim.way, claim.relation, claim.name, claim.plain, claim.proved, claim.low, claim.high, claim.time,
        claim.zone, words, claim.doubts, claim.person,
    )  # fmt: skip


def _cited(connection: Connection, read: Sequence[_Read]) -> dict[int, list[tuple[int, Cited]]]:
    """Return key of a record → the records that its references mean, by key."""
    references = [(one, named) for one in read for named in one.named]
    asked = [question for n, (one, named) in enumerate(references) for question in _questions(n, one.held, named)]
    candidates = citing.bearing(connection, asked)
    known = citing.cards(connection, {key for found in candidates.values() for key in found})
    helds = {key: held_of(card) for key, card in known.items()}
    keys = {card.id: key for key, card in known.items()}
    found: dict[int, list[tuple[int, Cited]]] = {}
    for n, (one, named) in enumerate(references):
        its = [helds[key] for key in sorted(candidates.get(n, ()))]
        cited = cited_by(one.record, one.held, named, its) if its else []
        found.setdefault(one.key, []).extend((keys[link.id], link) for link in cited)
    return found


def _questions(n: int, holder: Held, named: Named) -> Iterable[Asked]:
    if named.days is not None:
        first, last_ = days_as_numbers(named.days, SLACK, SLACK)
    elif holder.days is not None:
        first, last_ = days_as_numbers(holder.days, STALE, SLACK)
    else:
        first, last_ = EVER
    if named.number is None:
        if named.days is not None and named.days[1] - named.days[0] < LONGEST_DATE:
            yield Asked(n, None, first, last_)
        return
    for form in {named.number, named.shown or named.number, *with_station(named.number, named.sender.stations)}:
        yield Asked(n, form, first, last_)


def _naming(connection: Connection, helds: Sequence[Held]) -> set[int]:
    """Return the keys of the records that may name one of these, by its number or by its day."""
    asked, dates, days = [], [], []
    for held in helds:
        if held.days is None or held.days[1] - held.days[0] > LONGEST_DATE:
            continue
        first, last_ = days_as_numbers(held.days, SLACK, STALE)
        forms = {form for key, shown in held.numbers for form in (key, shown, *with_station(key, held.sender.stations))}
        around = [dt.date.fromordinal(day).isoformat() for day in range(held.days[0] - SLACK, held.days[1] + SLACK + 1)]
        asked += [Asked(0, form, first, last_) for form in forms]
        dates += [(form, date) for form in forms for date in around]
        days.append((held.days, around))
    by_day = [
        (date, *days_as_numbers(near, SLACK, LATER))
        for near, around in days
        if near[1] - near[0] <= SLACK
        for date in around
    ]
    return citing.naming(connection, asked, dates) | citing.naming_days(connection, by_day)


def held_of(card: Card) -> Held:
    """Return a record, by what of it is compared, as one that others can name."""
    numbers = {number_key(value): value for kind, value in card.numbers if kind in OWN_KINDS}
    agents = {relation: [_agent(name, place) for at, name, place in card.agents if at == relation]
              for relation in ("sender", "signatory", "recipient")}  # fmt: skip
    return Held(
        id=card.id, title=card.title or "", type=card.type, date=card.date, days=days_of(card.date),
        numbers=tuple(numbers.items()), sender=end_of(agents["sender"] or agents["signatory"]),
        recipient=end_of(agents["recipient"]),
    )  # fmt: skip


def _agent(name: str, place: str | None) -> Agent:
    where = Word(value=place, text="", spans=[], confidence=1.0) if place is not None else None
    return Agent(value=name, text="", spans=[], confidence=1.0, place=where)
