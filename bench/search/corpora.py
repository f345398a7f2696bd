"""One generated corpus, kept in four ways: as records in a store, in the index, in bare Tantivy, in SQLite FTS5."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy

from bench.corpus import Generated, generate
from mabillon.record import Record, decode, encode
from mabillon.search import Entry, Glance, Index, glance

BATCH = 1_000
FACETS = ("year", "type", "sender", "recipient", "place", "language", "classification", "collection", "finding")
THREE = ("type", "sender", "year")
"""The facets of the comparison by date range, as the other engines' figures were taken."""

RESTRICTED_SHARE = 50
"""One record in so many is for one group only, so that access rules have something to do."""


def facet_values(record: Record) -> dict[str, Any]:
    """Return the same values for every engine."""
    date = record.date.value if record.date else ""
    places = dict.fromkeys(place.value for event in record.events if (place := event.place))
    parts = (
        list((record.catalogue.citation.parts or {}).values()) if record.catalogue and record.catalogue.citation else []
    )
    return {
        "year": int(date[:4]), "day": int(date.replace("-", "")), "type": record.type.value if record.type else "",
        "sender": record.senders[0].value, "recipient": record.recipients[0].value, "place": ", ".join(places),
        "language": record.language.value if record.language else "",
        "classification": record.classification.value if record.classification else "",
        "collection": ", ".join(parts[:2]), "finding": ", ".join(finding.id for finding in record.findings),
    }  # fmt: skip


@dataclass
class Corpora:
    """Where everything lies, and how many seconds each took to build."""

    folder: Path
    count: int
    times: dict[str, float] = field(default_factory=dict)

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def bare(self) -> Path:
        return self.folder / "bare"

    @property
    def store(self) -> Path:
        return self.folder / "store.db"

    @property
    def fts(self) -> Path:
        return self.folder / "fts5.db"


def build(folder: Path, count: int, seed: int = 1950) -> Corpora:
    """Build the corpora in `folder`, or find them there."""
    corpora = Corpora(folder, count)
    done = folder / f"built-{count}-{seed}.json"
    if done.is_file():
        corpora.times = json.loads(done.read_text())
        return corpora
    folder.mkdir(parents=True, exist_ok=True)
    batch: list[Generated] = []
    makers = {
        "store": write_store(corpora.store, batch),
        "index": write_index(corpora.index, batch),
        "bare Tantivy": write_bare(corpora.bare, batch),
    }
    if count < 1_000_000:
        makers["SQLite FTS5"] = write_fts(corpora.fts, batch)
    corpora.times = dict.fromkeys(makers, 0.0)
    cables = generate(count, seed)
    while True:
        batch[:] = islice(cables, BATCH)
        for name, maker in makers.items():
            begun = time.perf_counter()
            next(maker, None)
            corpora.times[name] += time.perf_counter() - begun
        if not batch:
            break
    done.write_text(json.dumps(corpora.times))
    return corpora


def write_store(path: Path, batch: list[Generated]) -> Iterator[None]:
    """Each writer takes what is in `batch`, gives way, and ends when nothing is in it any more."""
    database = sqlite3.connect(path)
    database.execute("pragma journal_mode = wal")
    database.execute("create table record (key integer primary key, id text unique, json blob)")
    while batch:
        rows = [(cable.record.id, encode(cable.record)) for cable in batch]
        database.executemany("insert or replace into record (id, json) values (?, ?)", rows)
        database.commit()
        yield
    database.close()


def write_index(folder: Path, batch: list[Generated]) -> Iterator[None]:
    number = 0
    with Index.open(folder, create=True) as index:
        while batch:
            index.add((entry_of(cable, number + at) for at, cable in enumerate(batch)), new=True)
            number += len(batch)
            yield
        index.commit()


def entry_of(cable: Generated, ordinal: int) -> Entry:
    token = "group:staff" if ordinal % RESTRICTED_SHARE == 0 else "public"
    return Entry(cable.record, frozenset({token}))


def bare_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", stored=True)
    for name in ("year", "day"):
        builder.add_integer_field(name, fast=True, indexed=True)
    for name in FACETS:
        if name != "year":
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def write_bare(folder: Path, batch: list[Generated]) -> Iterator[None]:
    folder.mkdir()
    index = tantivy.Index(bare_schema(), str(folder))
    writer = index.writer(96_000_000, 1)
    while batch:
        for cable in batch:
            writer.add_document(tantivy.Document(id=cable.record.id, body=cable.text, **facet_values(cable.record)))
        yield
    writer.commit()
    writer.wait_merging_threads()


def write_fts(path: Path, batch: list[Generated]) -> Iterator[None]:
    columns = ", ".join(("id", "day", *FACETS))
    database = sqlite3.connect(path)
    database.execute("create virtual table words using fts5(body, content='', tokenize='unicode61')")
    database.execute(f"create table record (number integer primary key, {columns}, body)")
    number = 0
    while batch:
        for cable in batch:
            number += 1
            values = facet_values(cable.record)
            row = (number, cable.record.id, values["day"], *(values[name] for name in FACETS), cable.text)
            database.execute(f"insert into record values ({', '.join('?' * len(row))})", row)
            database.execute("insert into words (rowid, body) values (?, ?)", (number, cable.text))
        database.commit()
        yield
    database.execute("create index record_day on record (day)")
    database.execute("insert into words (words) values ('optimize')")
    database.close()


class Records:
    """What an archive does for a search: read records by id."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path)

    def fetch(self, ids: Sequence[str]) -> list[Glance]:
        marks = ", ".join("?" * len(ids))
        rows = self.database.execute(f"select json from record where id in ({marks})", list(ids))
        return [glance(json) for (json,) in rows]

    def whole(self, count: int) -> list[Record]:
        rows = self.database.execute("select json from record order by key limit ?", (count,))
        return [decode(json) for (json,) in rows]
