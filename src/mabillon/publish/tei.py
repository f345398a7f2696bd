"""Records as TEI P5, in the telegram profile: nothing of a record is lost (`source.tei_profile` reads it back).

One record is a `TEI`; enclosures are `TEI` in it, their words a `floatingText` of the cover's; many are a `teiCorpus`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from mabillon.evidence import Mention
from mabillon.publish.tei_header import header
from mabillon.publish.tei_pen import NS, XML_ID, Element, Pen, element, ranges
from mabillon.publish.tei_text import text_element
from mabillon.record import Finding, Record
from mabillon.vocabulary.tei_profile import mention_elements

PUBLISHER = "Mabillon"
_NAME = re.compile(r"[^\w.-]")
_INDENTED = frozenset(
    {
        "TEI", "teiHeader", "fileDesc", "titleStmt", "publicationStmt", "availability", "seriesStmt", "sourceDesc",
        "msDesc", "msIdentifier", "altIdentifier", "msContents", "physDesc", "objectDesc", "supportDesc", "additions",
        "history", "encodingDesc", "profileDesc", "langUsage", "correspDesc", "correspAction", "correspContext",
        "textClass", "keywords", "standOff", "listAnnotation", "spanGrp", "list",
    }
)  # fmt: skip


def tei(record: Record, publisher: str = PUBLISHER, url: str | None = None) -> bytes:
    """Return a record as a TEI file. `publisher` names the archive, `url` is the record's address there."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + _bytes(tei_element(record, publisher, url)) + b"\n"


def tei_corpus(records: Iterable[tuple[Record, str | None]], title: str, publisher: str = PUBLISHER) -> Iterator[bytes]:
    """Yield a `teiCorpus` of records with their addresses, piece by piece: it takes the same memory however long."""
    head = element(None, "teiHeader")
    description = element(head, "fileDesc")
    element(element(description, "titleStmt"), "title", title)
    element(element(description, "publicationStmt"), "publisher", publisher)
    element(element(description, "sourceDesc"), "p", f"Records of {publisher}, each with a description of its own.")
    _indent(head, 1)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="{NS}">\n'.encode() + _bytes(head)
    for record, url in records:
        yield b"\n" + _bytes(tei_element(record, publisher, url))
    yield b"\n</teiCorpus>\n"


def tei_element(record: Record, publisher: str = PUBLISHER, url: str | None = None) -> Element:
    """Return the `TEI` element of a record."""
    id, text = xml_id(record.id), (record.source.text if record.source else None)
    made = _described(record, Pen(id, f"{id}.text", text or ""), publisher, url, 0)
    if text is not None:
        made.insert(1, text_element(record, text, f"{id}.text", id))
    _indent(made, 0)
    return made


def xml_id(id: str) -> str:
    """Return the `xml:id` of a record: its identifier, with a fingerprint where XML has no such name."""
    name = _NAME.sub("_", id)
    return f"r.{name}" if name == id else f"r.{name}.{hashlib.sha256(id.encode()).hexdigest()[:8]}"


def _described(record: Record, pen: Pen, publisher: str, url: str | None, number: int) -> Element:
    made = element(None, "TEI", xml_id=pen.id, type="enclosure" if number else None)
    made.append(header(record, pen, publisher, url, number))
    off = _stand_off(record, pen)
    for count, enclosure in enumerate(record.enclosures, 1):
        inner = Pen(f"{pen.id}.e{count}", pen.text_id, pen.text)
        made.append(_described(enclosure, inner, publisher, None, count))
    if len(off) or number:
        if not len(off):
            element(element(off, "list", type="notes"), "item", "Nothing more is said of it.")
        made.insert(1, off)
    return made


def _stand_off(record: Record, pen: Pen) -> Element:
    """Return `standOff`: names in the body, findings, the passages of the body, and the evidence of every value."""
    made = element(None, "standOff")
    if record.mentions:
        listed = element(made, "list", type="mentions")
        for mention in record.mentions:
            _mention(element(listed, "item"), mention, pen)
    if record.findings:
        listed = element(made, "list", type="findings")
        for finding in record.findings:
            _finding(element(listed, "item", n=finding.id), finding, pen)
    if record.body is not None:
        group = element(made, "spanGrp", type="body")
        for span in record.body.spans:
            element(group, "span", target=ranges(pen.text_id, [span]))
    if pen.annotations:
        made_list = element(made, "listAnnotation", type="evidence")
        made_list.extend(pen.annotations)
    made.extend(pen.certainties)
    return made


def _mention(item: Element, mention: Mention, pen: Pen) -> None:
    name = mention_elements().get(mention.kind)
    made = pen.value(item, name or "name", mention, key=mention.authority, type=None if name else mention.kind)
    if mention.certainty is not None:
        element(item, "certainty", target=f"#{made.get(XML_ID)}", match="@key", locus="value",
                degree=repr(float(mention.certainty)))  # fmt: skip


def _finding(item: Element, finding: Finding, pen: Pen) -> None:
    element(item, "note", finding.message, type="finding", subtype=finding.severity, n=finding.id)
    for value in finding.evidence:
        pen.value(item, "seg", value, type="evidence")


def _bytes(made: Element) -> bytes:
    written: bytes = etree.tostring(made, encoding="utf-8")
    return written


def _indent(made: Element, level: int) -> None:
    """Set each element that holds elements only on lines of its own; words are left as they are."""
    if made.tag.rpartition("}")[2] not in _INDENTED or not len(made):
        return
    made.text = "\n" + "  " * (level + 1)
    for child in made:
        child.tail = made.text
        _indent(child, level + 1)
    made[-1].tail = "\n" + "  " * level
