"""A process that reads sources for an ingest: paths come in on standard input, pieces go out on standard output.

    python -c 'from mabillon.archive.worker import main; main()' MODULE:FUNCTION INCOMING

Both ways a message is its length in four bytes and that many bytes of MessagePack. A process apart keeps a source that
kills its reader from killing the run, and needs no fork of a program that may have threads.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from mabillon.archive.prepare import ReadPath, Taken, take
from mabillon.errors import ArchiveError

_HEAD = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """One piece of a source, or the failure of the archive that ends the run."""

    piece: Taken | None = None
    fatal: str | None = None


encode_answer = msgspec.msgpack.Encoder().encode
decode_answer = msgspec.msgpack.Decoder(Answer).decode


def name_of(read: ReadPath) -> str | None:
    """Return the name by which another process finds `read`; None if it has none."""
    module, name = getattr(read, "__module__", ""), getattr(read, "__qualname__", "")
    found: Any = sys.modules.get(module)
    return f"{module}:{name}" if module != "__main__" and getattr(found, name, None) is read else None


def read_messages(stream: BinaryIO) -> Iterator[bytes]:
    """Yield messages until the stream ends; one that was cut short is left out."""
    while len(head := stream.read(_HEAD)) == _HEAD:
        message = stream.read(int.from_bytes(head, "big"))
        if len(message) < int.from_bytes(head, "big"):
            return
        yield message


def write_message(stream: BinaryIO, message: bytes) -> None:
    stream.write(len(message).to_bytes(_HEAD, "big") + message)
    stream.flush()


def main() -> None:
    name, incoming = sys.argv[1:3]
    _die_with_parent()
    out = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(2, 1)  # what a library prints must not get between the messages
    try:
        for answer in _work(name, Path(incoming)):
            write_message(out, encode_answer(answer))
    except BrokenPipeError:
        os._exit(1)


def _work(name: str, incoming: Path) -> Iterator[Answer]:
    try:
        read = _reader(name)
    except (ImportError, AttributeError) as failure:
        yield Answer(fatal=f"the reader {name} cannot be loaded: {failure}")
        return
    for n, path in enumerate(read_messages(sys.stdin.buffer)):
        yield from _answers(os.fsdecode(path), incoming, f"{os.getpid()}-{n}", read)


def _reader(name: str) -> ReadPath:
    module, _, function = name.partition(":")
    read: ReadPath = getattr(importlib.import_module(module), function)
    return read


def _answers(path: str, incoming: Path, name: str, read: ReadPath) -> Iterator[Answer]:
    try:
        for piece in take(path, incoming, name, read):
            yield Answer(piece)
    except ArchiveError as failure:
        yield Answer(fatal=str(failure))


def _die_with_parent() -> None:
    """A killed ingest leaves nobody behind who writes (PR_SET_PDEATHSIG, Linux); Ctrl-C is the parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (OSError, AttributeError):
        return
