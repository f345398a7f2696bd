"""Findings counted by kind, severity, verdict, year and station under any filters, from one count of all."""

from __future__ import annotations

from collections import Counter

from mabillon.store.findings import FACETS, Cube, Wanted


def facets_of(cube: Cube, wanted: Wanted) -> dict[str, dict[str, int]]:
    """Return facet → value → how many findings bear it, the most first; each facet under the filters of the others."""
    counted: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    filters = _filters(wanted)
    for *values, count in cube:
        failing = [n for n, its in enumerate(filters) if its and values[n] not in its]
        for n, value in enumerate(values):
            if value is not None and (not failing or failing == [n]):
                counted[FACETS[n]][str(value)] += count
    return {facet: dict(sorted(its.items(), key=lambda item: (-item[1], item[0]))) for facet, its in counted.items()}


def count_of(cube: Cube, wanted: Wanted) -> int:
    """Return how many findings fulfil all filters."""
    filters = _filters(wanted)
    return sum(count for *values, count in cube if all(not its or values[n] in its for n, its in enumerate(filters)))


def _filters(wanted: Wanted) -> list[frozenset[object]]:
    """Return the filters in the order of the facets."""
    chosen = (wanted.kinds, wanted.severities, wanted.verdicts, wanted.years, wanted.stations)
    return [frozenset(its) for its in chosen]
