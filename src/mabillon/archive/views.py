"""What an archive answers with, beside records and entries."""

from __future__ import annotations

from dataclasses import dataclass, field

from mabillon.archive.access import Access
from mabillon.citation import repository_name
from mabillon.record import Record
from mabillon.store.entries import Entry, Link
from mabillon.store.levels import LevelRow


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands beside a record: the one before and after by date, the same in its file, and linked ones."""

    before: Entry | None = None
    after: Entry | None = None
    file_before: Entry | None = None
    file_after: Entry | None = None
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of description: `kind` is repository, fonds, series, subseries, box or file; `unit` is the archive's own
    word for it (opis); `title` is its name where one is known, else unit and code. `records` counts those that the
    reader may see in it and below."""

    id: int
    kind: str
    unit: str
    code: str
    title: str
    parent: int | None
    records: int

    @classmethod
    def of(cls, row: LevelRow) -> Level:
        named = repository_name(row.code) if row.kind == "repository" else f"{row.unit} {row.code}".strip()
        return cls(row.id, row.kind, row.unit, row.code, named, row.parent, row.records)


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that changed, without any redacted passage, and who may see it; both None where it is gone."""

    seq: int
    id: str
    record: Record | None = None
    access: Access | None = None
