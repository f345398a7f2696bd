"""The TEI header as lines of words and statements: what the edition says of a document before its text."""

from __future__ import annotations

import re

from mabillon.source.tei_correspondence import correspondence
from mabillon.source.tei_names import Element, below, children, first, local, plain_attributes, words_of
from mabillon.source.tei_register import Register
from mabillon.source.tei_statements import DATING, HeaderLine, Statement, line, moment

_TRANSLATOR = re.compile(r"translat|übersetz|tradu[czt]|перев[её]?[дл]|vertal|çevir", re.IGNORECASE)
_SERIES = frozenset(("s", "m", "series", "complete", "volume", "subseries", "sub-series", "volume-number", "vol"))
_SHELF = re.compile(r"shelf|signat|call", re.IGNORECASE)


_Title = tuple[str, dict[str, str]]


def header_lines(header: Element | None, register: Register, volume: bool = False) -> list[HeaderLine]:
    """Return what a `teiHeader` states. In a `volume` of many documents its titles are the volume's."""
    if header is None:
        return []
    found: list[HeaderLine] = []
    description = first(header, "fileDesc")
    if description is not None:
        found += _titles(description, volume)
        found += _responsible(description)
        found += _manuscript(description, volume)
    profile = first(header, "profileDesc")
    if profile is not None:
        found += correspondence(profile, register)
        found += _profile(profile)
    if description is not None:
        found += _publication(description, volume)
    return found


def _titles(description: Element, volume: bool) -> list[HeaderLine]:
    statement = first(description, "titleStmt")
    found: list[HeaderLine] = []
    if statement is None:
        return found
    own: list[_Title] = []
    series: list[_Title] = []
    seen: set[str] = set()
    for title in children(statement, "title"):
        words, kind = words_of(title), title.get("type") or title.get("level") or ""
        if not words or words in seen or kind in ("iso-date", "short", "label", "desc", "filing"):
            continue
        seen.add(words)
        target = series if volume or kind in _SERIES or title.get("level") in _SERIES else own
        target.append((words, plain_attributes(title, "type", "level", "n")))
    if volume:
        series = sorted(series, key=lambda entry: entry[1].get("type") != "complete")[:1]
    if not own and not volume:
        own = [
            (words_of(title), plain_attributes(title, "type"))
            for title in children(statement, "title")
            if words_of(title)
        ][:1]
        series = [entry for entry in series if not own or entry[0] != own[0][0]]
    for words, attributes in own:
        found += line("Title", Statement("title", words, attributes=attributes))
    for words, attributes in series:
        found += line("Collection", Statement("collection", words, attributes=attributes))
    for statement in children(description, "seriesStmt"):
        series_title = first(statement, "title")
        words = words_of(series_title) if series_title is not None else ""
        if words and not volume and words not in seen:
            seen.add(words)
            found += line("Collection", Statement("collection", words))
    return found


def _responsible(description: Element) -> list[HeaderLine]:
    found: list[HeaderLine] = []
    statement = first(description, "titleStmt")
    if statement is None:
        return found
    authors = [
        Statement("person", words_of(author), attributes={"role": "author", **_reference(author)})
        for author in children(statement, "author")
    ]
    found += line("Author", *authors)
    for entry in below(description, "respStmt"):
        duty = first(entry, "resp")
        if duty is not None and _TRANSLATOR.search(words_of(duty)):
            people = [
                Statement("translator", words_of(name), attributes=_reference(name))
                for name in children(entry, "name", "persName", "orgName")
            ]
            found += line("Translator", *people)
    for editor in children(statement, "editor"):
        if _TRANSLATOR.search(editor.get("role") or ""):
            found += line("Translator", Statement("translator", words_of(editor), attributes=_reference(editor)))
    sponsors = [
        Statement("sponsor", words_of(node)) for node in children(statement, "sponsor", "funder") if not len(node)
    ]
    found += line("Sponsor", *sponsors)
    return found


def _reference(node: Element) -> dict[str, str]:
    own = plain_attributes(node, "ref", "key")
    inner = next(children(node, "persName", "name", "orgName"), None)
    return own or (plain_attributes(inner, "ref", "key") if inner is not None else {})


def _manuscript(description: Element, volume: bool) -> list[HeaderLine]:
    source = first(description, "sourceDesc")
    found: list[HeaderLine] = []
    if source is None or volume:
        return found
    for number, place in enumerate(below(source, "msIdentifier")):
        found += _identifier(place, number)
    for kind in below(source, "objectType"):
        value = kind.get("corresp") or kind.get("key") or ""
        found += line(
            "Object", Statement("type", words_of(kind), value, attributes=plain_attributes(kind, "corresp", "ana"))
        )
    if not found:
        for node in children(source, "bibl", "biblStruct", "biblFull", "p"):
            words = words_of(node)
            if words and (local(node) != "p" or (re.search(r"\d", words) and "," in words)):
                found += line("Source", Statement("citation", words, attributes={"element": local(node)}))
    contents = next(below(source, "msContents"), None)
    if contents is not None:
        words = words_of(contents)
        found += line("Summary", Statement("summary", words))
    return found


def _identifier(place: Element, group: int) -> list[HeaderLine]:
    """The archival reference from the widest part to the narrowest, and the identifiers that are no part of it."""
    parts: dict[str, str] = {}
    names, numbers = [], []
    for node in children(place, "country", "region", "settlement", "institution", "repository", "collection"):
        words = words_of(node)
        if words and words not in names:
            names.append(words)
            parts[local(node)] = words
    marks = list(below(place, "idno"))
    shelf = (
        [node for node in marks if _SHELF.search(node.get("type") or "")]
        or [node for node in marks if not node.get("type") or len(marks) == 1]
        or marks
    )
    for node in shelf:
        words = words_of(node)
        if words and words not in numbers:
            numbers.append(words)
    names = [name for name in names if not any(name in number for number in numbers)]
    if numbers:
        parts["idno"] = "; ".join(numbers)
    found = line("Archive", Statement("citation", ", ".join([*names, *numbers]), group=group, attributes=parts))
    for node in marks:
        if node not in shelf and (words := words_of(node)):
            found += line(
                "Identifier", Statement("identifier", words, group=group, attributes=plain_attributes(node, "type"))
            )
    return found


def _profile(profile: Element) -> list[HeaderLine]:
    found: list[HeaderLine] = []
    creation = first(profile, "creation")
    if creation is not None:
        for date in below(creation, "date"):
            found += line(
                "Date", Statement("date", words_of(date), moment(date), attributes=plain_attributes(date, *DATING))
            )
        places = [
            Statement("place", words_of(node), attributes=_reference(node)) for node in below(creation, "placeName")
        ]
        found += line("Place", *places)
    for usage in children(profile, "langUsage"):
        said = [
            Statement(
                "language", words_of(node), node.get("ident") or "", attributes=plain_attributes(node, "ident", "usage")
            )
            for node in children(usage, "language")
        ]
        found += line("Language", *said)
    for text_class in children(profile, "textClass"):
        terms = [
            Statement("topic", words_of(term), attributes=plain_attributes(term, "ref", "key", "type"))
            for term in below(text_class, "term")
        ]
        found += line("Topics", *terms)
    for abstract in children(profile, "abstract"):
        found += line("Summary", Statement("summary", words_of(abstract)))
    return found


def _publication(description: Element, volume: bool) -> list[HeaderLine]:
    statement = first(description, "publicationStmt")
    found: list[HeaderLine] = []
    if statement is None:
        return found
    publisher = first(statement, "publisher")
    if publisher is not None:
        found += line("Publisher", Statement("publisher", words_of(publisher)))
    for date in children(statement, "date"):
        found += line(
            "Published",
            Statement("published", words_of(date), date.get("when") or "", attributes=plain_attributes(date, *DATING)),
        )
        break
    for licence in below(statement, "licence"):
        paragraph = first(licence, "p")
        words = words_of(paragraph if paragraph is not None else licence)
        found += line(
            "Rights",
            Statement("rights", words, licence.get("target") or "", attributes=plain_attributes(licence, "target")),
        )
        break
    for node in () if volume else below(statement, "idno"):
        found += line("Identifier", Statement("identifier", words_of(node), attributes=plain_attributes(node, "type")))
    return found
