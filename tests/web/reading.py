"""A page read back as a browser reads it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from lxml import html


class Page:
    """The parsed HTML of a page."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = html.document_fromstring(source)

    def ids(self) -> Counter[str]:
        return Counter(self.tree.xpath("//@id"))

    def words(self, path: str = "//body") -> str:
        return " ".join(" ".join(node.text_content().split()) for node in self.tree.xpath(path))

    def links(self) -> list[str]:
        return [str(href) for href in self.tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src")]

    def active(self) -> list[str]:
        """What could run: scripts of its own, event handlers, styles, addresses that are code."""
        blocks = [node for node in self.tree.xpath("//script") if node.text and node.text.strip()]
        found = [node.text for node in blocks if not _is_data(node)]
        found += [f"{node.tag}@{name}" for node in self.tree.iter() if isinstance(node.tag, str)
                  for name in node.attrib if name.startswith("on") or name == "style"]  # fmt: skip
        found += [href for href in self.links() if href.strip().lower().startswith(("javascript:", "data:"))]
        return found + [node.tag for node in self.tree.xpath("//iframe | //object | //embed | //base | //style")]


def _is_data(node: Any) -> bool:
    """Tell whether a script is a block of data, which no browser runs, and nothing in it could end it early."""
    if node.get("type") != "application/ld+json":
        return False
    json.loads(node.text)
    return "<" not in node.text
