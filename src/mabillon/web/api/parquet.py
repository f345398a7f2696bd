"""Records as Parquet, written one row group after the other, so that any number of them takes the same memory."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from mabillon.record import Record
from mabillon.web.api.answers import Refusal
from mabillon.web.api.table import COLUMNS

MEDIA_TYPE = "application/vnd.apache.parquet"
GROUP = 500
"""Records of a row group."""


class _Sink:
    """A file that only grows; what was written to it is taken away."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0

    def write(self, part: Any) -> int:
        taken = bytes(part)
        self._parts.append(taken)
        self._length += len(taken)
        return len(taken)

    def tell(self) -> int:
        return self._length

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def write_parquet(records: Iterable[Record]) -> Iterator[bytes]:
    """Return the file piece by piece. Raises Refusal (501) at once where pyarrow is not installed."""
    try:  # an extra: whoever asks for no Parquet needs none of its 100 MB
        arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        detail = "This server writes no Parquet: pip install 'mabillon[parquet]' there, or ask for jsonl or csv."
        raise Refusal(501, detail) from error
    kinds = {"text": arrow.string(), "whole": arrow.int64(), "list": arrow.list_(arrow.string())}
    return _write(records, arrow, parquet, arrow.schema([(column.name, kinds[column.kind]) for column in COLUMNS]))


def _write(records: Iterable[Record], arrow: Any, parquet: Any, schema: Any) -> Iterator[bytes]:
    sink, coming = _Sink(), iter(records)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(coming, GROUP)):
            cells = [[column.read(record) for record in group] for column in COLUMNS]
            writer.write_table(arrow.table(dict(zip(schema.names, cells, strict=True)), schema=schema))
            yield sink.take()
    yield sink.take()
