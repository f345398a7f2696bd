"""Authority records from the registers of TEI editions: listPerson, listPlace, listOrg (TEI P5, 13.3).

Identifiers are taken where the edition gives them and never inferred. The ids of the records are the edition's
`xml:id`s, as its letters cite them in `@ref` and `@key`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from mabillon.authority.records import Authority, AuthorityError, Variant
from mabillon.dates.edtf import is_edtf

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_KINDS = {"person": "person", "org": "org", "place": "place"}
_NAMES = {"person": ("persName",), "org": ("orgName",), "place": ("placeName", "settlement", "geogName")}
_NOT_NAMES = ("mpr_reference", "MRP_PrintIndex", "legacy-name")
"""Subtypes under which editions keep shelf marks and merge notes among the names."""
_SCHEMES = (
    ("gnd", re.compile(r"d-nb\.info/gnd/([\dX-]+)", re.IGNORECASE)),
    ("wikidata", re.compile(r"wikidata\.org/(?:wiki|entity)/(Q\d+)")),
    ("viaf", re.compile(r"viaf\.org/viaf/(\d+)")),
    ("geonames", re.compile(r"geonames\.org/(\d+)")),
)
_COORDINATES = re.compile(r"^\s*(-?\d+(?:[.,]\d+)?)[\s,;]+(-?\d+(?:[.,]\d+)?)\s*$")


def read_register(path: Path, prefix: str = "") -> list[Authority]:
    """Return the authority records of a TEI file, in its order; `prefix` goes before each id.

    An entry without an `xml:id` or a name is left out; [] for a TEI file without a register. Raises AuthorityError,
    naming the file, if it cannot be read or is not well-formed. No entity and no network is followed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.parse(str(path), parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise AuthorityError(f"{path}: {error}") from error
    return [found for entry in root.iter() if (found := _authority(entry, prefix, path.name)) is not None]


def _text(element: etree._Element) -> str:
    """Return the element's text with single spaces; "" for a comment."""
    return " ".join("".join(map(str, element.itertext())).split()) if isinstance(element.tag, str) else ""


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _authority(entry: etree._Element, prefix: str, source: str) -> Authority | None:
    kind, key = _KINDS.get(_local(entry)), entry.get(_ID)
    names = list(dict.fromkeys(_names(entry, kind))) if kind and key else []
    if kind is None or not names:
        return None
    return Authority(
        f"{prefix}{key}", kind, names[0], tuple(Variant(name) for name in names[1:]), _life(entry, "birth"),
        _life(entry, "death"), tuple(_identifiers(entry)), at=_coordinates(entry), source=source,
    )  # fmt: skip


def _names(entry: etree._Element, kind: str) -> Iterator[str]:
    for child in entry:
        if _local(child) not in _NAMES[kind]:
            continue
        described = f"{child.get('type', '')} {child.get('subtype', '')}"
        if not any(word in described for word in _NOT_NAMES):
            yield from _spelt(child)


def _spelt(name: etree._Element) -> Iterator[str]:
    """Return a name as `Family, Given` where its parts are marked, and the forms that its brackets add."""
    parts = {_local(part): _text(part) for part in name}
    family, given = parts.get("surname", ""), parts.get("forename", "")
    text = f"{family}, {given}" if family and given else family or given or _text(name)
    other = re.search(r"\((?:auch|also|eigentl\.|i\.e\.)\s+([^)]+)\)", text)
    text = re.sub(r"\s*\([^)]*\)", "", text).strip(" ,")
    if text:
        yield text
    if other:
        yield other.group(1).strip()


def _life(entry: etree._Element, event: str) -> str | None:
    """Return a date of birth or death. Editions write the first of January where they know only the year, so that a
    day which is that one is taken for its year."""
    for element in entry:
        if _local(element) == event:
            value = element.get("when") or element.get("when-iso") or ""
            value = value.removesuffix("-01-01")
            return value if is_edtf(value) else None
    return None


def _identifiers(entry: etree._Element) -> Iterator[tuple[str, str]]:
    seen = set()
    for element in entry:
        if _local(element) != "idno":
            continue
        text = _text(element)
        for scheme, pattern in _SCHEMES:
            match = pattern.search(text)
            if match and scheme not in seen:
                seen.add(scheme)
                yield scheme, match.group(1)


def _coordinates(entry: etree._Element) -> tuple[float, float] | None:
    for location in entry:
        if _local(location) != "location" or location.get("type") == "located_in_place":
            continue
        for geo in location:
            match = _COORDINATES.match(_text(geo)) if _local(geo) == "geo" else None
            if match:
                latitude, longitude = (float(number.replace(",", ".")) for number in match.groups())
                if abs(latitude) <= 90 and abs(longitude) <= 180:
                    return latitude, longitude
    return None
