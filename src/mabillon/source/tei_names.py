"""Small things about TEI elements that every TEI module needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

Element = etree._Element
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARSING: dict[str, Any] = {
    "resolve_entities": "internal",
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""No network and no external entity; libxml2's own limits on depth, size and the growth of entities stay on.

`collect_ids=False` would let two elements have one xml:id, but makes libxml2 load the DTD that a file names."""

_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def local_tag(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for a comment, an instruction or an entity."""
    tag = element.tag
    return local_tag(tag) if isinstance(tag, str) else ""


def squeeze(raw: str) -> str:
    return _SPACE.sub(" ", raw).strip()


def words_of(element: Element) -> str:
    """Return the words of an element and all below it on one line; `<lb/>` parts words, notes are left out."""
    return squeeze("".join(_words(element)))


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "lb":
            if child.get("break") != "no":
                yield " "
        elif name and name not in ("note", "del"):
            yield from _words(child)
        yield child.tail or ""


def children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if local(child) in names)


def first(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of local names."""
    for step in path:
        if element is None:
            return None
        element = next(children(element, step), None)
    return element


def below(element: Element, *names: str) -> Iterator[Element]:
    return (node for node in element.iter() if local(node) in names)


def plain_attributes(element: Element, *names: str) -> dict[str, str]:
    return {name: value for name in names if (value := element.get(name))}
