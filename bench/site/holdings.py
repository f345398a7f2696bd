"""One generated corpus, kept in two ways: as an archive with its index, and as the table that Datasette serves."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.corpus import generate
from mabillon.archive import Archive, ingest
from mabillon.archive.indexing import open_index
from mabillon.document import fingerprint
from mabillon.record import Record

IN_A_PACK = 1_000
COLUMNS = ("id", "title", "type", "date", "number", "sender", "recipient", "classification", "text")


@dataclass(frozen=True, slots=True)
class Both:
    """Where they lie. `ids` are records that both hold, spread over the whole."""

    archive: Path
    table: Path
    ids: tuple[str, ...]


def build(folder: Path, count: int) -> Both:
    """Build both in `folder`, or find them there. A pack of the archive is a file that says for which cables it stands:
    reading is another bench's, and 300,000 files would say nothing of serving. Names stay unlinked: all are coined."""
    done = folder / f"built-{count}.txt"
    both = folder / "archive", folder / "rows.db"
    if not done.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        packs = folder / "packs"
        packs.mkdir(parents=True)
        write_packs(packs, count)
        with Archive.create(both[0]) as archive:
            ingest([packs], archive, read_pack, workers=2)
            open_index(archive).close()
            done.write_text("\n".join(write_table(both[1], archive, count)))
    return Both(*both, tuple(done.read_text().split()))


def write_packs(folder: Path, count: int, first: int = 0) -> None:
    """Write the packs of `count` cables, from number `first` on."""
    for start in range(first, first + count, IN_A_PACK):
        (folder / f"{start:09}.pack").write_text(f"{start} {min(IN_A_PACK, first + count - start)}")


def read_pack(path: Path) -> Iterator[Record]:
    """Yield the records of a pack as if its file held them."""
    sha256 = fingerprint(path.read_bytes())
    first, count = map(int, path.read_text().split())
    for number, cable in enumerate(generate(count, first=first), 1):
        assert cable.record.source is not None
        cable.record.source.sha256, cable.record.source.part = sha256, f"d{number}"
        yield cable.record


def write_table(path: Path, archive: Archive, count: int) -> list[str]:
    """Write the same records as rows, and return the ids of some hundred of them."""
    every = max(1, count // 400)
    ids: list[str] = []
    database = sqlite3.connect(path)
    database.execute(f"create table records ({', '.join(COLUMNS)}, primary key (id)) without rowid")
    records = archive.records()
    while batch := list(islice(records, IN_A_PACK)):
        marks = ", ".join("?" * len(COLUMNS))
        database.executemany(f"insert into records values ({marks})", [_row(record) for record in batch])
        ids += [record.id for record in batch[::every]]
    database.commit()
    database.close()
    return ids


def _row(record: Record) -> tuple[str | None, ...]:
    values = (record.title, record.type, record.date, next(iter(record.numbers), None),
              next(iter(record.senders), None), next(iter(record.recipients), None), record.classification)  # fmt: skip
    shown = (str(value.value) if value else None for value in values)
    return record.id, *shown, record.source.text if record.source else None
