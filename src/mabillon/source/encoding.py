"""From bytes to characters: what the source declares, what it shows, and what old pages most often are."""

from __future__ import annotations

import codecs
import re

from mabillon.source.guess import guess_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # WHATWG Encoding: pages that say Latin-1 mean Windows-1252
_NOT_CONTROLS = bytes(byte for byte in range(256) if byte >= 32 or byte in b"\t\n\x0b\x0c\r\x1a\x1b")


_SAMPLE = 65536


def mark_of(content: bytes) -> tuple[str, int] | None:
    """Return the encoding and length of a byte order mark, if `content` begins with one."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name, len(mark)
    return None


def is_binary(head: bytes) -> bool:
    """Say whether `head` is no text in any encoding known here: control characters that text does not have."""
    if mark_of(head) or wide_encoding(head):
        return False
    controls = len(head.translate(None, _NOT_CONTROLS))
    return b"\x00" in head or controls * 20 > len(head)


def wide_encoding(head: bytes) -> str | None:
    """Return utf-16-le or -be if `head` is such text without a mark: every other byte is mostly zero."""
    sample = head[: len(head) // 2 * 2]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd * 10 > half * 4 and even * 20 < half:
        return "utf-16-le"
    return "utf-16-be" if even * 10 > half * 4 and odd * 20 < half else None


def declared(head: bytes) -> str | None:
    """Return the codec that an XML declaration or a `<meta charset>` in `head` names, if Python knows it."""
    found = _XML.search(head) or _META.search(head)
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    # these words could be read at all, so they are in no encoding of two or four bytes a character
    return None if name.startswith(("utf-16", "utf-32")) else _ALIASES.get(name, name)


def decode(content: bytes) -> str:
    """Return the characters of `content`; never raises.

    In order: byte order mark; UTF-16 by its zeros; UTF-8 if it is valid (it is never so by chance, whatever a page
    declares); the declared encoding; the one whose letters make the likeliest text.
    """
    mark = mark_of(content)
    if mark:
        return content[mark[1] :].decode(mark[0], "replace")
    wide = wide_encoding(content[:4096])
    if wide:
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    name = declared(content[:4096])
    if name and name != "utf-8":
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return _guess(content)


def _guess(content: bytes) -> str:
    """UTF-8 with a few broken bytes stays UTF-8; else the likeliest encoding of old files."""
    damaged = content.decode("utf-8", "replace")
    high = sum(1 for byte in content[:_SAMPLE] if byte >= 0x80)
    if damaged[:_SAMPLE].count("\ufffd") * 8 < high:
        return damaged
    return content.decode(guess_encoding(content), "replace")
