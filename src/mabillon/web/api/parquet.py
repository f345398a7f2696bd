"""A table of strings as Apache Parquet, written row group by row group, so that it can be streamed.

Format 2: one data page (v1) a column and row group, PLAIN, uncompressed, each column optional UTF-8 or
INT32. Footer and page headers are Thrift in the compact protocol.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MAGIC = b"PAR1"
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12
_INT32, _BYTE_ARRAY, _OPTIONAL, _UTF8, _PLAIN, _RLE, _DATA_PAGE = 1, 6, 1, 0, 0, 3, 0
Cell = str | int | None


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _text(words: str) -> bytes:
    raw = words.encode("utf-8", "replace")
    return _varint(len(raw)) + raw


def _listed(kind: int, items: Sequence[bytes]) -> bytes:
    head = bytes([len(items) << 4 | kind]) if len(items) < 15 else bytes([0xF0 | kind]) + _varint(len(items))
    return head + b"".join(items)


def _struct(*fields: tuple[int, int, bytes]) -> bytes:
    """Return a struct of (field id, type, content), ids rising by less than 16."""
    out, last = bytearray(), 0
    for id, kind, content in fields:
        out.append(id - last << 4 | kind)
        out += content
        last = id
    return bytes(out) + b"\0"


def _i32(id: int, number: int) -> tuple[int, int, bytes]:
    return id, _I32, _zigzag(number)


def _i64(id: int, number: int) -> tuple[int, int, bytes]:
    return id, _I64, _zigzag(number)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `whole` where its cells are whole numbers."""

    name: str
    whole: bool = False

    @property
    def type(self) -> int:
        return _INT32 if self.whole else _BYTE_ARRAY

    def element(self) -> bytes:
        fields = [_i32(1, self.type), _i32(3, _OPTIONAL), (4, _BINARY, _text(self.name))]
        return _struct(*fields) if self.whole else _struct(*fields, _i32(6, _UTF8))

    def page(self, cells: Sequence[Cell]) -> bytes:
        """Return the data page of these cells, its header included."""
        levels = _levels(cells)
        body = struct.pack("<I", len(levels)) + levels + b"".join(self._plain(c) for c in cells if c is not None)
        head = _struct(_i32(1, len(cells)), _i32(2, _PLAIN), _i32(3, _RLE), _i32(4, _RLE))
        return _struct(_i32(1, _DATA_PAGE), _i32(2, len(body)), _i32(3, len(body)), (5, _STRUCT, head)) + body

    def _plain(self, cell: Cell) -> bytes:
        if isinstance(cell, int):
            return struct.pack("<i", cell)
        raw = str(cell).encode("utf-8", "replace")
        return struct.pack("<I", len(raw)) + raw


def _levels(cells: Sequence[Cell]) -> bytes:
    """Return which cells there are (1) and are not (0), as runs."""
    out, at = bytearray(), 0
    while at < len(cells):
        there = cells[at] is not None
        end = at
        while end < len(cells) and (cells[end] is not None) == there:
            end += 1
        out += _varint(end - at << 1) + bytes([there])
        at = end
    return bytes(out)


@dataclass
class ParquetWriter:
    """Gives the file piece by piece: `begin`, `group` for each batch of rows, `end`."""

    columns: Sequence[Column]
    _at: int = 0
    _rows: int = 0
    _groups: list[bytes] = field(default_factory=list)

    def begin(self) -> bytes:
        self._at = len(MAGIC)
        return MAGIC

    def group(self, rows: Sequence[Sequence[Cell]]) -> bytes:
        """Return a row group of these rows, each with a cell a column."""
        out, chunks = bytearray(), []
        for number, column in enumerate(self.columns):
            page = column.page([row[number] for row in rows])
            chunks.append(self._chunk(column, self._at + len(out), len(page), len(rows)))
            out += page
        fields = (1, _LIST, _listed(_STRUCT, chunks)), _i64(2, len(out)), _i64(3, len(rows))
        self._groups.append(_struct(*fields))
        self._at += len(out)
        self._rows += len(rows)
        return bytes(out)

    def _chunk(self, column: Column, offset: int, size: int, count: int) -> bytes:
        meta = _struct(
            _i32(1, column.type),
            (2, _LIST, _listed(_I32, [_zigzag(_PLAIN), _zigzag(_RLE)])),
            (3, _LIST, _listed(_BINARY, [_text(column.name)])),
            _i32(4, 0),
            _i64(5, count),
            _i64(6, size),
            _i64(7, size),
            _i64(9, offset),
        )
        return _struct(_i64(2, offset), (3, _STRUCT, meta))

    def end(self) -> bytes:
        root = _struct((4, _BINARY, _text("records")), _i32(5, len(self.columns)))
        schema = _listed(_STRUCT, [root, *(column.element() for column in self.columns)])
        footer = _struct(
            _i32(1, 2), (2, _LIST, schema), _i64(3, self._rows), (4, _LIST, _listed(_STRUCT, self._groups)),
            (6, _BINARY, _text("mabillon")),
        )  # fmt: skip
        return footer + struct.pack("<I", len(footer)) + MAGIC


def write_parquet(columns: Sequence[Column], batches: Iterable[Sequence[Sequence[Cell]]]) -> Iterator[bytes]:
    """Yield a whole file: a row group for each batch that has rows."""
    writer = ParquetWriter(columns)
    yield writer.begin()
    for rows in batches:
        if rows:
            yield writer.group(rows)
    yield writer.end()
