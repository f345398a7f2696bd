"""Records as a data package: JSON Lines, CSV and Parquet with a description, checksums, a version, as folder or ZIP.

Two runs over the same archive write the same bytes, whenever it is done.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from mabillon.archive.harvest import Harvest
from mabillon.errors import ArchiveError
from mabillon.publish.address import Publisher
from mabillon.publish.ro_crate import METADATA, Package, Part, describe
from mabillon.record import Record, decode, json_schema
from mabillon.web.api.desk import Desk
from mabillon.web.api.export import write_csv, write_lines
from mabillon.web.api.openapi import program_version
from mabillon.web.api.parquet import MEDIA_TYPE, write_parquet
from mabillon.web.api.table import COLUMNS, FLAT

LINES, TABLE, COLUMNAR = "records.jsonl", "records.csv", "records.parquet"
SCHEMA_FILE, README, SUMS = "record.schema.json", "README.md", "manifest-sha256.txt"
_CHUNK = 1 << 20
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The day that every file in a ZIP bears: the first that it can."""

Tell = Callable[[int], None]
"""Told how many records have been written."""


def write_package(
    desk: Desk, query: str, target: Path, publisher: Publisher, version: str = "", tell: Tell = lambda done: None
) -> Package:
    """Write the records that answer `query` (all, if "") into `target`: a ZIP where it is called so, else a folder,
    which must be absent or empty. `version` is made of the day and the content where none is given.

    Nothing stands at `target` before it is whole. Raises ArchiveError where it cannot be written, QueryError, and
    Refusal where pyarrow is not installed.
    """
    zipped = target.suffix.lower() == ".zip"
    if target.is_dir() and (zipped or any(target.iterdir())):
        raise ArchiveError(f"{target}: something is there already; a package needs a place of its own")
    if target.exists() and not target.is_dir() and not zipped:
        raise ArchiveError(f"{target}: a file is there; name a folder, or a file that ends in .zip")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.absolute().parent) as scratch:
            folder = Path(scratch, "package")
            folder.mkdir()
            package = _fill(folder, desk, query, publisher, version, tell)
            if zipped:
                _zip(folder, Path(scratch, "package.zip"))
            os.replace(f"{folder}.zip" if zipped else folder, target)
    except OSError as failure:
        raise ArchiveError(f"{target}: cannot be written: {failure.strerror or failure}") from failure
    return package


def _fill(folder: Path, desk: Desk, query: str, publisher: Publisher, version: str, tell: Tell) -> Package:
    """Write all files of a package. The tables are made of the lines, so that all three hold the same records, whatever
    changes meanwhile."""
    day = Harvest(desk.archive, desk.reader).latest()[:10]
    count = 0

    def counted(records: Iterable[Record]) -> Iterator[Record]:
        nonlocal count
        for count, record in enumerate(records, 1):
            yield record
            tell(count)

    lines = _write(folder, Part(LINES, "application/jsonl", "Each record whole, one a line.", follows=SCHEMA_FILE),
                   write_lines(counted(desk.every(query))))  # fmt: skip
    table = Part(TABLE, "text/csv", "The records as a table, in UTF-8 with a line of names; lists are joined by “; ”.",
                 columns=tuple(column.name for column in FLAT))  # fmt: skip
    columnar = Part(COLUMNAR, MEDIA_TYPE, "The same table with lists, the text proper, and each record whole as JSON.",
                    columns=tuple(column.name for column in COLUMNS))  # fmt: skip
    schema = Part(SCHEMA_FILE, "application/schema+json", "What a line of records.jsonl is (JSON Schema 2020-12).")
    parts = [
        lines,
        _write(folder, table, write_csv(_read(folder / LINES))),
        _write(folder, columnar, write_parquet(_read(folder / LINES))),
        _write(folder, schema, [json_schema() + b"\n"]),
    ]
    version = version or f"{day}.{lines.sha256[:12]}"
    package = Package(publisher, day, version, count, query, program_version())
    parts.append(_write(folder, Part(README, "text/markdown", "What this is, how to cite it, under which terms."),
                        [_readme(package, parts).encode()]))  # fmt: skip
    size = sum(len(_sum(part.name)) for part in parts) + len(_sum(METADATA))
    sums = Part(SUMS, "text/plain", "The SHA-256 of every other file; sha256sum -c checks them.", size=size)
    described = _write(folder, Part(METADATA, "application/ld+json", ""), [describe(package, [*parts, sums])])
    _write(folder, sums, [_sum(part.name, part.sha256) for part in [*parts, described]])
    return package


def _sum(name: str, sha256: str = "0" * 64) -> bytes:
    """Return a line of the manifest, as `sha256sum` has it. It is as long whatever the sum."""
    return f"{sha256}  {name}\n".encode()


def _read(path: Path) -> Iterator[Record]:
    with path.open("rb") as lines:
        yield from map(decode, lines)


def _write(folder: Path, part: Part, pieces: Iterable[bytes]) -> Part:
    """Write a file and return its part with what its bytes come to."""
    digest, size = hashlib.sha256(), 0
    with (folder / part.name).open("xb") as out:
        for piece in pieces:
            digest.update(piece)
            size += out.write(piece)
    return replace(part, sha256=digest.hexdigest(), size=size)


def _readme(package: Package, parts: Iterable[Part]) -> str:
    files = "\n".join(f"| `{part.name}` | {part.about} |" for part in parts)
    return f"""# {package.title}

{package.about}

Version {package.version}, of {package.day}. Written by Mabillon {package.program}. It is described for machines in
`{METADATA}` (RO-Crate 1.2), and `sha256sum -c {SUMS}` tells whether it is whole.

| file | what |
|---|---|
{files}

## How to cite it

{package.citation}

## Terms

{package.terms}
"""


def _zip(folder: Path, target: Path) -> None:
    """Put the files of a folder into a ZIP, in the order of their names and without the time at which it was done."""
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(path.name, _OLDEST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with path.open("rb") as content, archive.open(entry, "w", force_zip64=True) as out:
                while piece := content.read(_CHUNK):
                    out.write(piece)
