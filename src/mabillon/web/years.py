"""Which years an archive covers, and how many records may be of each."""

from __future__ import annotations

from mabillon.web.holdings import Found, Holdings

LONGEST = 1_000
"""Years that are counted one by one, the latest ones."""

_TRIED = 20
_FACET_LIMIT = 50
"""Values from which on a facet may be cut, so that years have to be counted by asking for each."""


def counted_years(found: Found) -> dict[int, int] | None:
    """Return year → records that may be of it, as far as `found` tells: it answers the empty search, with facets. None
    where there are too many years for that."""
    tallies = found.facets.get("year", ())
    counts = {int(tally.value): tally.count for tally in tallies if tally.value.isdigit()}
    return dict(sorted(counts.items())) if len(tallies) < _FACET_LIMIT else None


def years_of(found: Found, holdings: Holdings) -> dict[int, int]:
    """Return year → records that may be of it."""
    counts = counted_years(found)
    return counts if counts is not None else _ask(holdings, 1)


def decades_of(holdings: Holdings) -> dict[int, int]:
    """Return first year of a decade → records that may be of it."""
    return _ask(holdings, 10)


def ends(holdings: Holdings) -> tuple[int, int] | None:
    """Return the years of the first and the last record that have one."""
    first, last = (_end(holdings, sort) for sort in ("date", "date-desc"))
    return None if first is None or last is None else (first, last)


def _end(holdings: Holdings, sort: str) -> int | None:
    entries = holdings.search("", sort, _TRIED, facets=False).entries
    years = (entry.date[:4] for entry in entries if entry.date)
    return next((int(year) for year in years if year.isdigit()), None)


def _ask(holdings: Holdings, step: int) -> dict[int, int]:
    """Count year by year, or decade by decade."""
    span = ends(holdings)
    if span is None:
        return {}
    begin = max(span[0], span[1] - LONGEST) // step * step
    counts = {}
    for first in range(begin, span[1] + 1, step):
        words = f"date:{first:04}" if step == 1 else f"date:{first:04}..{first + step - 1:04}"
        if total := holdings.search(words, "date", 1, facets=False).total:
            counts[first] = total
    return counts
