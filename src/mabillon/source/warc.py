"""WARC (ISO 28500): the pages of a site as a crawler kept them, each a document with the address it had."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from mabillon.document import Document, fingerprint
from mabillon.errors import SourceError
from mabillon.source import sniff
from mabillon.source.original import Original, from_bytes
from mabillon.source.warc_page import Page, page_of
from mabillon.source.warc_record import Fault, WarcRecord, records
from mabillon.source.warc_tape import Damage

_TOLD = 5
_WORDS = re.compile(
    r"text/(?:html|plain|(?:x-)?markdown|xml|rtf)|application/(?:xhtml\+xml|xml|tei\+xml|rtf|msword"
    r"|vnd\.openxmlformats-officedocument\.wordprocessingml\.document|vnd\.oasis\.opendocument\.text)"
)
_PLUMBING = re.compile(r"/(?:robots|humans|ads|security|llms)\.txt$", re.IGNORECASE)
_NOTHING = ("is empty", "holds no words")


def read(original: Original) -> Iterator[Document]:
    """Yield a document for each page, text and TEI file of a WARC; a volume gives its documents.

    The part of a document is the ordinal of its record; its address is the one that was crawled. Answers other than
    200, pictures, PDFs, style sheets, menus without words, and a page that came before with the same bytes are no
    documents. Raises SourceError behind the last one where records are damaged, with their places and reasons.
    """
    faults, seen = list[Fault](), set[int]()
    with original.stream() as raw:
        for found in records(raw):
            if isinstance(found, Fault):
                faults.append(found)
                continue
            try:
                page = page_of(found)
                if page is not None and _is_new(page, seen):
                    yield from _documents(original, found, page)
            except (Damage, SourceError) as error:
                reason = error.reason if isinstance(error, SourceError) else str(error)
                if not reason.startswith(_NOTHING):
                    faults.append(Fault(found.at, reason, found.url))
    if faults:
        raise original.fail(_told(faults))


def _is_new(page: Page, seen: set[int]) -> bool:
    key = int(fingerprint(page.content)[:15], 16)
    known = key in seen
    seen.add(key)
    return not known


def _documents(original: Original, found: WarcRecord, page: Page) -> Iterator[Document]:
    if page.media_type and not _WORDS.fullmatch(page.media_type):
        return
    path = _path(found.url)
    inner = from_bytes(page.content, unquote(path).rpartition("/")[2] or "index.html")
    if _PLUMBING.search(path) or not _is_readable(inner, page):
        return
    for document in sniff.read(inner):  # what another archive says of a record is read anew: it has another source here
        part = str(found.ordinal) if document.part is None else f"{found.ordinal}.{document.part}"
        yield dataclasses.replace(
            document, filename=original.filename, sha256=original.sha256, part=part, url=found.url, described=None
        )


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # half an IPv6 address
        return ""


def _is_readable(inner: Original, page: Page) -> bool:
    """Say whether this is a document: feeds and site maps are XML too, and a picture may be called a page."""
    try:
        format = sniff.sniff(inner).name
    except SourceError:
        return False
    if format == "tei":
        return sniff.has_tei_root(inner)
    return format != "warc" and (bool(page.media_type) or format == "html")


def _told(faults: list[Fault]) -> str:
    count = "one of its records" if len(faults) == 1 else f"{len(faults):,} of its records"
    more = [f"and {len(faults) - _TOLD:,} more"] if len(faults) > _TOLD else []
    return f"{count} could not be read, the others were: {'; '.join([*map(str, faults[:_TOLD]), *more])}"
