"""The records of a WARC one by one, each held to the length and the digest that it states."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from mabillon.source.original import WHOLE_LIMIT
from mabillon.source.warc_tape import CHUNK, RECORD, Damage, Tape

_LINE, _LINES = 64 * 1024, 500
_DAMAGES = 100
"""Damaged places beyond which the rest is left: a file made to be slow could have one at every line."""
_KEPT = ("response", "resource", "conversion")
_PAGES = ("http://", "https://", "ftp://", "file://")


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record of a page or file of a site. `ordinal` counts all records of the WARC from 1, `at` its bytes from 0."""

    ordinal: int
    at: int
    type: str
    url: str
    media_type: str
    block: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the WARC is damaged."""

    at: int
    reason: str
    url: str = ""

    def __str__(self) -> str:
        return f"at byte {self.at:,}{f' ({self.url})' if self.url else ''}: {self.reason}"


def records(raw: BinaryIO) -> Iterator[WarcRecord | Fault]:
    """Yield what a crawler kept of each address, and each damaged record as a Fault in its place.

    Requests, crawl logs and revisits (a page found unchanged: its words stand in the record they refer to) are passed
    by. Memory holds one record at a time.
    """
    tape, ordinal, faults = Tape(raw), 0, 0
    while True:
        ordinal += 1
        headers: dict[str, str] = {}
        place = tape.at
        try:
            if not tape.ahead(1):
                return
            place = tape.at
            headers = _headers(tape)
            found = _record(tape, headers, ordinal, place)
        except Damage as damage:
            yield Fault(place, str(damage), _url(headers))
            faults += 1
            if faults == _DAMAGES:
                yield Fault(place, "nor was anything behind it read, so many places are damaged")
                return
            if not tape.skip_damage(place):
                return
            continue
        if found is not None:
            yield found


def _headers(tape: Tape) -> dict[str, str]:
    if not tape.line(_LINE).startswith(RECORD):
        raise Damage("no record begins here")
    headers: dict[str, str] = {}
    name = ""
    for _ in range(_LINES):
        line = tape.line(_LINE)
        if not line:
            raise Damage("the file ends within its header")
        words = line.decode("utf-8", "replace").rstrip("\r\n")
        if not words:
            return headers
        if words[0] in " \t" and name:  # a line that goes on the one before
            headers[name] += f" {words.strip()}"
            continue
        name, _, value = words.partition(":")
        name = name.strip().casefold()
        headers[name] = value.strip()
    raise Damage("its header has no end")


def _url(headers: dict[str, str]) -> str:
    return headers.get("warc-target-uri", "").strip("<>")


def _record(tape: Tape, headers: dict[str, str], ordinal: int, place: int) -> WarcRecord | None:
    """Read the record's block; None where it is nothing that a reader of the site would see."""
    stated = headers.get("content-length", "")
    if not (stated.isascii() and stated.isdigit() and len(stated) < 16):
        raise Damage("it states no length")
    type, url, size = headers.get("warc-type", "").casefold(), _url(headers), int(stated)
    wanted = type in _KEPT and url.casefold().startswith(_PAGES) and size <= WHOLE_LIMIT
    digest, pieces = hashlib.sha1(usedforsecurity=False), list[bytes]()
    left = size
    while left:
        piece = tape.read(min(left, CHUNK))
        if not piece:
            raise Damage("the file ends within it")
        left -= len(piece)
        if wanted:
            digest.update(piece)
            pieces.append(piece)
    _end(tape, place)
    if not wanted:
        return None
    _check(headers.get("warc-block-digest", ""), digest.digest())
    return WarcRecord(ordinal, place, type, url, headers.get("content-type", ""), b"".join(pieces))


def _end(tape: Tape, place: int) -> None:
    """Behind a block stand blank lines, then the next record or nothing."""
    try:
        while (sight := tape.ahead(1)) and sight in b"\r\n":
            tape.read(1)
        sight = tape.ahead(len(RECORD)) if sight else RECORD
    except Damage:
        if tape.at == place:
            raise
        return  # the next record is the damaged one
    if sight != RECORD:
        raise Damage("its length is not the one that it states")


def _check(stated: str, digest: bytes) -> None:
    """Raises Damage where the SHA-1 that the crawler noted is another; other algorithms are not tried.

    The standard wants base 32; there are WARCs with hexadecimal figures and with base 64.
    """
    name, _, value = stated.partition(":")
    plain, safe = base64.b64encode(digest).decode(), base64.urlsafe_b64encode(digest).decode()
    spellings = (base64.b32encode(digest).decode().casefold(), digest.hex())
    if name.casefold() in ("sha1", "sha-1") and value.casefold() not in spellings and value not in (plain, safe):
        raise Damage("its bytes are not those that its digest was taken of")
