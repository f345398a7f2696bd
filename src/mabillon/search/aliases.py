"""Names that stand for another at a time and in a context: whoever seeks the person finds them, and is told why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mabillon.dates.edtf import day_number
from mabillon.search.analysis import words
from mabillon.search.glance import Shown, shown_text
from mabillon.search.sought import Folded, Sought


@dataclass(frozen=True, slots=True)
class Alias:
    """A cover name. forms: its spellings; first, last: yyyymmdd, None where no limit is known; among: words of which
    one must stand in the record, none where it may be any; reason: in words, for whoever reads the result."""

    forms: tuple[str, ...]
    first: int | None = None
    last: int | None = None
    among: tuple[str, ...] = ()
    reason: str = ""


FindAliases = Callable[[str], Iterable[Alias]]
"""A name as typed → the cover names of whoever it means; nothing for what is no name."""


def no_aliases(name: str) -> Iterable[Alias]:
    """Know of no cover name."""
    return ()


def reasons_in(record: Shown, aliases: Sequence[Alias]) -> tuple[str, ...]:
    """Return the reasons of the cover names that stand in a record of their time."""
    if not aliases:
        return ()
    days = _days(record)
    text = Folded(shown_text(record))
    met = (alias for alias in aliases if days and _in_time(alias, *days) and _stands(alias.forms, text))
    return tuple(dict.fromkeys(alias.reason for alias in met if not alias.among or _stands(alias.among, text)))


def _stands(wordings: Iterable[str], text: Folded) -> bool:
    return any(Sought.of_phrase(found).spans(text, 1) for wording in wordings if (found := words(wording)))


def _days(record: Shown) -> tuple[int, int] | None:
    try:
        return day_number(str(record.date.value)) if record.date else None
    except ValueError:
        return None


def _in_time(alias: Alias, first: int, last: int) -> bool:
    return (alias.first is None or alias.first <= last) and (alias.last is None or first <= alias.last)
