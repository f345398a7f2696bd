"""Elements of one TEI file, and the evidence of the values in them.

A value is the content of an element that has an `xml:id`. Its words are an `annotation` whose target is a
`string-range` of the text and whose body points to the element; how sure the reading is, is a `certainty`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from mabillon.dates.edtf import FIRST, LAST, bounds, is_edtf
from mabillon.evidence import Value
from mabillon.text import Span
from mabillon.vocabulary.tei_profile import namespace

Element = etree._Element
NS = namespace()
JOINT = " … "
"""Stands between the passages of a wording that is spread over several."""
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ILLEGAL = re.compile("([\x00-\x08\x0b-\x1f\ufffe\uffff])")
_LIMITED = frozenset({"desc", "language", "sponsor"})
"""Elements in which TEI has no `g`."""
_TOKEN = re.compile(r"\S+")
_MINUTE = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d")
_DAY = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")


def element(parent: Element | None, name: str, words: str | None = None, /, **attributes: str | None) -> Element:
    """Return a new TEI element below `parent` with these words. `xml_id` is `xml:id`, a dash is written `_`."""
    tag = f"{{{NS}}}{name}"
    made = etree.Element(tag, nsmap={None: NS}) if parent is None else etree.SubElement(parent, tag)  # type: ignore[dict-item]
    for key, value in attributes.items():
        if value is not None:
            said = _ILLEGAL.sub("\ufffd", value)  # no markup in an attribute can spell a sign out
            made.set(XML_ID if key == "xml_id" else key.strip("_").replace("_", "-"), said)
    if words is not None:
        put_words(made, words)
    return made


def put_words(parent: Element, words: str) -> None:
    """Write words. Signs that XML cannot hold become `<g type="control" n="0c">` around a replacement character."""
    pieces = _ILLEGAL.split(words)
    _append(parent, pieces[0])
    for sign, after in zip(pieces[1::2], pieces[2::2], strict=True):
        element(parent, "g", "\ufffd", type="control", n=f"{ord(sign):02x}")
        _append(parent, after)


def _append(parent: Element, words: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words or None
    else:
        parent.text = (parent.text or "") + words or None


def ranges(text_id: str, spans: list[Span]) -> str:
    """Return passages of the text as pointers (TEI Guidelines, 17.2.4.7 `string-range`)."""
    return " ".join(f"#string-range({text_id},{start},{end - start})" for start, end in spans)


@dataclass(slots=True)
class Pen:
    """Writes values. `id` begins every `xml:id` of the record, `text_id` is that of the text that spans count in."""

    id: str
    text_id: str
    text: str
    annotations: list[Element] = field(default_factory=list)
    certainties: list[Element] = field(default_factory=list)
    _count: int = 0

    def new_id(self) -> str:
        self._count += 1
        return f"{self.id}.v{self._count}"

    def value(self, parent: Element, name: str, value: Value, kind: str = "text", **attributes: str | None) -> Element:
        """Write a value as the element `name` and note its evidence."""
        made = element(parent, name, **attributes)
        words, written, wording = str(value.value), value.value, None
        if kind == "date":
            words = wording = value.text or words
            written = set_date(made, words if written is None else str(written))
        elif kind == "language":
            words = wording = value.text or words
            written = str(written) if _LANGUAGE.fullmatch(str(written)) else "und"
            made.set("ident", written)
        elif kind == "count" and isinstance(written, int):
            made.set("quantity", words)
        if name in _LIMITED:
            words = _ILLEGAL.sub("\ufffd", words)
            wording = words if wording is not None else None
        put_words(made, words)
        self.evidence(made, value, written if kind in ("date", "language", "count") else words, wording)
        return made

    def evidence(self, made: Element, value: Value, written: Any, wording: str | None = None) -> None:
        """Note the evidence of a value that stands in `made` as `written`; `wording` is what it has as its words."""
        id = self.new_id()
        made.set(XML_ID, id)
        self._annotate(id, value, written, wording)
        certainty = element(None, "certainty", target=f"#{id}", locus="value", degree=repr(float(value.confidence)))
        if value.reason is not None:
            element(certainty, "desc", value.reason, type="reason")
        for other in value.alternatives or ():
            _exact(certainty, "desc", other, "alternative")
        self.certainties.append(certainty)

    def _annotate(self, id: str, value: Value, written: Any, wording: str | None) -> None:
        said = JOINT.join(self.text[start:end] for start, end in value.spans) if wording is None else wording
        same = written == value.value and type(written) is type(value.value)
        if not value.spans and not value.text and same:
            return
        target = ranges(self.text_id, value.spans) or f"#{id}"
        annotation = element(None, "annotation", xml_id=f"{id}.e", motivation="identifying", target=target)
        element(annotation, "ptr", target=f"#{id}")
        if value.text != said:
            element(annotation, "note", value.text, type="wording")
        if not same:
            _exact(annotation, "note", value.value, "value")
        self.annotations.append(annotation)


def _exact(parent: Element, name: str, value: Any, type: str) -> None:
    """Write a value so that it comes back as it is: as words, or as JSON where words cannot hold it."""
    if isinstance(value, str) and not (name in _LIMITED and _ILLEGAL.search(value)):
        element(parent, name, value, type=type)
    else:
        element(parent, name, json.dumps(value), type=type, subtype="json")


def set_date(made: Element, edtf: str) -> str:
    """Set the dating attributes of an element: EDTF as it is in @when-custom, and what TEI's own attributes can say.
    Returns what @when-custom holds."""
    for name, said in dating(edtf).items():
        made.set(name, said)
    custom = edtf if _TOKEN.fullmatch(edtf) and edtf.isprintable() else "XXXX"
    made.set("when-custom", custom)
    made.set("datingMethod", "#edtf")
    return custom


def dating(edtf: str) -> dict[str, str]:
    """Return a date as TEI's attributes: `when`, `when-iso` to the minute, `from` and `to`, else the bounds."""
    if not is_edtf(edtf):
        return {}
    if _MINUTE.fullmatch(edtf):
        return {"when-iso": edtf}
    if _DAY.fullmatch(edtf):
        return {"when": edtf}
    if edtf[-1] in "?~%" and _DAY.fullmatch(edtf[:-1]):
        return {"when": edtf[:-1], "cert": "medium"}
    first, _, last = edtf.partition("/")
    if _DAY.fullmatch(first) and _DAY.fullmatch(last):
        return {"from": first, "to": last}
    low, high = bounds(edtf)
    found = {"notBefore": low.date().isoformat()} if low > FIRST else {}
    return found | ({"notAfter": high.date().isoformat()} if high < LAST else {})
