"""All that a register knows of a name, gathered for a person who asks: spellings, who it may be, covers, offices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mabillon.authority.covers import CoverName
from mabillon.authority.offices import Held, offices_of
from mabillon.authority.records import Authority
from mabillon.authority.register import Register

KINDS = ("person", "place", "org")
LONGEST = 300
"""Letters of a name that is looked up; nothing longer is one."""


@dataclass(frozen=True, slots=True)
class Known:
    """One whom a name may mean: score 0 to 1 with its reasons, the cover names and the offices of that person."""

    authority: Authority
    score: float
    reasons: tuple[str, ...]
    covers: tuple[CoverName, ...] = ()
    offices: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """`spellings`: what a search looks for besides, likeliest first; `candidates`: best first."""

    name: str
    spellings: tuple[str, ...]
    candidates: tuple[Known, ...]


def dossier(
    name: str, register: Register, kinds: Iterable[str] = KINDS, date: str | None = None,
    context: str | Iterable[str] = (),
) -> Dossier:  # fmt: skip
    """Return what `register` knows of `name` as one of `kinds`.

    date: EDTF of the paper that it stands in: it lowers who did not live or was not called so, and tells offices;
    context: words around the name, for cover names. Raises ValueError for a bad date or a name without a letter.
    """
    name = " ".join(name.split())
    if not any(sign.isalnum() for sign in name) or len(name) > LONGEST:
        raise ValueError("a name has letters, and not more than 300")
    found = [
        _known(register, id, score, reasons, date)
        for kind in kinds
        for id, score, reasons in register.candidates(name, kind, date, context=context)
    ]
    candidates = sorted((known for known in found if known), key=lambda known: (-known.score, known.authority.id))
    return Dossier(name, register.expand_ranked(name), tuple(candidates))


def _known(register: Register, id: str, score: float, reasons: tuple[str, ...], date: str | None) -> Known | None:
    authority = register.get(id)
    if authority is None:
        return None
    return Known(authority, score, reasons, register.covers_of(id), tuple(offices_of(id, date)))
