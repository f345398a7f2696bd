"""TEI P5 in any style of encoding: one letter, a corpus, or a volume with hundreds of documents.

A volume is read one document at a time, so that memory does not grow with it: each `div[@type='document']`, or each
`TEI` of a `teiCorpus`, is a document. External entities are never fetched, and entities that multiply are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from mabillon.document import Document
from mabillon.source.builder import TextBuilder
from mabillon.source.original import WHOLE_LIMIT, Original
from mabillon.source.tei_header import HeaderLine, header_lines, write_header
from mabillon.source.tei_names import XML_ID, XML_LANG, Element, below, children, first, local, plain_attributes
from mabillon.source.tei_register import Register
from mabillon.source.tei_text import TextWriter

TREE_LIMIT = 4 * 1024 * 1024
"""Bytes of a file that is parsed into one tree; larger volumes are streamed."""

_SAFE = {"resolve_entities": "internal", "no_network": True, "load_dtd": False, "huge_tree": False, "collect_ids": False,
         "remove_comments": True, "remove_pis": True}  # fmt: skip
_ROOTS = frozenset(("TEI", "TEI.2", "teiCorpus", "text", "body", "div", "group"))
_VOLUME = re.compile(rb"""<(?:\w+:)?(?:teiCorpus[\s>]|div\d?\s[^<>]{0,2000}?\btype\s*=\s*["']document["'])""")
_EXTERNAL = re.compile(rb"<!ENTITY\s+(?:%\s+)?[\w.:-]+\s+(?:SYSTEM|PUBLIC)\b")
_FRUS = "{http://history.state.gov/frus/ns/1.0}doc-dateTime-"


def read(original: Original) -> Iterator[Document]:
    """Yield the documents of a TEI file. Raises SourceError, after the good documents of a volume."""
    if original.size <= TREE_LIMIT:
        _refuse_external(original, original.whole)
        try:
            root = etree.fromstring(original.whole, etree.XMLParser(**_SAFE))
        except etree.XMLSyntaxError as error:
            if _VOLUME.search(original.whole):
                yield from _stream(original)
            raise _fault(original, error) from error
        yield from _documents(original, root)
    elif _is_volume(original):
        yield from _stream(original)
    else:
        if original.size > WHOLE_LIMIT:
            raise original.fail(
                f"is one TEI document of {original.size:,} bytes; the limit is {WHOLE_LIMIT:,} (volumes of many "
                "documents, with div type='document' or teiCorpus, may be larger)"
            )
        _refuse_external(original, original.whole[:65536])
        try:
            root = etree.fromstring(original.whole, etree.XMLParser(**_SAFE))
        except etree.XMLSyntaxError as error:
            raise _fault(original, error) from error
        yield from _documents(original, root)


def _refuse_external(original: Original, head: bytes) -> None:
    if _EXTERNAL.search(head[:65536]):
        raise original.fail("declares external entities, which are never fetched: write their text into the file")


def _fault(original: Original, error: etree.XMLSyntaxError) -> Exception:
    line = error.lineno or 0
    reason = (error.msg or "malformed").splitlines()[0]
    reason = re.sub(r", line \d+, column \d+.*$", "", reason)
    if "entity" in reason.casefold() and ("loop" in reason or "amplification" in reason or "depth" in reason.casefold()):
        return original.fail(f"is hostile XML: its entities multiply without end ({reason})")
    return original.fail(f"is not well-formed XML: {reason} (line {line})")


def _is_volume(original: Original) -> bool:
    """Look for the sign of a volume in the bytes, without parsing them."""
    with original.stream() as stream:
        before = b""
        while chunk := stream.read(1 << 20):
            if _VOLUME.search(before + chunk):
                return True
            before = chunk[-4096:]
    return False


# from a tree


def _documents(original: Original, root: Element) -> Iterator[Document]:
    name = local(root)
    if name not in _ROOTS:
        raise original.fail(f"is XML of another kind (root element <{name}>), not TEI")
    texts = [node for node in root.iter() if local(node) in ("TEI", "TEI.2")] if name == "teiCorpus" else [root]
    if name in ("TEI", "TEI.2"):
        texts += [node for node in root.iterdescendants() if local(node) in ("TEI", "TEI.2")]
    many = len(texts) > 1 or name == "teiCorpus"
    ordinal = 0
    found = False
    for text in texts:
        volume = document_divisions(text)
        shared = Shared(original, first(text, "teiHeader"), text, volume=bool(volume))
        if name == "teiCorpus":
            shared = shared.under(header_of=first(root, "teiHeader"))
        for division in volume:
            ordinal += 1
            found = True
            yield shared.document(division, division.get(XML_ID) or str(ordinal))
        if not volume and _has_words(text):
            ordinal += 1
            found = True
            yield shared.document(text, (text.get(XML_ID) or str(ordinal)) if many else None)
    if not found:
        raise original.fail("is TEI without a text (an index, a register or a header alone)")


def _has_words(text: Element) -> bool:
    """A letter whose text is not given is still described; an index or register describes no document."""
    if local(text) not in ("TEI", "TEI.2") or first(text, "text") is not None:
        return True
    header = first(text, "teiHeader")
    return header is not None and next(below(header, "correspDesc", "msDesc"), None) is not None


def is_document(node: Element) -> bool:
    return node.get("type") == "document" and local(node).startswith("div")


def document_divisions(text: Element) -> list[Element]:
    """Return the outermost `div[@type='document']` of one TEI text."""
    return [
        node
        for node in text.iter()
        if isinstance(node.tag, str)
        and is_document(node)
        and not any(is_document(above) or (above is not text and local(above) == "TEI") for above in _above(node, text))
    ]


def _above(node: Element, top: Element) -> Iterator[Element]:
    parent = node.getparent()
    while parent is not None and parent is not top:
        yield parent
        parent = parent.getparent()


class Shared:
    """What the documents of one TEI text have in common: the source, and what its header states."""

    def __init__(self, original: Original, header: Element | None, root: Element | None, volume: bool) -> None:
        self._original = original
        self._lines: list[HeaderLine] = header_lines(header, Register(header, root), volume)
        self._type = root.get("type") if root is not None else None
        self._volume = volume

    def under(self, header_of: Element | None) -> Shared:
        """Add what the header of the corpus states."""
        self._lines = self._lines + header_lines(header_of, Register(header_of), volume=True)
        return self

    def document(self, element: Element, part: str | None) -> Document:
        """Return the document that `element` holds: a division, or a whole TEI text."""
        builder = TextBuilder(tight=True)
        write_header(self._lines, builder)
        self._state_attributes(element, builder)
        writer = TextWriter(builder)
        for top in _printed(element):
            builder.block(blank_line=True)
            writer.write(top) if top is not element else writer.content(top)
        writer.write_notes()
        text, metadata = builder.finish()
        original = self._original
        return Document(original.filename, "application/tei+xml", original.sha256, text, part, metadata=metadata)

    def _state_attributes(self, element: Element, builder: TextBuilder) -> None:
        """What attributes alone say: the bounds of the date, the kind of document, the language of the text."""
        earliest, latest = element.get(f"{_FRUS}min"), element.get(f"{_FRUS}max")
        if earliest and latest:
            builder.state("date-bounds", f"{earliest}/{latest}", attributes={"from": earliest, "to": latest})
        if element.get("subtype") and is_document(element):
            builder.state("type", element.get("subtype") or "", attributes={"attribute": "subtype"})
        if not self._volume:
            for node in (element, *children(element, "text")):
                if node.get("type"):
                    builder.state("type", node.get("type") or "", attributes={"attribute": "type"})
                if local(node) != "TEI" and node.get(XML_LANG):
                    builder.state("language", node.get(XML_LANG) or "", attributes={"ident": node.get(XML_LANG) or ""})
        if element.get("n") and is_document(element):
            builder.state("identifier", element.get("n") or "", attributes={"attribute": "n", **plain_attributes(element, "n")})


def _printed(element: Element) -> list[Element]:
    if local(element) in ("TEI", "TEI.2"):
        return list(children(element, "text"))
    return [element]


# from a stream


def _stream(original: Original) -> Iterator[Document]:
    """Yield each document when its end is read, then forget it."""
    with original.stream() as stream:
        _refuse_external(original, stream.read(65536))
    shared: Shared | None = None
    inside: Element | None = None
    ordinal = 0
    in_text = False
    with original.stream() as stream:
        events = etree.iterparse(stream, events=("start", "end"), tag=_TAGS, **_SAFE)
        try:
            for event, node in events:
                name = local(node)
                if event == "start":
                    if name in ("TEI", "TEI.2"):
                        shared, in_text = None, False
                    elif name == "text" and inside is None:
                        in_text = True
                    elif inside is None and is_document(node):
                        inside = node
                    continue
                if name == "teiHeader":
                    shared = Shared(original, node, None, volume=True)
                elif node is inside:
                    ordinal += 1
                    shared = shared or Shared(original, None, None, volume=True)
                    yield shared.document(node, node.get(XML_ID) or str(ordinal))
                    inside = None
                    _forget(node)
                elif inside is None and in_text and name != "TEI":
                    _forget(node)
        except etree.XMLSyntaxError as error:
            raise _fault(original, error) from error


_TAGS = tuple(f"{{*}}{name}" for name in ("TEI", "TEI.2", "teiHeader", "text", "div", "front", "back"))


def _forget(node: Element) -> None:
    """Free an element that was read, and what stands before it in its parent."""
    node.clear(keep_tail=False)
    parent = node.getparent()
    if parent is not None:
        while node.getprevious() is not None:
            del parent[0]
