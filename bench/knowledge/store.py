"""An archive of many cables, built by what an ingest writes them with; reading them is another bench's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.knowledge.generate import correspondence
from mabillon.archive import Archive
from mabillon.archive.knowing import renew
from mabillon.archive.times import timestamp
from mabillon.authority.identify import Identifier, Named
from mabillon.authority.index import plain
from mabillon.authority.register import standard
from mabillon.record import Record, encode
from mabillon.search import Entry, Index
from mabillon.store.bulk import chunks
from mabillon.store.counters import put
from mabillon.store.names import NameRow, put_names
from mabillon.store.records import Change, NewRecord, insert_records, seqs_of
from mabillon.store.rows import rows_of
from mabillon.store.sources import READ, KeptSource, insert_sources, start_run

BATCH = 2_000


def build(folder: Path, count: int, seed: int = 1) -> Archive:
    """Return an archive of `count` cables in `folder`, made or found there, with its index and who knew what."""
    done = folder / f"built-{count}"
    if done.is_file():
        return Archive.open(folder / "archive")
    archive = Archive.create(folder / "archive")
    with archive.store.writing() as connection:
        run = start_run(connection, "ingest", timestamp())
    with Index.open(archive.index, create=True) as index:
        for some in chunks(correspondence(count, seed), BATCH):
            records = [one.record for one in some]
            take_in(archive, run, records)
            index.add([Entry(record, frozenset({"public"})) for record in records], new=True)
        index.commit(archive.newest())
    done.write_text("")
    return archive


def take_in(archive: Archive, run: int, records: Sequence[Record]) -> None:
    """Put records with their names, and find out who knew what of them: all that follows an ingest."""
    with archive.store.writing() as connection:
        sources = [
            KeptSource(one.source.sha256, len(one.source.text or ""), one.source.filename, "o", READ)
            for one in records
            if one.source is not None
        ]
        insert_sources(connection, sources, run, timestamp(), "bench")
        new = [NewRecord(one.id, one.source.sha256, None, encode(one), rows_of(one)) for one in records if one.source]
        keys = insert_records(connection, new, Change("read", "bench", "bench", timestamp()))
        seqs = seqs_of(connection, [one.id for one in records])
        put_names(connection, seqs, {one.id: list(_names(one)) for one in records})
        renew(connection, keys)
        put(connection, "known", max(seqs.values()))


_identifier = Identifier(standard())


def _names(record: Record) -> Iterable[NameRow]:
    said = [("sender", agent.value) for agent in record.senders]
    said += [("signatory", agent.value) for agent in record.signatories]
    said += [("recipient", agent.value) for agent in record.recipients]
    said += [
        ("copy", copy.recipient.value) for copy in (record.copies.entries if record.copies else ()) if copy.recipient
    ]
    for n, (relation, name) in enumerate(said):
        found = _identifier.identify(Named(name, "person"))
        if found is None:
            yield NameRow(relation, n, "person", name, plain(name))
        else:
            yield NameRow(relation, n, "person", name, plain(name), found.authority, found.state, found.certainty)
