"""XML in the small: elements below others, and words without what XML cannot hold."""

from __future__ import annotations

import re

from lxml import etree

Element = etree._Element
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(words: str) -> str:
    """Return words on one line without signs that XML 1.0 cannot hold."""
    return " ".join(legal(words).split())


def legal(words: str) -> str:
    return _ILLEGAL.sub("\ufffd", words)


class Maker:
    """Makes elements of one namespace."""

    def __init__(self, namespace: str, prefix: str | None = None) -> None:
        self.namespace = namespace
        self._names = {prefix: namespace}

    def __call__(
        self, parent: Element | None, name: str, words: str | None = None, /, **attributes: str | None
    ) -> Element:
        tag = f"{{{self.namespace}}}{name}"
        made = etree.Element(tag, nsmap=self._names) if parent is None else etree.SubElement(parent, tag)  # type: ignore[arg-type]
        for key, value in attributes.items():
            if value is not None:
                made.set(key.rstrip("_"), legal(value))
        if words is not None:
            made.text = plain(words)
        return made


def written(element: Element) -> bytes:
    """Return an element as UTF-8 without a declaration."""
    found: bytes = etree.tostring(element, encoding="utf-8")
    return found


def opened(element: Element) -> tuple[bytes, bytes]:
    """Return what stands before the end tag of an element that holds elements, and the end tag."""
    whole = written(element)
    cut = whole.rindex(b"</")
    return whole[:cut], whole[cut:]
