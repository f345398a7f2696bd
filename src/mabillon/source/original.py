"""The bytes of a source as they came, on disk or in memory."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from mabillon.errors import SourceError

HEAD = 4096
"""How many bytes the formats look at when they bid."""

WHOLE_LIMIT = 64 * 1024 * 1024
"""Bytes of a source that is read whole. Only TEI volumes, which are streamed, may be larger."""


_SMALL = 4 * 1024 * 1024  # at most this many bytes are held while only the format or the sum is asked for


@dataclass(frozen=True)
class Original:
    """A source before its format is known. Either `path` or `content` holds the bytes; `name` is for errors."""

    name: str
    filename: str
    path: Path | None = None
    content: bytes | None = None

    def fail(self, reason: str) -> SourceError:
        return SourceError(self.name, reason)

    @cached_property
    def size(self) -> int:
        if self.content is not None:
            return len(self.content)
        assert self.path is not None
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise self.fail(_reason(error)) from error

    @property
    def _is_held(self) -> bool:
        return self.size <= _SMALL or "whole" in self.__dict__

    @cached_property
    def head(self) -> bytes:
        """The first bytes, enough to tell the format."""
        if self._is_held:
            return self.whole[:HEAD]
        with self.stream() as stream:
            return stream.read(HEAD)

    @cached_property
    def whole(self) -> bytes:
        """All bytes. Raises SourceError above WHOLE_LIMIT."""
        if self.size > WHOLE_LIMIT:
            raise self.fail(
                f"too large to be read as one document ({self.size:,} bytes; the limit is {WHOLE_LIMIT:,}): split it"
            )
        with self.stream() as stream:
            return stream.read(WHOLE_LIMIT + 1)

    @cached_property
    def sha256(self) -> str:
        if self._is_held:
            return hashlib.sha256(self.whole).hexdigest()
        with self.stream() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]

    def stream(self) -> BinaryIO:
        """Open the bytes for reading from their start."""
        if self.content is not None:
            return BytesIO(self.content)
        assert self.path is not None
        try:
            return self.path.open("rb")
        except OSError as error:
            raise self.fail(_reason(error)) from error


def from_path(path: Path) -> Original:
    """Return the source at `path`. Raises SourceError if there is no readable regular file."""
    name = str(path)
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        raise SourceError(name, _reason(error)) from error
    if stat.S_ISDIR(mode):
        raise SourceError(name, "is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise SourceError(name, "is not a regular file")
    return Original(name, _as_text(path.name), path=path)


def from_bytes(content: bytes, filename: str) -> Original:
    return Original(filename, filename, content=content)


def _as_text(name: str) -> str:
    """Return a file's name as text. Bytes that are no UTF-8 would make a record that JSON cannot hold."""
    return os.fsencode(name).decode("utf-8", "replace")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    return f"cannot be read: {(error.strerror if isinstance(error, OSError) else None) or error}"
