"""Authority records: the controlled entry for a person, corporate body, family or place, and its forms of name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

from mabillon.dates.edtf import bounds
from mabillon.errors import MabillonError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KINDS = ("person", "family", "org", "place")


class AuthorityError(MabillonError):
    """An authority file that cannot be used: names the file, the entry and the reason."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A form of name. `start`, `end`: EDTF dates between which it was in use, None where no limit is known."""

    text: str
    start: str | None = None
    end: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """One controlled entry.

    id: `person:stalin`, `place:pyongyang`, or whatever an archive calls its own; heading: the form to show;
    born, died: EDTF (of a body: founded, dissolved); identifiers: (`wikidata`, `Q855`) …; country: ISO 3166-1;
    at: latitude and longitude in degrees; zone: tz database; clocks: (from, to, minutes east) that overrule it.
    """

    id: str
    kind: str
    heading: str
    variants: tuple[Variant, ...] = ()
    born: str | None = None
    died: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    country: str | None = None
    at: tuple[float, float] | None = None
    zone: str | None = None
    clocks: tuple[tuple[str, str, int], ...] = field(default=(), compare=False)
    source: str = ""

    @property
    def forms(self) -> tuple[Variant, ...]:
        """The heading and the variants."""
        return (Variant(self.heading), *self.variants)


def read_yaml(name: str) -> Any:
    """Return the content of a file of the vocabulary."""
    return yaml.load(resources.files("mabillon.vocabulary").joinpath(name).read_bytes(), Loader=_Loader)


def edtf(value: Any, where: str) -> str | None:
    """Return a date of a vocabulary file as EDTF; None for "" and "..". Raises AuthorityError if it is no date."""
    text = str(value if value is not None else "").strip()
    if text in ("", ".."):
        return None
    text = text.zfill(4) if text.isdigit() else text
    try:
        bounds(text)
    except ValueError as error:
        raise AuthorityError(f"{where}: {error}") from error
    return text


def persons_of(
    table: Mapping[str, list[Any]], identifiers: Mapping[str, Mapping[str, str]], where: str, kind: str = "person"
) -> list[Authority]:
    """Return the persons (or bodies, kind `org`) of a table in the form of vocabulary/persons.yaml. Raises
    AuthorityError naming the entry."""
    found = []
    for key, row in table.items():
        if not isinstance(row, list) or len(row) < 3 or not isinstance(row[0], str):
            raise AuthorityError(f"{where}: {key}: not a list of heading, born, died and other forms")
        ids = tuple((scheme, str(named[key])) for scheme, named in identifiers.items() if key in named)
        variants = tuple(Variant(str(form)) for form in row[3:])
        born, died = edtf(row[1], f"{where}: {key}"), edtf(row[2], f"{where}: {key}")
        found.append(Authority(f"{kind}:{key}", kind, str(row[0]), variants, born, died, ids, source=where))
    return found


def _place(key: str, row: Mapping[str, Any], where: str) -> Authority:
    former = [
        Variant(str(name), edtf(start, f"{where}: {key}"), edtf(end, f"{where}: {key}"), str(note[0]) if note else "")
        for name, start, end, *note in row.get("former", [])
    ]
    clocks = tuple((str(start), str(end), int(minutes)) for start, end, minutes, *_ in row.get("clocks", []))
    return Authority(
        f"place:{key}", "place", row["name"], (*(Variant(str(name)) for name in row.get("names", [])), *former),
        identifiers=(("geonames", str(row["geonames"])),) if "geonames" in row else (), country=row.get("country"),
        at=(row["at"][0], row["at"][1]) if "at" in row else None, zone=row.get("zone"), clocks=clocks, source=where,
    )  # fmt: skip


def places_of(table: Mapping[str, Mapping[str, Any]], where: str) -> list[Authority]:
    """Return the places of a table in the form of vocabulary/places.yaml. Raises AuthorityError naming the entry."""
    try:
        return [_place(key, row, where) for key, row in table.items()]
    except (KeyError, TypeError, ValueError) as error:
        raise AuthorityError(f"{where}: an entry is not in the form of vocabulary/places.yaml: {error!r}") from error


@cache
def known_persons() -> tuple[Authority, ...]:
    """Return the persons that the project's vocabulary knows."""
    return tuple(persons_of(read_yaml("persons.yaml"), read_yaml("identifiers.yaml"), "persons.yaml"))


@cache
def known_bodies() -> tuple[Authority, ...]:
    """Return the corporate bodies that the project's vocabulary knows."""
    return tuple(persons_of(read_yaml("bodies.yaml"), {}, "bodies.yaml", "org"))


@cache
def known_places() -> tuple[Authority, ...]:
    """Return the places that the project's vocabulary knows."""
    return tuple(places_of(read_yaml("places.yaml"), "places.yaml"))


def by_id(authorities: Iterable[Authority]) -> dict[str, Authority]:
    """Return the authorities by id. Raises AuthorityError if two share one."""
    found: dict[str, Authority] = {}
    for authority in authorities:
        if authority.id in found:
            raise AuthorityError(f"two authority records are called {authority.id}")
        found[authority.id] = authority
    return found
