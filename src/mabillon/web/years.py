"""Which years an archive covers, and how many records may be of each."""

from __future__ import annotations

from mabillon.web.holdings import Found, Holdings

LONGEST = 1_000
"""Years that are counted one by one, the latest ones."""

_TRIED = 20
_FACET_LIMIT = 50
"""Values from which on a facet may be cut, so that years have to be counted by asking for each."""


def years_of(found: Found, holdings: Holdings) -> dict[int, int]:
    """Return year → records that may be of it. `found` answers the empty search, with facets, by date."""
    tallies = found.facets.get("year", ())
    counted = {int(tally.value): tally.count for tally in tallies if tally.value.isdigit()}
    if len(tallies) < _FACET_LIMIT:
        return dict(sorted(counted.items()))
    first, last = _end(holdings, "date"), _end(holdings, "date-desc")
    if first is None or last is None:
        return dict(sorted(counted.items()))
    asked = {year: _count(holdings, year) for year in range(max(first, last - LONGEST), last + 1)}
    return {year: count for year, count in asked.items() if count}


def _end(holdings: Holdings, sort: str) -> int | None:
    """Return the year of the first record in this order that has one."""
    entries = holdings.search("", sort, _TRIED, facets=False).entries
    years = (entry.date[:4] for entry in entries if entry.date)
    return next((int(year) for year in years if year.isdigit()), None)


def _count(holdings: Holdings, year: int) -> int:
    return holdings.search(f"date:{year:04}", "date", 1, facets=False).total
