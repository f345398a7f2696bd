"""Many sources read in parallel processes, their results in the order of the sources.

    for outcome in read_many(paths, render=encode_line, workers=2):
        ...

A source that fails, or that takes its process down with it, costs only itself.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from mabillon.errors import MabillonError, SourceError
from mabillon.pipeline import read_path
from mabillon.record import Record

Render = Callable[[Record], bytes]
"""Makes of a record what the caller wants of it. It runs in the reading process: a function of a module."""

CHUNK_FILES, CHUNK_BYTES = 128, 8 * 1024 * 1024
"""Work is sent in chunks of this many files or bytes at most: a file at a time costs more than it brings."""

SPOOL_BYTES = 4 * 1024 * 1024
"""A source whose output is larger comes back in a temporary file, so that a volume needs no memory."""

ALONE_FILES, ALONE_BYTES = 48, 1024 * 1024
"""Less work than this is done in the calling process: starting others would take longer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source, or the next piece of it.

    content: the rendered records one after the other
    records: how many they are
    failure: why the source could not be read to its end
    last: whether nothing more of this source follows
    """

    path: str
    content: bytes
    records: int
    failure: str | None
    last: bool


@dataclass(frozen=True, slots=True)
class _Result:
    """What a process hands back of one source: the output itself, or the file that holds it."""

    path: str
    content: bytes
    spool: str | None
    records: int
    failure: str | None


def read_many(sources: Sequence[Path | SourceError], render: Render, workers: int = 1) -> Iterator[Outcome]:
    """Yield what comes of each source, in their order. Never raises for what is wrong with a source."""
    if workers == 1 or _is_little(sources):
        for source in sources:
            yield from _read_here(source, render)
        return
    with tempfile.TemporaryDirectory(prefix="mabillon-") as folder:
        for result in _read_in_processes(sources, render, workers, folder):
            yield from _outcomes(result)


def _is_little(sources: Sequence[Path | SourceError]) -> bool:
    return len(sources) == 1 or (len(sources) <= ALONE_FILES and sum(map(_size, sources)) <= ALONE_BYTES)


def _size(source: Path | SourceError) -> int:
    try:
        return os.stat(source).st_size if isinstance(source, Path) else 0
    except (OSError, ValueError):
        return 0


def _read_here(source: Path | SourceError, render: Render) -> Iterator[Outcome]:
    """Yield the records of one source as they are read."""
    failure = None
    for content, failure in _rendered(source, render):
        if failure is None:
            yield Outcome(str(source), content, 1, None, False)
    yield Outcome(_name(source), b"", 0, failure, True)


def _name(source: Path | SourceError) -> str:
    return source.path if isinstance(source, SourceError) else str(source)


def _rendered(source: Path | SourceError, render: Render) -> Iterator[tuple[bytes, str | None]]:
    """Yield each rendered record, and at the end the reason where the source failed."""
    if isinstance(source, SourceError):
        yield b"", source.reason
        return
    try:
        for record in read_path(source):
            yield render(record), None
    except SourceError as error:
        yield b"", error.reason
    except MabillonError as error:
        yield b"", str(error)
    except (RecursionError, MemoryError) as error:
        yield b"", f"is too large or nested too deeply ({type(error).__name__})"
    except Exception as error:
        yield b"", f"the reader failed on it, please report this: {type(error).__name__}: {error}"


def _read_in_processes(
    sources: Sequence[Path | SourceError], render: Render, workers: int, folder: str
) -> Iterator[_Result]:
    waiting: deque[tuple[list[Path | SourceError], Future[list[_Result]]]] = deque()
    pool = ProcessPoolExecutor(workers)
    try:
        for chunk in _chunks(sources, workers):
            waiting.append((chunk, pool.submit(_read_chunk, chunk, render, folder)))
            if len(waiting) > 2 * workers + 1:
                pool, results = _next(pool, waiting, render, workers, folder)
                yield from results
        while waiting:
            pool, results = _next(pool, waiting, render, workers, folder)
            yield from results
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _next(
    pool: ProcessPoolExecutor,
    waiting: deque[tuple[list[Path | SourceError], Future[list[_Result]]]],
    render: Render,
    workers: int,
    folder: str,
) -> tuple[ProcessPoolExecutor, list[_Result]]:
    """Return the results of the oldest chunk. Where a process died, start anew and find out which source killed it."""
    chunk, future = waiting.popleft()
    try:
        return pool, future.result()
    except BrokenProcessPool:
        pool.shutdown(wait=True, cancel_futures=True)
        results = [_read_apart(source, render, folder) for source in chunk]
        pool = ProcessPoolExecutor(workers)
        lost = list(waiting)
        waiting.clear()
        waiting.extend((later, pool.submit(_read_chunk, later, render, folder)) for later, _ in lost)
        return pool, results


def _read_apart(source: Path | SourceError, render: Render, folder: str) -> _Result:
    """Read one source in a process of its own."""
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(_read_chunk, [source], render, folder).result()[0]
        except BrokenProcessPool:
            return _Result(_name(source), b"", None, 0, "the process that read it died (out of memory?)")


def _chunks(sources: Sequence[Path | SourceError], workers: int) -> Iterator[list[Path | SourceError]]:
    """Cut the sources into chunks: large ones, but enough of them to keep every process busy."""
    files = max(8, min(CHUNK_FILES, len(sources) // (4 * workers)))
    chunk, size = list[Path | SourceError](), 0
    for source in sources:
        chunk.append(source)
        size += _size(source)
        if len(chunk) >= files or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _read_chunk(chunk: Iterable[Path | SourceError], render: Render, folder: str) -> list[_Result]:
    return [_read_there(source, render, folder) for source in chunk]


def _read_there(source: Path | SourceError, render: Render, folder: str) -> _Result:
    records, failure, buffer = 0, None, BytesIO()
    spool = None
    for content, failure in _rendered(source, render):
        if failure is None:
            records += 1
            buffer.write(content)
        if buffer.tell() > SPOOL_BYTES:
            spool = _spill(buffer, spool, folder)
    if spool is not None:
        _spill(buffer, spool, folder)
    return _Result(_name(source), b"" if spool else buffer.getvalue(), spool, records, failure)


def _spill(buffer: BytesIO, spool: str | None, folder: str) -> str:
    """Empty the buffer into the temporary file `spool`, made where there is none, and return its path."""
    if spool is None:
        handle, spool = tempfile.mkstemp(dir=folder)
        os.close(handle)
    with open(spool, "ab") as file:
        file.write(buffer.getvalue())
    buffer.seek(0)
    buffer.truncate()
    return spool


def _outcomes(result: _Result) -> Iterator[Outcome]:
    if result.spool is None:
        yield Outcome(result.path, result.content, result.records, result.failure, True)
        return
    with open(result.spool, "rb") as file:
        while piece := file.read(SPOOL_BYTES):
            yield Outcome(result.path, piece, 0, None, False)
    os.unlink(result.spool)
    yield Outcome(result.path, b"", result.records, result.failure, True)
