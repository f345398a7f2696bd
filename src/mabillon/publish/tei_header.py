"""The TEI header of a record: what it is, where it lies, what stands on the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mabillon.evidence import Mark, Word
from mabillon.publish.tei_correspondence import correspondence
from mabillon.publish.tei_pen import NS, Element, Pen, element
from mabillon.record import Catalogue, Copies, Record
from mabillon.vocabulary.tei_profile import Slot, schema_key, slots

_SKELETON = {
    "fileDesc": {
        "titleStmt": {},
        "publicationStmt": {},
        "seriesStmt": {},
        "sourceDesc": {
            "msDesc": {
                "msIdentifier": {},
                "msContents": {},
                "physDesc": {"objectDesc": {"supportDesc": {"extent": {}}}, "additions": {}},
                "history": {"origin": {}},
            },
            "bibl": {},
        },
    },
    "encodingDesc": {},
    "profileDesc": {"creation": {}, "langUsage": {}, "correspDesc": {}, "textClass": {"keywords": {}}},
}
"""The elements of a header in the order that TEI wants; those that stay empty are taken out."""
SCHEMA_FILE = "telegram.rng"
"""The profile's own schema, as it is called beside an export."""


def header(record: Record, pen: Pen, publisher: str, url: str | None, number: int = 0) -> Element:
    """Return the `teiHeader`. `number` counts an enclosure in its cover from 1; 0 is a record of its own."""
    made = element(None, "teiHeader")
    _build(made, _SKELETON)
    _publication(record, at(made, "fileDesc/publicationStmt"), publisher, url, number)
    _put_slots(record, made, pen)
    _without_title(record, at(made, "fileDesc/titleStmt"), number)
    if record.source is not None:
        _source(record, at(made, "fileDesc/sourceDesc/bibl"))
    _identifiers(record, at(made, "fileDesc/sourceDesc/msDesc/msIdentifier"), pen, number)
    if record.copies is not None:
        _copies(record.copies, at(made, "fileDesc/sourceDesc/msDesc/physDesc"), pen)
    _marks(record.marks, at(made, "fileDesc/sourceDesc/msDesc/physDesc/additions"), pen)
    if not number:
        element(at(made, "encodingDesc"), "schemaRef", key=schema_key(), n=record.schema, url=SCHEMA_FILE)
    correspondence(record, at(made, "profileDesc/correspDesc"), pen)
    _prune(made)
    return made


def _names(tree: dict[str, Any]) -> Iterator[str]:
    for name, below in tree.items():
        yield name
        yield from _names(below)


_NAMES = frozenset(_names(_SKELETON))


def _build(parent: Element, tree: dict[str, Any]) -> None:
    for name, below in tree.items():
        _build(element(parent, name), below)


def at(parent: Element, path: str) -> Element:
    """Return the element at a path of names."""
    found = parent.find("/".join(f"{{{NS}}}{step}" for step in path.split("/")))
    if found is None:
        above, _, last = path.rpartition("/")
        return element(at(parent, above), last)
    return found


def _prune(parent: Element) -> None:
    for child in list(parent):
        _prune(child)
        bare = not len(child) and not child.text and not child.attrib
        if bare and child.tag.rpartition("}")[2] in _NAMES:
            parent.remove(child)


def _put_slots(record: Record, made: Element, pen: Pen) -> None:
    for slot in slots():
        for value in values_at(record, slot):
            pen.value(at(made, slot.under), slot.element, value, slot.kind, **slot.attributes)


def values_at(record: Record, slot: Slot) -> list[Word]:
    """Return the values of a record that stand at a slot, in order."""
    name = slot.field.removeprefix("catalogue.")
    owner: Record | Catalogue | None = record.catalogue if slot.field != name else record
    found = getattr(owner, name, None)
    return list(found) if isinstance(found, list) else [found] if found is not None else []


def _publication(record: Record, made: Element, publisher: str, url: str | None, number: int) -> None:
    element(made, "publisher", publisher)
    if record.id:
        element(made, "idno", record.id, type="record")
    if number and not record.id:
        element(made, "idno", str(number), type="enclosure")
    if url:
        element(made, "idno", url, type="URL")
    for name, value in (record.catalogue.identifiers if record.catalogue else {}).items():
        element(made, "idno", value, type="identifier", n=name)


def _without_title(record: Record, made: Element, number: int) -> None:
    """TEI wants a title: one that the document does not have is marked as such."""
    if record.title is None:
        kind = str(record.type.value) if record.type else "document"
        title = element(None, "title", f"[Enclosure: {kind}]" if number else f"[{kind}]", type="supplied")
        made.insert(0, title)


def _source(record: Record, made: Element) -> None:
    source = record.source
    assert source is not None
    made.set("type", "source")
    element(made, "title", source.filename, type="filename")
    element(made, "idno", source.sha256, type="sha256")
    element(made, "idno", source.media_type, type="media-type")
    if source.url is not None:
        element(made, "idno", source.url, type="URL")
    if source.part is not None:
        element(made, "biblScope", source.part, unit="part")


def _identifiers(record: Record, made: Element, pen: Pen, number: int) -> None:
    """Write the archival reference from its widest part to the narrowest, then the numbers of the document."""
    citation = record.catalogue.citation if record.catalogue else None
    if citation is not None:
        parts = citation.parts or {}
        if "repository" in parts:
            element(made, "repository", parts["repository"])
        for name, code in parts.items():
            if name != "repository":
                element(made, "collection", code, type=name)
        pen.value(made, "idno", citation, type="citation")
    for one in record.numbers:
        pen.value(element(made, "altIdentifier", type="number"), "idno", one, type=one.kind)
    if not len(made):  # TEI wants one at least
        element(made, "msName", f"enclosure {number}" if number else record.id)


def _copies(copies: Copies, made: Element, pen: Pen) -> None:
    if copies.stated is not None:
        extent = at(made, "objectDesc/supportDesc/extent")
        pen.value(extent, "measure", copies.stated, "count", type="copies", unit="copy")
    if not copies.entries:
        return
    listed = element(at(made, "additions"), "list", type="copies")
    for copy in copies.entries:
        item = element(listed, "item")
        if copy.number is not None:
            pen.value(item, "num", copy.number, type="copy")
        if copy.count is not None:
            pen.value(item, "measure", copy.count, "count", type="count", unit="copy")
        if copy.recipient is not None:
            pen.value(item, "name", copy.recipient, type="recipient")


def _marks(marks: Iterable[Mark], made: Element, pen: Pen) -> None:
    listed = None
    for mark in marks:
        listed = element(made, "list", type="marks") if listed is None else listed
        pen.value(element(listed, "item"), "stamp" if mark.kind == "stamp" else "seg", mark, type=mark.kind)
