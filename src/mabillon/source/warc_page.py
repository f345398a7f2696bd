"""What a server answered: the words of a page out of the HTTP message that a crawler kept."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass

import brotli

from mabillon.source.encoding import declared, mark_of
from mabillon.source.original import WHOLE_LIMIT
from mabillon.source.warc_record import WarcRecord
from mabillon.source.warc_tape import Damage

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """media_type: as the server stated it, lower case, without parameters; empty where it stated none."""

    media_type: str
    content: bytes


def page_of(record: WarcRecord) -> Page | None:
    """Return the page that a record holds; None for an answer that is none (an error, a redirection, no content).

    Raises Damage if its encoding cannot be undone.
    """
    if not record.block.startswith(b"HTTP/"):
        return _page(record.media_type, record.block) if record.type != "response" else None
    end = _HEAD_END.search(record.block)
    if end is None:
        return None
    status, *lines = record.block[: end.start()].decode("latin-1").splitlines()
    if status.split()[1:2] != ["200"]:
        return None
    headers = {name.strip().casefold(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    content = record.block[end.end() :]
    if "chunked" in headers.get("transfer-encoding", "").casefold():
        content = _joined(content)
    for coding in reversed(headers.get("content-encoding", "").casefold().replace(" ", "").split(",")):
        content = _decoded(content, coding)
    return _page(headers.get("content-type", ""), content)


def _page(stated: str, content: bytes) -> Page:
    charset = _CHARSET.search(stated)
    return Page(stated.partition(";")[0].strip().casefold(), _in_utf8(content, charset[1] if charset else ""))


def _joined(content: bytes) -> bytes:
    """Undo chunks (RFC 9112, 7.1). Some crawlers undo them and keep the header: such content is as it should be."""
    pieces, at = [], 0
    while found := _CHUNK_SIZE.match(content, at):
        size = int(found[1], 16)
        pieces.append(content[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if content[at : at + 2] == b"\r\n" else content[at : at + 1] == b"\n"
        if not size or at >= len(content):
            return b"".join(pieces)
    return content


def _decoded(content: bytes, coding: str) -> bytes:
    """Undo a content coding, up to the size of what is read whole. Raises Damage."""
    if coding in ("gzip", "x-gzip") and content.startswith(b"\x1f\x8b"):
        return _inflated(content, 31)
    if coding == "deflate":  # some servers leave the frame of zlib out
        framed = len(content) > 1 and content[0] & 15 == 8 and int.from_bytes(content[:2], "big") % 31 == 0
        return _inflated(content, 15 if framed else -15)
    return _unbrotlied(content) if coding == "br" else content


def _inflated(content: bytes, bits: int) -> bytes:
    member = zlib.decompressobj(bits)
    try:
        out = member.decompress(content, WHOLE_LIMIT + 1)
    except zlib.error as error:
        raise Damage("its content coding is damaged") from error
    return _bounded(out)


def _unbrotlied(content: bytes) -> bytes:
    unpacker, pieces, size = brotli.Decompressor(), [], 0
    try:
        for at in range(0, len(content), 1024):  # a piece unpacks to some megabytes at most
            pieces.append(unpacker.process(content[at : at + 1024]))
            size += len(pieces[-1])
            if size > WHOLE_LIMIT:
                break
    except brotli.error as error:
        raise Damage("its content coding is damaged") from error
    return _bounded(b"".join(pieces))


def _bounded(content: bytes) -> bytes:
    if len(content) > WHOLE_LIMIT:
        raise Damage(f"it unpacks to more than {WHOLE_LIMIT:,} bytes")
    return content


def _in_utf8(content: bytes, charset: str) -> bytes:
    """Return the content in UTF-8 where only the server's header says in which encoding it is."""
    if not charset or mark_of(content) or declared(content[:4096]):
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return content.decode(codecs.lookup(charset).name).encode("utf-8")
        except (LookupError, UnicodeError):  # no such encoding, or not this one
            return content
    return content
