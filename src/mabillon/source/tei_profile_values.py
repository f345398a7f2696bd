"""Values in a TEI file of the telegram profile, put together again from their elements and their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeVar

import orjson

from mabillon.evidence import Count, Value
from mabillon.source.tei_names import XML_ID, Element, below, children, local
from mabillon.text import Span

V = TypeVar("V", bound=Value)
JOINT = " … "
_RANGE = re.compile(r"#string-range\([^,]*,(\d+),(\d+)\)")


def words(element: Element) -> str:
    """Return the words of an element as they stand; a sign that XML cannot hold is spelt out in a `g`."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    if local(element) == "g" and element.get("type") == "control":
        yield chr(int(element.get("n") or "fffd", 16))
        return
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""


def spans_of(pointers: str) -> list[Span]:
    """Return the passages that `string-range` pointers mean."""
    return [(int(start), int(start) + int(length)) for start, length in _RANGE.findall(pointers)]


class Evidence:
    """What the `standOff` elements of one file say of its values, looked up by the `xml:id` of a value."""

    def __init__(self, top: Element, text: str) -> None:
        self._top, self._text = top, text

    @cached_property
    def _annotations(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for node in below(self._top, "annotation"):
            for pointer in children(node, "ptr"):
                found[(pointer.get("target") or "").removeprefix("#")] = node
        return found

    @cached_property
    def _certainties(self) -> dict[str, Element]:
        return {
            (node.get("target") or "").removeprefix("#"): node
            for node in below(self._top, "certainty")
            if node.get("match") is None
        }

    def value(self, element: Element, wanted: type[V], written: str | None = None, /, **more: Any) -> V:
        """Return the value that stands in `element`: as `written`, else as its words."""
        id = element.get(XML_ID) or ""
        annotation, certainty = self._annotations.get(id), self._certainties.get(id)
        spans = spans_of(annotation.get("target") or "") if annotation is not None else []
        notes = {n.get("type"): n for n in children(annotation, "note")} if annotation is not None else {}
        value: Any = words(element) if written is None else written
        if wanted is Count and element.get("quantity") is not None:
            value = int(element.get("quantity") or "0")
        if (exact := notes.get("value")) is not None:
            value = _exact(exact)
        text = JOINT.join(self._text[start:end] for start, end in spans)
        if local(element) in ("date", "origDate", "language") and annotation is not None:
            text = words(element)
        if (wording := notes.get("wording")) is not None:
            text = words(wording)
        said = {"value": value, "text": text, "spans": spans, **_sureness(certainty), **more}
        return wanted(**said)


def _sureness(certainty: Element | None) -> dict[str, Any]:
    if certainty is None:
        return {"confidence": 1.0}
    found: dict[str, Any] = {"confidence": float(certainty.get("degree") or 1)}
    others = [_exact(node) for node in children(certainty, "desc") if node.get("type") == "alternative"]
    for node in children(certainty, "desc"):
        if node.get("type") == "reason":
            found["reason"] = words(node)
    return found | ({"alternatives": others} if others else {})


def _exact(element: Element) -> Any:
    return orjson.loads(words(element)) if element.get("subtype") == "json" else words(element)
