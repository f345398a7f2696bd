"""TEI P5 in any style of encoding: one letter, a corpus, or a volume with hundreds of documents.

Small files are parsed into a tree, large volumes are streamed; both give the same documents. External entities are
never fetched, and entities that multiply are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from mabillon.document import Document
from mabillon.errors import SourceError
from mabillon.source.encoding import decode
from mabillon.source.original import WHOLE_LIMIT, Original
from mabillon.source.tei_document import documents_of
from mabillon.source.tei_names import PARSING, Element
from mabillon.source.tei_stream import is_duplicate, stream_documents

TREE_LIMIT = 4 * 1024 * 1024
"""Bytes of a file that is parsed into one tree; larger volumes are streamed."""

_VOLUME = re.compile(rb"""<(?:\w+:)?(?:teiCorpus[\s>]|div\d?\s[^<>]{0,2000}?\btype\s*=\s*["']document["'])""")
_EXTERNAL = re.compile(rb"<!ENTITY\s+(?:%\s+)?[\w.:-]+\s+(?:SYSTEM|PUBLIC)\b")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE_REACH = 65536


def read(original: Original) -> Iterator[Document]:
    """Yield the documents of a TEI file. Raises SourceError, for a volume after its good documents."""
    _refuse_external(original)
    if original.size > TREE_LIMIT and _is_volume(original):
        yield from _streamed(original)
        return
    if original.size > WHOLE_LIMIT:
        raise original.fail(
            f"is one TEI document of {original.size:,} bytes; the limit is {WHOLE_LIMIT:,} "
            "(a volume of many documents, with div type='document' or teiCorpus, may be larger)"
        )
    try:
        root = _parse(original.whole)
    except etree.XMLSyntaxError as error:
        if _VOLUME.search(original.whole):
            yield from _streamed(original)
        raise fault(original, error) from error
    yield from documents_of(original, root)


def _parse(content: bytes) -> Element:
    """Return the root. A file that is not in the encoding it declares is read in the one that it shows."""
    try:
        return _parse_tolerant(content)
    except etree.XMLSyntaxError as error:
        if "not proper UTF-8" not in str(error) and "encoding" not in str(error):
            raise
        text = _DECLARATION.sub("", decode(content), count=1)
        return _parse_tolerant(text.encode("utf-8", "replace"))


def _parse_tolerant(content: bytes) -> Element:
    """Return the root, also where two elements have the same xml:id, which printed volumes often have."""
    try:
        return etree.fromstring(content, etree.XMLParser(**PARSING))
    except etree.XMLSyntaxError as error:
        if not is_duplicate(str(error)):
            raise
        parser = etree.XMLParser(recover=True, **PARSING)
        root = etree.fromstring(content, parser)
        for entry in parser.error_log:
            if not is_duplicate(entry.message):
                raise etree.XMLSyntaxError(entry.message, entry.type, entry.line, entry.column) from error  # type: ignore[call-arg]
        return root


def _streamed(original: Original) -> Iterator[Document]:
    try:
        yield from stream_documents(original)
    except etree.XMLSyntaxError as error:
        raise fault(original, error) from error


def _refuse_external(original: Original) -> None:
    if original.size <= TREE_LIMIT:
        head = original.whole[:_DOCTYPE_REACH]
    else:
        with original.stream() as stream:
            head = stream.read(_DOCTYPE_REACH)
    if b"<!" in head and _EXTERNAL.search(head.replace(b"\x00", b"")):
        raise original.fail("declares external entities, which are never fetched: put their text into the file")


def _is_volume(original: Original) -> bool:
    """Look for the sign of a volume in the bytes, without parsing them."""
    with original.stream() as stream:
        before = b""
        while chunk := stream.read(1 << 20):
            if _VOLUME.search(before + chunk):
                return True
            before = chunk[-4096:]
    return False


def fault(original: Original, error: etree.XMLSyntaxError) -> SourceError:
    """Say in one line what is wrong with the XML and where."""
    reason = re.sub(r", line \d+, column \d+.*$", "", (error.msg or "malformed").splitlines()[0])
    lower = reason.casefold()
    if "entity" in lower and any(word in lower for word in ("loop", "amplification", "depth", "nested", "exceed")):
        return original.fail(f"is hostile XML: its entities multiply without end ({reason})")
    return original.fail(f"is not well-formed XML: {reason} (line {error.lineno or 0})")
