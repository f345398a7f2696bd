"""From the elements of a TEI file to documents."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mabillon.document import Document, Metadatum, record_id
from mabillon.record import Catalogue, Record, SourceNote
from mabillon.source.builder import TextBuilder
from mabillon.source.original import Original
from mabillon.source.tei_header import header_lines
from mabillon.source.tei_names import XML_ID, XML_LANG, Element, below, children, first, local
from mabillon.source.tei_profile import is_profile, record_of
from mabillon.source.tei_register import Register
from mabillon.source.tei_statements import HeaderLine, write_header
from mabillon.source.tei_text import TextWriter
from mabillon.text import Text

TEXTS = ("TEI", "TEI.2")
_ROOTS = frozenset((*TEXTS, "teiCorpus", "text", "body", "div", "group"))
_NO_TYPE = ("", "historical-document", "document")
_FRUS = "{http://history.state.gov/frus/ns/1.0}doc-dateTime-"


def is_document(node: Element) -> bool:
    return node.get("type") == "document" and local(node).startswith("div")


class Parts:
    """Names the documents of one source: by `xml:id`, else by ordinal, and never two alike."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._ordinal = 0

    def name(self, element: Element) -> str:
        self._ordinal += 1
        part = element.get(XML_ID) or str(self._ordinal)
        while part in self._given:
            part = f"{part}-{self._ordinal}"
        self._given.add(part)
        return part


class Frame:
    """What the documents of one TEI text have in common: the source, and what its header states."""

    def __init__(
        self,
        original: Original,
        header: Element | None,
        root: Element | None = None,
        volume: bool = True,
        corpus: Element | None = None,
    ) -> None:
        self._original = original
        # a header that says who wrote to whom speaks of one document, however the document is wrapped
        volume = volume and (header is None or next(below(header, "correspDesc"), None) is None)
        self._volume = volume
        self._lines: list[HeaderLine] = header_lines(header, Register(header, root), volume)
        self._lines += header_lines(corpus, Register(corpus), volume=True)

    def document(self, element: Element, part: str | None) -> Document:
        """Return the document that `element` holds: a division, or a whole TEI text."""
        builder = TextBuilder(tight=True)
        write_header(self._lines, builder)
        self._state_attributes(element, builder)
        writer = TextWriter(builder)
        for top in children(element, "text") if local(element) in TEXTS else (element,):
            builder.block(blank_line=True)
            writer.content(top)
        writer.write_notes()
        text, metadata = builder.finish()
        original = self._original
        if not text.value:
            raise original.fail(f"holds no words in document {part}" if part else "holds no words")
        url = None if self._volume else next((said.value for said in metadata if _is_address(said)), None)
        return Document(original.filename, "application/tei+xml", original.sha256, text, part, url, metadata)

    def _state_attributes(self, element: Element, builder: TextBuilder) -> None:
        """What attributes alone say: the bounds of the date, the kind of document, the language of the text."""
        earliest, latest = element.get(f"{_FRUS}min"), element.get(f"{_FRUS}max")
        if earliest and latest:
            builder.state("date-bounds", f"{earliest}/{latest}", attributes={"from": earliest, "to": latest})
        if is_document(element):
            kind = element.get("subtype") or ""
            if kind not in _NO_TYPE:
                builder.state("type", kind, attributes={"attribute": "subtype"})
        if self._volume:
            return
        for node in (element, *children(element, "text")):
            if (kind := node.get("type") or "") not in _NO_TYPE:
                builder.state("type", kind, attributes={"attribute": "type"})
            if local(node) not in TEXTS and (language := node.get(XML_LANG)):
                builder.state("language", language, attributes={"ident": language})


def _is_address(said: Metadatum) -> bool:
    return said.field == "identifier" and said.value.startswith(("https://", "http://"))


def documents_of(original: Original, root: Element) -> Iterator[Document]:
    """Yield the documents of a tree: its `div[@type='document']`, else each text that it holds."""
    name = local(root)
    if name not in _ROOTS:
        raise original.fail(f"is XML of another kind (root element <{name}>), not TEI")
    texts = list(_texts(root)) if name in (*TEXTS, "teiCorpus") else [root]
    corpus = first(root, "teiHeader") if name == "teiCorpus" else None
    parts, found = Parts(), False
    for text in texts:
        if is_profile(text):
            found = True
            yield described(original, text, None if len(texts) == 1 and corpus is None else parts.name(text))
            continue
        volume = document_divisions(text)
        if not volume and not has_document(text):
            continue
        frame = Frame(original, first(text, "teiHeader"), text, bool(volume), corpus)
        alone = len(texts) == 1 and corpus is None
        for element in volume or [text]:
            found = True
            yield frame.document(element, None if alone and not volume else parts.name(element))
    if not found:
        raise original.fail("is TEI that describes no document (a register or a bare header)")


def _texts(top: Element) -> Iterator[Element]:
    """Yield the TEI texts in and below an element; those in a text of the telegram profile are its enclosures."""
    if local(top) in TEXTS:
        yield top
        if is_profile(top):
            return
    for child in children(top, *TEXTS, "teiCorpus"):
        yield from _texts(child)


def described(original: Original, element: Element, part: str | None) -> Document:
    """Return the document that an export of an archive describes, with the record as it stands there.

    The export is its source now, which gives it another identifier; the one it had is kept in the catalogue.
    """
    record = record_of(element)
    text = Text(record.source.text or "" if record.source else "")
    url = record.source.url if record.source else None
    kind = "application/tei+xml"
    source = SourceNote(
        filename=original.filename, media_type=kind, sha256=original.sha256, text=text.value, url=url, part=part
    )
    adopted = _anew(record, record_id(original.sha256, part), source)
    return Document(original.filename, kind, original.sha256, text, part, url, described=adopted)


def _anew(record: Record, id: str, source: SourceNote) -> Record:
    catalogue = record.catalogue or Catalogue()
    if record.id:
        catalogue = msgspec.structs.replace(catalogue, identifiers={"record": record.id, **catalogue.identifiers})
    enclosures = [msgspec.structs.replace(enclosure, id="") for enclosure in record.enclosures]
    return msgspec.structs.replace(record, id=id, source=source, catalogue=catalogue, enclosures=enclosures)


def has_document(text: Element) -> bool:
    """A letter whose text is not given is still described; an index or a register describes no document."""
    if local(text) not in TEXTS or first(text, "text") is not None:
        return True
    header = first(text, "teiHeader")
    return header is not None and next(below(header, "correspDesc", "msDesc"), None) is not None


def document_divisions(text: Element) -> list[Element]:
    """Return the outermost `div[@type='document']` of one TEI text."""
    return [node for node in text.iter() if is_document(node) and not _is_inside(node, text)]


def _is_inside(node: Element, top: Element) -> bool:
    """Say whether a division lies in another document of the same text, or in another text within it."""
    parent = node.getparent() if node is not top else None
    while parent is not None and parent is not top:
        if is_document(parent) or local(parent) in TEXTS:
            return True
        parent = parent.getparent()
    return False
