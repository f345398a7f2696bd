"""A TEI volume read one document at a time, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from mabillon.document import Document
from mabillon.source.original import Original
from mabillon.source.tei_document import TEXTS, Frame, Parts, described, has_document, is_document
from mabillon.source.tei_names import PARSING, Element, local
from mabillon.source.tei_profile import is_profile

_WATCHED = tuple(f"{{*}}{name}" for name in (*TEXTS, "teiCorpus", "teiHeader", "text", "div", "front", "back"))


_CHUNK = 1 << 16


def stream_documents(original: Original) -> Iterator[Document]:
    """Yield each document when its end is read, then forget it. Raises etree.XMLSyntaxError after the good ones."""
    volume = _Volume(original)
    parser = etree.XMLPullParser(events=("start", "end"), tag=_WATCHED, **PARSING)
    fault: etree.XMLSyntaxError | None = None
    with original.stream() as stream:
        while fault is None and (chunk := stream.read(_CHUNK)):
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError as error:
                fault = error
            for event, node in parser.read_events():
                assert isinstance(node, Element)
                if event == "start":
                    volume.start(node)
                else:
                    yield from volume.end(node)
    if fault is not None:
        raise fault
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        if not is_duplicate(str(error)):
            raise
    if not volume.found:
        raise original.fail("is TEI that describes no document (a register or a bare header)")


def is_duplicate(reason: str) -> bool:
    """Say whether libxml2 complains only of two elements with one xml:id."""
    return reason.startswith("ID ") and "already defined" in reason


class _Volume:
    """Where in the volume the parser is."""

    def __init__(self, original: Original) -> None:
        self._original = original
        self._parts = Parts()
        self._corpus: Element | None = None
        self._is_corpus = False
        self._header: Element | None = None
        self._frame: Frame | None = None
        self._inside: Element | None = None
        self._described: Element | None = None
        self._in_text = False
        self._texts_documents = 0
        self.found = False

    def start(self, node: Element) -> None:
        name = local(node)
        if self._described is not None:
            return
        if name == "teiCorpus":
            self._is_corpus = True
        elif name in TEXTS:
            self._header = self._frame = None
            self._in_text, self._texts_documents = False, 0
        elif name == "text":
            self._in_text = True
        elif self._inside is None and is_document(node):
            self._inside = node

    def end(self, node: Element) -> Iterator[Document]:
        name = local(node)
        if self._described is not None:
            if node is self._described:
                self._described, self.found = None, True
                yield described(self._original, node, self._parts.name(node))
                _forget(node)
        elif node is self._inside:
            self._inside = None
            self._texts_documents += 1
            yield self._document(node)
            _forget(node)
        elif self._inside is not None:
            return
        elif name == "teiHeader":
            if local_parent(node) == "teiCorpus":
                self._corpus = node
            else:
                self._header = node
                above = node.getparent()
                if above is not None and local(above) in TEXTS and is_profile(above):
                    self._described = above
        elif name in TEXTS:
            if self._is_corpus:
                if not self._texts_documents and has_document(node):
                    frame = Frame(self._original, self._header, node, volume=False, corpus=self._corpus)
                    self.found = True
                    yield frame.document(node, self._parts.name(node))
                _forget(node)
        elif self._in_text and not self._is_corpus:
            _forget(node)

    def _document(self, node: Element) -> Document:
        if self._frame is None:
            self._frame = Frame(self._original, self._header, volume=True, corpus=self._corpus)
        self.found = True
        return self._frame.document(node, self._parts.name(node))


def local_parent(node: Element) -> str:
    parent = node.getparent()
    return local(parent) if parent is not None else ""


def _forget(node: Element) -> None:
    """Free an element that was read, and its elder siblings, all but a header."""
    node.clear()
    elder = node.getprevious()
    while elder is not None and local(elder) != "teiHeader":
        parent = elder.getparent()
        if parent is None:
            break
        parent.remove(elder)
        elder = node.getprevious()
