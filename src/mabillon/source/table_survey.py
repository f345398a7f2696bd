"""A table looked through before it is taken in: what each column is read as, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mabillon.source.original import from_path
from mabillon.source.table import Table
from mabillon.source.table_mapping import mapping_path

_WIDTH = 60


@dataclass(slots=True)
class Column:
    """field: what it is read as, empty where it is only shown; filled: rows with a value; example: the first one."""

    name: str
    field: str
    filled: int = 0
    example: str = ""


@dataclass(slots=True)
class Survey:
    """mapping: the file that says what the columns hold, None where their names do."""

    rows: int
    columns: list[Column]
    mapping: Path | None
    constant: dict[str, str] = field(default_factory=dict)


def survey_table(path: Path) -> Survey:
    """Read a CSV or TSV to its end and count, without making records. Raises SourceError as reading it would for its
    head or its mapping; rows that do not fit are counted as no rows."""
    table = Table(from_path(path))
    columns = [Column(name, table.mapping.columns.get(name, "")) for name in table.columns]
    rows = 0
    for row in table.rows():
        rows += not row.fault
        for column, cell in zip(columns, row.cells, strict=False):
            words = " ".join(cell[:1000].split())
            column.filled += bool(words)
            column.example = column.example or (words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…")
    beside = mapping_path(path)
    return Survey(rows, columns, beside if beside.is_file() else None, dict(table.mapping.constant))
