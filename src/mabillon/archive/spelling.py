"""What a search is told of names: their other spellings, and the cover names of whoever they mean."""

from __future__ import annotations

from functools import lru_cache

from mabillon.authority.covers import CoverName
from mabillon.authority.records import known_persons
from mabillon.authority.typed import typed_covers, typed_spellings
from mabillon.dates.edtf import day_number
from mabillon.search import Alias

__all__ = ["covers_of", "spellings_of"]

spellings_of = typed_spellings


@lru_cache(maxsize=20_000)
def covers_of(name: str) -> tuple[Alias, ...]:
    """Return the cover names of the person whom a typed name surely means, as a search looks for them."""
    return tuple(_alias(cover) for cover in typed_covers(name))


def _alias(cover: CoverName) -> Alias:
    heading = next((person.heading for person in known_persons() if person.id == cover.person), cover.person)
    time = f"{cover.start or '..'}/{cover.end or '..'}"
    return Alias(
        cover.forms,
        day_number(cover.start)[0] if cover.start else None,
        day_number(cover.end)[1] if cover.end else None,
        cover.context,
        f"{cover.name}: cover name of {heading}, {time} ({cover.source})",
    )
