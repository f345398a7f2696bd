"""A full-text index for a browser without a server: sorted terms cut into small files, one of which answers a word.

Three kinds of files: `terms.json` (the first term of each piece), `terms-N.json` (term → postings, N counted from 0)
and `records-N.json` (what a hit shows, a few hundred records each). Postings are the differences of record numbers, in
base 36. The words of a text are cut as `static/published.js` cuts those of a question.
"""

from __future__ import annotations

import heapq
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

import orjson

from mabillon.publish.address import caption
from mabillon.record import Record

PIECE = 120_000
"""Bytes of a piece before it is compressed; no piece is larger than this and one term."""
SHOWN = 400
"""Records in one file of what hits show."""
RUN = 1_000_000
"""Postings that are held before they are written to a sorted run."""
COMMON = 5000
"""A term in more records than this, and in more than half of them, tells nothing: it has a count and no postings."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are indexed: in lower case, without accents; a Chinese or Japanese sign is a
    word."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def terms_of(record: Record) -> set[str]:
    """Return the terms of a record: words of text and title, `from:`, `to:` and `year:` for who and when."""
    found = set(words_of(caption(record)))
    found.update(words_of((record.source.text or "") if record.source else ""))
    for field, agents in (("from", record.senders), ("to", record.recipients)):
        found.update(f"{field}:{word}" for agent in agents for word in words_of(agent.value))
    if record.date is not None and re.match(r"\d{4}", str(record.date.value)):
        found.add(f"year:{str(record.date.value)[:4]}")
    return {term[:60] for term in found}


def write_index(records: Iterable[Record], put: Callable[[str, bytes], None]) -> int:
    """Write the index with `put(name, content)` and return the number of records. Memory does not grow with them."""
    with tempfile.TemporaryDirectory() as scratch:
        runs = _Runs(Path(scratch))
        count = _write_shown(records, runs, put)
        _write_terms(runs.merged(), count, put)
    return count


def _write_shown(records: Iterable[Record], runs: _Runs, put: Callable[[str, bytes], None]) -> int:
    shown: list[list[str]] = []
    count = 0
    for record in records:
        for term in terms_of(record):
            runs.add(term, count)
        count += 1
        shown.append(_shown(record))
        if len(shown) == SHOWN:
            put(f"records-{(count - 1) // SHOWN}.json", orjson.dumps(shown))
            shown = []
    if shown:
        put(f"records-{(count - 1) // SHOWN}.json", orjson.dumps(shown))
    return count


def _shown(record: Record) -> list[str]:
    senders = ", ".join(agent.value for agent in record.senders)
    recipients = ", ".join(agent.value for agent in record.recipients)
    who = f"{senders} → {recipients}" if senders and recipients else senders or recipients
    kind = str(record.type.value) if record.type else ""
    return [record.id, caption(record)[:300], str(record.date.value) if record.date else "", kind, who[:200]]


class _Runs:
    """Postings, sorted on disk where they are many."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: list[tuple[str, int]] = []
        self._files: list[Path] = []

    def add(self, term: str, number: int) -> None:
        self._held.append((term, number))
        if len(self._held) >= RUN:
            self._spill()

    def _spill(self) -> None:
        path = self._folder / f"{len(self._files)}"
        self._held.sort()
        with path.open("w", encoding="utf-8") as out:
            out.writelines(f"{term}\t{number}\n" for term, number in self._held)
        self._files.append(path)
        self._held = []

    def merged(self) -> Iterator[tuple[str, int]]:
        self._held.sort()
        streams = [path.open(encoding="utf-8") for path in self._files]
        try:
            yield from heapq.merge(self._held, *map(_read, streams))
        finally:
            for stream in streams:
                stream.close()


def _read(stream: IO[str]) -> Iterator[tuple[str, int]]:
    for line in stream:
        term, _, number = line.partition("\t")
        yield term, int(number)


def _write_terms(postings: Iterable[tuple[str, int]], count: int, put: Callable[[str, bytes], None]) -> None:
    firsts: list[str] = []
    piece: dict[str, list[int | str]] = {}
    size = 0
    for term, group in groupby(postings, key=lambda posting: posting[0]):
        numbers = [number for _, number in group]
        common = len(numbers) > max(COMMON, count // 2)
        written = "" if common else _packed(numbers)
        if piece and size + len(written) > PIECE:
            put(f"terms-{len(firsts) - 1}.json", orjson.dumps(piece))
            piece, size = {}, 0
        if not piece:
            firsts.append(term)
        piece[term] = [len(numbers), written]
        size += len(written) + len(term.encode()) + 12
    if piece:
        put(f"terms-{len(firsts) - 1}.json", orjson.dumps(piece))
    put("terms.json", orjson.dumps({"records": count, "shown": SHOWN, "first": firsts}))


def _packed(numbers: list[int]) -> str:
    """Return numbers that only grow as their differences in base 36, joined by a space."""
    return " ".join(_base36(number - before) for before, number in zip([0, *numbers], numbers, strict=False))


def _base36(number: int) -> str:
    written = ""
    while True:
        number, digit = divmod(number, 36)
        written = _DIGITS[digit] + written
        if not number:
            return written
