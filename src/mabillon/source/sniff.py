"""Formats bid for a source: what its first bytes show counts first, its file name second; the best bid reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from mabillon.document import Document
from mabillon.source.encoding import decode, is_binary, mark_of, wide_encoding
from mabillon.source.original import Original
from mabillon.source.warc_tape import starts_warc

_XML_START = re.compile(r"\s*<\?xml\s", re.IGNORECASE)
_TEI_ROOT = re.compile(r"<(?:\w+:|!DOCTYPE\s+)?(?:TEI|teiCorpus|TEI\.2)[\s>/\[]")
_HTML_START = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)
_HTML_TAG = re.compile(r"</?(?:p|div|br|table|td|span|a|b|i|ul|li|h[1-6]|pre|font|title|meta)\b[^<>]*>", re.IGNORECASE)
_ELEMENT_START = re.compile(r"\s*(?:<!--.*?-->\s*|<[?!][^>]*>\s*)*<[A-Za-z_][\w:.-]*[\s/>]", re.DOTALL)
_MARKDOWN = re.compile(r"^(?:#{1,6} |\*\*\S|> |\|.+\|\s*$|[-*] \S|```)", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n){1,200}?---[ \t]*\r?$", re.MULTILINE)

_ZIP = b"PK\x03\x04"
_SIGNATURES = (
    (b"%PDF-", "is a PDF"),
    (_ZIP, "is a ZIP container (an e-book, an archive or tables)"),
    (b"\x1f\x8b", "is compressed with gzip"),
    (b"\xd0\xcf\x11\xe0", "is a file of an old office program"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"II*\x00", "is a picture"),
    (b"MM\x00*", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"\x7fELF", "is a program"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the formats see of a source: its name's ending and its first characters."""

    suffix: str
    raw: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read: `bid` says from 0 to 1 how sure it is of a source; `module` has
    `read(original) -> Iterator[Document]` and is imported only when its format wins."""

    name: str
    module: str
    bid: Callable[[Head], float]


def _bid_tei(head: Head) -> float:
    if _TEI_ROOT.search(head.text):
        return 0.95
    if _XML_START.match(head.text) and not _HTML_START.match(head.text.partition("?>")[2]):
        return 0.8
    if head.suffix in (".xml", ".tei") and _ELEMENT_START.match(head.text) and not _HTML_START.match(head.text):
        return 0.7
    return 0.0


def _bid_html(head: Head) -> float:
    text = head.text.partition("?>")[2] if _XML_START.match(head.text) else head.text
    if _HTML_START.match(text):
        return 0.9
    tags = len(_HTML_TAG.findall(text))
    if head.suffix in (".html", ".htm", ".xhtml", ".shtml") and "<" in text:
        return 0.75
    return 0.5 if tags >= 4 and text.lstrip().startswith("<") else 0.0


def _bid_markdown(head: Head) -> float:
    if head.suffix in (".md", ".markdown", ".mdown", ".mkd"):
        return 0.6
    return 0.55 if _FRONT_MATTER.match(head.text) else 0.0


def _bid_warc(head: Head) -> float:
    return 1.0 if starts_warc(head.raw) else 0.0


def _bid_docx(head: Head) -> float:
    named = head.suffix in (".docx", ".docm", ".dotx") or b"word/" in head.raw
    return 0.9 if head.raw.startswith(_ZIP) and named else 0.0


def _bid_odt(head: Head) -> float:
    """ODF 1.2 part 3, 3.3: the media type stands uncompressed at the start."""
    named = head.suffix in (".odt", ".ott") or b"mimetypeapplication/vnd.oasis.opendocument.text" in head.raw[:200]
    return 0.95 if head.raw.startswith(_ZIP) and named else 0.0


def _bid_rtf(head: Head) -> float:
    return 1.0 if head.raw.startswith(b"{\\rtf") else 0.0


def _bid_table(head: Head) -> float:
    return 0.9 if head.suffix in (".csv", ".tsv") else 0.0


def _bid_plain(head: Head) -> float:
    return 0.3


CONTAINERS = (
    Format("warc", "mabillon.source.warc", _bid_warc),
    Format("docx", "mabillon.source.docx", _bid_docx),
    Format("odt", "mabillon.source.odt", _bid_odt),
    Format("rtf", "mabillon.source.rtf", _bid_rtf),
)
"""Formats that show in their bytes alone, and may be no text at all."""

FORMATS = (
    Format("tei", "mabillon.source.tei", _bid_tei),
    Format("html", "mabillon.source.html", _bid_html),
    Format("markdown", "mabillon.source.markdown", _bid_markdown),
    Format("table", "mabillon.source.table", _bid_table),
    Format("plain", "mabillon.source.plain", _bid_plain),
)


def sniff(original: Original) -> Format:
    """Return the format that reads this source. Raises SourceError for an empty one and for one that is no text."""
    if original.size == 0:
        raise original.fail("is empty")
    raw = original.head
    suffix = PurePath(original.filename).suffix.lower()
    bare = Head(suffix, raw, "")
    container = max(CONTAINERS, key=lambda entry: entry.bid(bare))
    if container.bid(bare):
        return container
    for signature, reason in _SIGNATURES:
        if raw.startswith(signature):
            raise original.fail(f"{reason}: no reader for this format is installed")
    if is_binary(raw):
        raise original.fail("is binary: no text in any known encoding")
    head = Head(suffix, raw, _characters(raw))
    if not head.text.strip("\ufeff\ufffd \t\r\n\f\x0b") and original.size <= len(raw):
        raise original.fail("holds no words")
    return max(FORMATS, key=lambda entry: entry.bid(head))


def has_tei_root(original: Original) -> bool:
    """Say whether an XML source shows by its root that it is TEI, and not a feed or a site map."""
    return bool(_TEI_ROOT.search(_characters(original.head)))


def _characters(raw: bytes) -> str:
    """The head may end in the middle of a character, so this is not the decoding that is kept."""
    if mark_of(raw) or wide_encoding(raw):
        return decode(raw).lstrip("\ufeff")
    return raw.decode("utf-8", "replace")


def read(original: Original) -> Iterator[Document]:
    """Yield the documents of a source with the reader of its format."""
    reader: Callable[[Original], Iterator[Document]] = import_module(sniff(original).module).read
    yield from reader(original)
