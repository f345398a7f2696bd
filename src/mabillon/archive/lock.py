"""One ingest at a time: a lock on a file, which the system lifts when the process that holds it ends in any way."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mabillon.errors import ArchiveError

_PAUSE = 0.1


@contextmanager
def only_one(path: Path, wait: float, doing: str) -> Iterator[None]:
    """Hold the lock `path`; wait up to `wait` seconds for whoever holds it.

    Raises `ArchiveError`, naming the process that holds the lock and what it does, if it is not free by then.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as failure:
        raise ArchiveError(f"{path}: {failure.strerror or failure}; the archive cannot be written") from failure
    try:
        _acquire(handle, path, wait)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{doing}, process {os.getpid()}".encode(), 0)
        yield
    except OSError as failure:
        raise ArchiveError(f"{path}: {failure.strerror or failure}") from failure
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as held:
            if time.monotonic() >= until:
                who = os.pread(handle, 200, 0).decode("utf-8", "replace") or "another process"
                raise ArchiveError(f"{path.parent}: busy with {who}; wait until it has ended, or stop it") from held
        time.sleep(_PAUSE)
