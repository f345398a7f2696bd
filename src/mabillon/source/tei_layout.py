"""How an edition sets each TEI element: on lines of its own or not, and what part of the document it is."""

from __future__ import annotations

from mabillon.source.builder import word_set
from mabillon.source.tei_names import Element, local

_SPACED = word_set(
    "p ab head opener closer list table lg postscript div div0 div1 div2 div3 div4 div5 div6 div7 floatingText "
    "attachment trailer argument epigraph sp quote cit figure titlePage body front back group text"
)
_LINES = word_set(
    "fw catchwords printedheader "
    "dateline salute signed byline address addrLine item row l label docTitle titlePart docDate docImprint docAuthor "
    "stage speaker closer-line"
)
_REGIONS = {
    "p": "paragraph", "ab": "paragraph", "head": "heading", "opener": "opener", "closer": "closer",
    "dateline": "dateline", "salute": "salutation", "signed": "signature", "postscript": "postscript", "item": "item",
    "table": "table", "row": "row", "cell": "cell", "floatingText": "enclosure", "attachment": "enclosure",
    "stamp": "stamp", "quote": "quotation", "fw": "furniture", "catchwords": "furniture",
    "printedheader": "furniture", "persName": "person", "placeName": "place",
    "settlement": "place", "orgName": "organization", "gloss": "organization", "date": "date", "num": "number",
    "idno": "number", "address": "paragraph", "trailer": "paragraph", "byline": "paragraph",
}  # fmt: skip
_DIVISIONS = {
    "attachment": "enclosure", "enclosure": "enclosure", "inclosure": "enclosure", "annex": "enclosure",
    "tab": "enclosure",
    "opener": "opener", "closer": "closer", "dateline": "dateline", "postscript": "postscript",
    "salutation": "salutation",
    "signature": "signature", "address": "paragraph",
}  # fmt: skip
_LISTS = {"participants": "participants", "distribution": "distribution", "subject": "subject"}
_RS = {"person": "person", "pers": "person", "place": "place", "org": "organization", "organisation": "organization",
       "organization": "organization", "institution": "organization"}  # fmt: skip


def lines_around(element: Element, name: str) -> int:
    """Return 2 if blank lines stand around an element, 1 if it begins a line, 0 if it runs on."""
    if name == "quote" and not is_block_quote(element):
        return 0
    block = 2 if name in _SPACED else 1 if name in _LINES else 0
    if name in ("seg", "idno", "address") and parent_name(element) in ("opener", "closer"):
        return 1
    if name in ("head", "opener", "list") and parent_name(element) in ("list", "table", "item"):
        return min(block, 1)
    return block


def kind_of(element: Element, name: str) -> str:
    """Return the kind of region that an element is, "" if none."""
    if name.startswith("div"):
        return _DIVISIONS.get((element.get("type") or "").casefold(), "")
    if name in ("rs", "name"):
        return _RS.get((element.get("type") or "").casefold(), "")
    if name == "list":
        return _LISTS.get(element.get("type") or "", "")
    return _REGIONS.get(name, "")


def is_block_quote(element: Element) -> bool:
    return any(local(child) in ("p", "lg", "ab", "opener", "head", "list") for child in element)


def parent_name(element: Element) -> str:
    parent = element.getparent()
    return local(parent) if parent is not None else ""
