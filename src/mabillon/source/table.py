"""CSV and TSV: a document for each row, as its mapping says what the columns hold.

The text of a document is a line `column: value` for each cell, as a region of kind `metadata`, and below them the
words of the column that holds the transcript. So each value that is read has its words, as in any other document.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper

from mabillon.dates import find_dates
from mabillon.document import Document
from mabillon.source.builder import TextBuilder
from mabillon.source.encoding import mark_of, wide_encoding
from mabillon.source.guess import guess_encoding
from mabillon.source.original import Original
from mabillon.source.table_mapping import ID, NOTHING, TEXT, TableMapping, find_mapping, guess_mapping

csv.field_size_limit(16 * 1024 * 1024)
_SAMPLE = 1024 * 1024
_TOLD = 10
_SAID = {"sender": "sent.person", "recipient": "received.person", "date": "sent.date"}
"""Columns speak of the document itself: its sender is who sent it, as in the `correspAction` of a header."""

_NO_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """number: counted from 1 below the head; cells: one for each column; fault: why it cannot be read, else empty."""

    number: int
    cells: Sequence[str]
    fault: str = ""


class Table:
    """A table before it is read. Raises SourceError if it has no head, or a mapping that does not fit it."""

    def __init__(self, original: Original) -> None:
        self._original = original
        stated = find_mapping(original)
        self._encoding = self._codec(stated.encoding if stated else "")
        with self._lines() as lines:
            first = lines.readline(_SAMPLE).strip("\ufeff\r\n")
        self._delimiter = (stated.delimiter if stated else "") or max("\t;|,", key=first.count)
        head = next(csv.reader([first], delimiter=self._delimiter), [])
        self.columns = [name.strip() for name in head]
        self.mapping = stated or guess_mapping(self.columns)
        self._check(stated)

    def _codec(self, stated: str) -> str:
        """What the mapping states; a byte order mark; UTF-16 by its zeros; UTF-8 if it is valid; else the likeliest."""
        if stated:
            try:
                return codecs.lookup(stated).name
            except LookupError as error:
                raise self._original.fail(
                    f"is in an encoding that is not known, as its mapping has it: {stated}"
                ) from error
        with self._original.stream() as raw:
            sample = raw.read(_SAMPLE)
            mark = mark_of(sample)
            known = mark[0] if mark else wide_encoding(sample[:4096])
            if known:
                return known
            decoder, piece = codecs.getincrementaldecoder("utf-8")(), sample
            try:
                while piece:
                    decoder.decode(piece)
                    piece = raw.read(_SAMPLE)
            except UnicodeDecodeError:
                return guess_encoding(sample)
        return "utf-8"

    def _lines(self) -> TextIOWrapper:
        return TextIOWrapper(self._original.stream(), self._encoding, "replace", newline="")

    def _check(self, stated: TableMapping | None) -> None:
        doubled = sorted({name for name in self.columns if name and self.columns.count(name) > 1})
        if doubled:
            raise self._original.fail(f"has columns of the same name: {', '.join(doubled)}")
        if not self.mapping.columns:
            raise self._original.fail(
                f"is a table, and none of its columns has a name that is known ({', '.join(self.columns[:_TOLD])}): "
                "say what they hold in a mapping beside it (docs/interchange.md)"
            )
        absent = [name for name in self.mapping.columns if name not in self.columns]
        if absent:
            raise self._original.fail(f"has no column {', '.join(absent)}, which its mapping names")

    def rows(self) -> Iterator[Row]:
        """Yield the rows that are not empty, those that do not fit the head with the fault."""
        with self._lines() as lines:
            reader = csv.reader(lines, delimiter=self._delimiter)
            number, size = 0, len(self.columns)
            try:
                next(reader, None)
                for cells in reader:
                    number += 1
                    if not any(cell.strip() for cell in cells):
                        continue
                    many = "" if len(cells) <= size else f"it has {len(cells)} cells under {size} columns"
                    yield Row(number, [*cells, *[""] * (size - len(cells))], many)
            except csv.Error as error:
                yield Row(number + 1, (), f"it, and what follows, cannot be told into cells ({error})")


def read(original: Original) -> Iterator[Document]:
    """Yield a document for each row. Raises SourceError behind the last, naming the rows that could not be read."""
    table = Table(original)
    faults, parts = list[str](), set[str]()
    for row in table.rows():
        part = _part(table, row)
        fault = row.fault or (f"{part} was the id of a row before" if part in parts else "")
        if fault:
            faults.append(f"row {row.number}: {fault}")
            continue
        parts.add(part)
        document = _document(original, table, row, part)
        if document is not None:
            yield document
    if faults:
        more = [f"and {len(faults) - _TOLD:,} more"] if len(faults) > _TOLD else []
        raise original.fail(f"rows that could not be read: {'; '.join([*faults[:_TOLD], *more])}")


def _part(table: Table, row: Row) -> str:
    cells = dict(zip(table.columns, row.cells, strict=False))
    given = next((cells.get(name, "") for name, kind in table.mapping.columns.items() if kind == ID), "")
    return _NO_NAME.sub("-", given.strip()).strip("-.")[:100] or str(row.number)


def _document(original: Original, table: Table, row: Row, part: str) -> Document | None:
    builder, mapping = TextBuilder(), table.mapping
    texts = list[str]()
    for name, cell in zip(table.columns, row.cells, strict=False):
        kind = mapping.columns.get(name, "")
        if kind == TEXT:
            texts.append(cell)
        elif kind != NOTHING and cell.strip():
            _write(builder, name, kind, mapping.values(kind, cell))
    for cell in texts:
        builder.block(blank_line=True)
        builder.verbatim(cell.strip("\r\n"))
    for name, value in mapping.constant.items():
        stated = _SAID.get(name, name)
        builder.state(stated, value, group=_group(stated), attributes=_when(stated, value))
    text, metadata = builder.finish()
    if not text.value.strip():
        return None
    url = next((said.value for said in metadata if said.field == "url"), None)
    return Document(original.filename, "text/csv", original.sha256, text, part, url, metadata)


def _write(builder: TextBuilder, name: str, kind: str, values: Sequence[str]) -> None:
    builder.block()
    line = builder.open("metadata", {"field": kind or name})
    builder.inline(f"{name}: " if name else "")
    for at, value in enumerate(values):
        if at:
            builder.inline("; ")
        words = builder.open()
        builder.inline(value)
        builder.close(words)
        stated = "identifier" if kind == ID else _SAID.get(kind, kind)
        if stated:
            builder.state(stated, mark=words, group=_group(stated), attributes=_when(stated, value))
    builder.close(line)


def _when(stated: str, words: str) -> dict[str, str]:
    """The date of a cell in figures, where it holds one."""
    dates = find_dates(words) if stated.endswith(".date") else []
    value = dates[0].value if len(dates) == 1 else None
    return {"when": value[:10]} if value and re.match(r"\d{4}(?:-\d\d){0,2}(?:T|$)", value) else {}


def _group(name: str) -> int:
    """What is said of one action belongs together."""
    action = name.partition(".")[0]
    return {"sent": 1, "received": 2, "transmitted": 3, "forwarded": 4, "redirected": 5, "delivered": 6}.get(action, 0)
