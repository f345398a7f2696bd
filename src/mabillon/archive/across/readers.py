"""Who got a document, by the list that it bears: its copies, and those to whom a copy went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mabillon.authority.index import plain
from mabillon.authority.register import standard
from mabillon.authority.score import SAME
from mabillon.evidence import Value
from mabillon.record import Record

SHARED = ("copy", "info")


@dataclass(frozen=True, slots=True)
class Reader:
    """One who is listed: `value` are the words that say so."""

    name: str
    value: Value


def distribution(record: Record) -> list[Reader]:
    """Return who is listed as having got a copy, each once; a file that keeps one is nobody."""
    values: list[Value] = []
    if record.copies:
        values += [entry.recipient for entry in record.copies.entries if entry.recipient]
    values += [agent for agent in record.recipients if agent.capacity in SHARED]
    found: dict[str, Reader] = {}
    for value in values:
        name = str(value.value)
        if any(char.isupper() or not char.isascii() for char in name) and plain(name):
            found.setdefault(plain(name), Reader(name, value))
    return list(found.values())


def unmatched(these: Sequence[Reader], those: Sequence[Reader]) -> list[Reader]:
    """Return those of `these` who are not among `those`, in whatever spelling or script."""
    return [one for one in these if not any(_same(one.name, other.name) for other in those)]


@lru_cache(50_000)
def _same(a: str, b: str) -> bool:
    if plain(a) == plain(b):
        return True
    register = standard()
    known = [{id for id, score, _ in register.candidates(name)[:3] if score >= SAME} for name in (a, b)]
    return bool(known[0] & known[1]) or any(
        register.match(a, b, kind).score >= SAME - MERCY for kind in ("person", "org", "place")
    )


MERCY = 0.2
"""Two names on two lists of one document are rather one than two: they are parted only where they surely differ."""
