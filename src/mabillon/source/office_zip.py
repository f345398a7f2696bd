"""The container of DOCX and ODT: a ZIP file that is read by fixed names, never unpacked to disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from mabillon.source.original import Original
from mabillon.source.tei import fault
from mabillon.source.tei_names import PARSING, Element

PART_LIMIT = 32 * 1024 * 1024
"""Bytes of an unpacked part. A tree of it takes many times as much memory."""

_ENTRIES = 10_000
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DOCTYPE_REACH = 65536


class Container:
    """The parts of an office file. Everything raises SourceError with the reason."""

    def __init__(self, original: Original) -> None:
        self._original = original
        try:
            self._zip = zipfile.ZipFile(BytesIO(original.whole))
            self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as error:
            raise original.fail(f"is a damaged ZIP container: {error}") from error
        if len(self._entries) > _ENTRIES:
            raise original.fail(f"is a ZIP container of {len(self._entries):,} files, which no document has")
        for name in self._entries:
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:2]:
                raise original.fail(f"is a hostile ZIP container: it holds a file named {name[:100]!r}")

    def has(self, name: str) -> bool:
        return name in self._entries

    def content(self, name: str) -> bytes:
        """Return a part's bytes; none where there is no such part."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.flag_bits & 1:
            raise self._original.fail("is encrypted: save it without a password")
        if entry.file_size > PART_LIMIT:
            raise self._original.fail(f"unpacks to more than {PART_LIMIT:,} bytes ({name})")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._original.fail(f"is packed in a way that no word processor uses ({name})")
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(PART_LIMIT + 1)  # never more than the size that it states
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error) as error:
            raise self._original.fail(f"is a damaged ZIP container: {name}: {error}") from error
        if _DECLARATIONS.search(content[:_DOCTYPE_REACH].replace(b"\x00", b"")):
            raise self._original.fail(f"is hostile: {name} declares entities, which no word processor writes")
        return content

    def tree(self, name: str) -> Element | None:
        """Return the root of an XML part, None where there is none."""
        content = self.content(name)
        if not content:
            return None
        try:
            return etree.fromstring(content, etree.XMLParser(**PARSING))
        except etree.XMLSyntaxError as error:
            raise fault(self._original, error) from error

    def blocks(self, name: str, parent: str) -> Iterator[Element]:
        """Yield the children of the element `parent` one by one; each is emptied when the next is asked for."""
        content = self.content(name)
        if not content:
            raise self._original.fail(f"holds no {name}: it is no document of a word processor")
        inside = None
        try:
            for event, node in etree.iterparse(BytesIO(content), events=("start", "end"), **PARSING):
                if event == "start":
                    inside = node if node.tag == parent and inside is None else inside
                elif inside is not None and node.getparent() is inside:
                    yield node
                    node.clear()
                    while node.getprevious() is not None:
                        del inside[0]
        except etree.XMLSyntaxError as error:
            raise fault(self._original, error) from error
