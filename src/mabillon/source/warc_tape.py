"""The bytes of a WARC in order, unpacked where they are compressed, with a way on behind a damaged place.

WARC 1.1 (ISO 28500:2017), annex D: each record of a compressed file is a gzip member of its own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 64 * 1024
GZIP = b"\x1f\x8b\x08"
RECORD = b"WARC/"
_SIGHT = 4096
_AFTER_LINE = b"\n" + RECORD


class Damage(Exception):
    """A record cannot be read. Its words say why."""


def starts_warc(head: bytes) -> bool:
    """Say whether a file that begins with `head` is a WARC, compressed or not."""
    return head.startswith(RECORD) or (head.startswith(GZIP) and _holds_record(head))


def _holds_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 16).startswith(RECORD)
    except zlib.error:
        return False


class Tape:
    """Reads forward. `at` is the place in the file where what is read next begins (of its gzip member, if packed)."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._packed = raw.read(len(GZIP)) == GZIP
        self._wind(0)

    def _wind(self, place: int) -> None:
        self._raw.seek(place)
        self._buffer = b""
        self._done = 0  # of the buffer
        self._member: zlib._Decompress | None = None
        self._input = b""
        self._place = self._start = place

    @property
    def at(self) -> int:
        return self._start if self._packed else self._place - len(self._buffer) + self._done

    def ahead(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer at the end, and stay where it is."""
        while len(self._buffer) - self._done < size:
            if self._packed and self._done == len(self._buffer):
                more = self._unpacked(begin=True)
            else:
                more = self._unpacked() if self._packed else self._read()
            if not more:
                break
            self._buffer = self._buffer[self._done :] + more
            self._done = 0
        return self._buffer[self._done : self._done + size]

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, at least one unless the file ends here."""
        if self._done == len(self._buffer):
            self.ahead(1)
        piece = self._buffer[self._done : self._done + size]
        self._done += len(piece)
        return piece

    def line(self, limit: int) -> bytes:
        """Return the next line with its end. Raises Damage if it is longer than `limit` bytes."""
        size = 256
        while True:
            sight = self.ahead(size)
            end = sight.find(b"\n") + 1
            if end or len(sight) < size:
                return self.read(end or len(sight))
            if size >= limit:
                raise Damage("a line of its header has no end")
            size = min(limit, size * 4)

    def _read(self) -> bytes:
        piece = self._raw.read(CHUNK)
        self._place += len(piece)
        return piece

    def _unpacked(self, begin: bool = False) -> bytes:
        """Return the next unpacked bytes; with `begin` they are the first of what is read next."""
        while True:
            self._input = self._input or self._read()
            if self._member is None:
                if not self._input:
                    return b""
                self._member = zlib.decompressobj(31)
                if begin:
                    self._start = self._place - len(self._input)
            out = self._unpack(self._member)
            if self._member.eof:
                self._input, self._member = self._member.unused_data, None
            elif not out and not self._input:
                raise Damage("the file ends within it")
            if out:
                return out

    def _unpack(self, member: zlib._Decompress) -> bytes:
        try:
            out = member.decompress(self._input, CHUNK)
        except zlib.error as error:
            raise Damage("its compressed bytes are damaged") from error
        self._input = b"" if member.eof else member.unconsumed_tail
        return out

    def skip_damage(self, place: int) -> bool:
        """Go to the first record that begins behind `place`; False where there is none."""
        self._raw.seek(place + 1)
        found = next(self._records_behind(place + 1), None)
        if found is None:
            return False
        self._wind(found)
        return True

    def _records_behind(self, place: int) -> Iterator[int]:
        sought, lead = (GZIP, 0) if self._packed else (_AFTER_LINE, 1)
        kept = b""
        while piece := self._raw.read(CHUNK):
            sight = kept + piece
            last = len(piece) < CHUNK
            at = sight.find(sought)
            while at >= 0 and (last or at < len(sight) - _SIGHT):
                if not self._packed or _holds_record(sight[at : at + _SIGHT]):
                    yield place + at + lead
                at = sight.find(sought, at + 1)
            cut = max(0, len(sight) - _SIGHT)
            kept, place = sight[cut:], place + cut
