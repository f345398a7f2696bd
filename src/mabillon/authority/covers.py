"""Cover names: who stood behind a name, at a time and in a context."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from mabillon.authority.keys import keys
from mabillon.authority.matching import match
from mabillon.authority.names import fold, parse
from mabillon.authority.records import AuthorityError, edtf, read_yaml
from mabillon.authority.score import SAME
from mabillon.dates.edtf import bounds

_NO_DATE, _NEAR, _NO_CONTEXT, _OTHER_CONTEXT = 0.85, 0.4, 0.9, 0.5
_MARGIN_DAYS = 62
"""How far outside its stated time a cover name is still worth a mention, at NEAR of its certainty."""


@dataclass(frozen=True, slots=True)
class CoverName:
    """person: authority id; start, end: EDTF or None; context: words of the traffic that the name belongs to; source:
    a short reference; certainty: 0 to 1 of the literature's identification; fit: that, for the case asked about."""

    name: str
    forms: tuple[str, ...]
    person: str
    start: str | None
    end: str | None
    context: tuple[str, ...]
    source: str
    certainty: float
    note: str = ""
    fit: float = 0.0


def covers_of(content: Any, where: str) -> tuple[CoverName, ...]:
    """Return the entries of a table in the form of vocabulary/cover_names.yaml. Raises AuthorityError naming the file
    and the entry that is not as it should be."""
    found = []
    sources = (content or {}).get("sources", {})
    for row in (content or {}).get("names", []):
        try:
            source = str(sources.get(row["source"], row["source"]))
            name, person = str(row["name"]), str(row["person"])
            person = person if ":" in person else f"person:{person}"
            found.append(CoverName(
                name, (name, *map(str, row.get("also", []))), person, edtf(row.get("from"), f"{where}: {name}"),
                edtf(row.get("to"), f"{where}: {name}"), tuple(map(str, row.get("context", []))),
                source, float(row.get("certainty", 0.5)), str(row.get("note", "")),
            ))  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise AuthorityError(f"{where}: {row!r}: {error!r} (needs name, person and source)") from error
    return tuple(found)


@cache
def known_covers() -> tuple[CoverName, ...]:
    return covers_of(read_yaml("cover_names.yaml"), "cover_names.yaml")


def read_covers(path: Path) -> tuple[CoverName, ...]:
    """Return an editor's own file. Raises AuthorityError if it is not YAML or an entry is incomplete."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise AuthorityError(f"{path}: {error}") from error
    return covers_of(content, str(path))


def resolve_cover(
    name: str, date: str | None = None, context: str | Iterable[str] = (), covers: Iterable[CoverName] | None = None
) -> list[CoverName]:
    """Return who may stand behind `name`, likeliest first, each with its `fit`.

    date: EDTF of the document; context: words that stand around it (station, service, correspondents); covers: the
    entries to look in (default: the vocabulary's). A name outside its time is left out, unless by weeks only.
    """
    words = {fold(word) for word in ([context] if isinstance(context, str) else context) for word in word.split()}
    wanted, alike, found = keys(name), fold(name).replace("-", " "), []
    for cover in known_covers() if covers is None else covers:
        likeness = max((_likeness(name, alike, wanted, form) for form in cover.forms), default=0.0)
        if likeness < SAME:
            continue
        fit = likeness * cover.certainty * _time_fit(cover, date) * _context_fit(cover, words)
        if fit > 0.05:
            found.append(replace(cover, fit=round(fit, 4)))
    return sorted(found, key=lambda cover: (-cover.fit, cover.person, cover.name))


@lru_cache(maxsize=5_000)
def _form(form: str) -> tuple[str, frozenset[str]]:
    """Return a form of a cover name plain, and its keys: none where one letter (`Admiral Q`) would open any name."""
    alone = all(len(word.text) < 2 for word in parse(form).words)
    return fold(form).replace("-", " "), frozenset() if alone else frozenset(keys(form))


def _likeness(name: str, alike: str, wanted: Set[str], form: str) -> float:
    known, own = _form(form)
    if alike == known:
        return 1.0
    return match(name, form).score if wanted & own else 0.0


def _time_fit(cover: CoverName, date: str | None) -> float:
    if date is None:
        return _NO_DATE
    first, last = bounds(date)
    early = (bounds(cover.start)[0] - last).days if cover.start else 0
    late = (first - bounds(cover.end)[1]).days if cover.end else 0
    outside = max(early, late)
    return 1.0 if outside <= 0 else (_NEAR if outside <= _MARGIN_DAYS else 0.0)


def _context_fit(cover: CoverName, words: set[str]) -> float:
    if not words or not cover.context:
        return _NO_CONTEXT
    own = {fold(part) for entry in cover.context for part in entry.split()}
    return 1.0 if own & words else _OTHER_CONTEXT
