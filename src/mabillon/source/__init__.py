"""From bytes to documents: the text of each, what its markup says of the parts, and its structured metadata.

    for document in open_source("cables/600308.html"):
        print(document.text.value, document.metadata)

Nothing that a source says is executed, followed or fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mabillon.document import Document
from mabillon.errors import SourceError
from mabillon.source.original import Original, from_bytes, from_path
from mabillon.source.sniff import read
from mabillon.source.table_survey import survey_table
from mabillon.source.walk import walk

__all__ = ["open_bytes", "open_source", "survey_table", "walk"]


def open_source(path: Path | str) -> Iterator[Document]:
    """Yield the documents of the source at `path`, one after the other, as they are read.

    Raises SourceError with the reason if it cannot be read; a fault in the middle of a volume is raised after the
    documents before it.
    """
    yield from _guarded(from_path(Path(path)))


def open_bytes(content: bytes, filename: str) -> Iterator[Document]:
    """Yield the documents of `content` as `open_source` does; `filename` names it and may help to tell its format."""
    yield from _guarded(from_bytes(content, filename))


def _guarded(original: Original) -> Iterator[Document]:
    try:
        yield from read(original)
    except SourceError:
        raise
    except OSError as error:
        raise original.fail(f"cannot be read: {error.strerror or error}") from error
    except (RecursionError, MemoryError) as error:
        raise original.fail("is nested too deeply or too large to be read") from error
