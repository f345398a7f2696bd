"""The findings that show only among records: a registry of small functions, one for each id.

A kind says what of it changes with some records, its *scopes*, and derives all findings of such scopes. Meaning and
severity stand in `vocabulary/findings.yaml`, as those of the findings of one record do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from mabillon.checks.registry import definitions
from mabillon.store.across import AcrossFinding
from mabillon.store.records import ids_of

Find = Callable[[Connection, Sequence[str]], Iterable[AcrossFinding]]
"""Takes scopes, yields all findings that stand in them."""

Scopes = Callable[[Connection, Sequence[int], int], Iterable[str]]
"""Takes keys of records that are new or changed, gives the scopes whose findings may be others now. Of other records
only those need to be named whose newest change is no later than the number given: the others get their turn anyway."""


@dataclass(frozen=True, slots=True)
class Kind:
    id: str
    find: Find
    scopes: Scopes


KINDS: dict[str, Kind] = {}


def themselves(connection: Connection, keys: Sequence[int], settled: int) -> Iterable[str]:
    """The scopes of a kind that depends on one record and on nothing else of the archive: the record's id."""
    return ids_of(connection, keys).values()


def across(identifier: str, scopes: Scopes = themselves) -> Callable[[Find], Find]:
    """Register the decorated function as what derives the findings `identifier`."""

    def register(find: Find) -> Find:
        KINDS[identifier] = Kind(identifier, find, scopes)
        return find

    return register


def severity_of(identifier: str) -> str:
    """Return the severity that the vocabulary gives a finding: error, warning or note."""
    return definitions()[identifier]["severity"]
