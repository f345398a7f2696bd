"""Citations of a record: as notes and bibliographies write them, and as reference managers read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from mabillon.publish.address import Publisher
from mabillon.publish.citations import STYLES, formatted
from mabillon.record import Record
from mabillon.web.language import Language, languages
from mabillon.web.moments import show_moment
from mabillon.web.titles import title_of

__all__ = ["FORMATS", "STYLES", "Reference", "cite", "csl", "embedded", "export", "reference_of",
           "write_references"]  # fmt: skip

_PLAIN = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LETTERS = frozenset({"telegram", "letter", "note", "despatch", "airgram", "memorandum"})
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%",
    "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
FORMATS = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems", "csl.json": "application/json"}
"""Formats by the end of their address, with their media types."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation needs. `day` is (year, month, day) as far as known; `lies` is the archival reference, or ""."""

    id: str
    title: str
    type: str
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    date: str
    day: tuple[int, ...]
    lies: str
    archive: str
    url: str
    language: str


def reference_of(record: Record, url: str, archive: str) -> Reference:
    """Return what is to be cited of `record`, which is found at `url` in the archive named `archive`."""
    senders = tuple(agent.value for agent in record.senders)
    recipients = tuple(agent.value for agent in record.recipients)
    type = str(record.type.value) if record.type else ""
    title = title_of(str(record.title.value) if record.title else None, type, senders, recipients, _english())
    date = str(record.date.value) if record.date else ""
    citation = record.catalogue.citation if record.catalogue else None
    return Reference(
        id=record.id, title=" ".join(title.split()), type=type, senders=senders, recipients=recipients,
        date=date, day=_day(date), lies=str(citation.value) if citation else "", archive=archive, url=url,
        language=str(record.language.value) if record.language else "",
    )  # fmt: skip


def _english() -> Language:
    return languages()["en"]


def _day(date: str) -> tuple[int, ...]:
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def cite(reference: Reference, style: str) -> str:
    """Return a citation in one of STYLES: Chicago 17, 14.221 (manuscript collections), MLA 9 or APA 7."""
    item = csl(reference)
    if reference.date and not _PLAIN.fullmatch(reference.date):  # in words: styles know neither "about" nor "195X"
        item["issued"] = {"literal": show_moment(reference.date, _english())}
    return formatted(item, style)


def export(reference: Reference, format: str) -> str | dict[str, Any]:
    """Return the citation in one of FORMATS: text, or for CSL-JSON plain data."""
    if format == "csl.json":
        return csl(reference)
    return ris(reference) if format == "ris" else bibtex(reference)


def write_references(format: str, records: Iterable[Record], publisher: Publisher) -> Iterator[bytes]:
    """Yield the citations of many records in one of FORMATS, piece by piece."""
    if format == "csl.json":
        yield b"["
    for number, record in enumerate(records):
        said = export(reference_of(record, publisher.record(record.id), publisher.name), format)
        if isinstance(said, str):
            yield (said + ("\n" if format == "bib" else "\r\n")).encode("utf-8", "replace")
        else:
            yield (b",\n" if number else b"\n") + orjson.dumps(said)
    if format == "csl.json":
        yield b"\n]\n"


def bibtex(reference: Reference) -> str:
    fields = {
        "title": reference.title,
        "author": " and ".join(f"{{{_tex(name)}}}" for name in reference.senders),
        "year": f"{reference.day[0]:04}" if reference.day else "",
        "date": reference.date if reference.day else "",
        "howpublished": " ".join(part for part in (_kind(reference), _to(reference)) if part),
        "note": reference.lies,
        "organization": reference.archive,
        "url": reference.url,
    }
    lines = [
        f"  {name} = {{{value if name in ('author', 'url') else _tex(value)}}}"
        for name, value in fields.items()
        if value
    ]
    key = re.sub(r"\W", "", reference.id)
    return f"@misc{{mabillon-{key},\n" + ",\n".join(lines) + "\n}\n"


def _kind(reference: Reference) -> str:
    return _english().term("type", reference.type) if reference.type else ""


def _to(reference: Reference) -> str:
    return f"to {', '.join(reference.recipients)}" if reference.recipients else ""


def _tex(words: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in words)


def ris(reference: Reference) -> str:
    """Return a RIS record: TY PCOMM for what was sent to somebody, else UNPB."""
    date = "/".join(f"{part:0{4 if n == 0 else 2}}" for n, part in enumerate(reference.day))
    lines = [("TY", "PCOMM" if reference.type in _LETTERS else "UNPB"), ("TI", reference.title)]
    lines += [("AU", name) for name in reference.senders] + [("A2", name) for name in reference.recipients]
    lines += [("PY", date[:4]), ("DA", date), ("M3", _kind(reference)), ("CN", reference.lies)]
    lines += [("DB", reference.archive), ("LA", reference.language), ("ID", reference.id), ("UR", reference.url)]
    said = [(tag, " ".join(value.split())) for tag, value in lines]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in said if value) + "ER  - \r\n"


def csl(reference: Reference) -> dict[str, Any]:
    """Return a CSL-JSON item (schema 1.0.2)."""
    item: dict[str, Any] = {
        "id": reference.id,
        "type": "personal_communication" if reference.type in _LETTERS else "document",
        "title": reference.title,
        "genre": _kind(reference).lower(),
        "author": [{"literal": name} for name in reference.senders],
        "recipient": [{"literal": name} for name in reference.recipients],
        "issued": _issued(reference),
        "archive": reference.archive,
        "archive_location": reference.lies,
        "language": reference.language,
        "URL": reference.url,
    }
    return {name: value for name, value in item.items() if value}


def _issued(reference: Reference) -> dict[str, Any] | None:
    """Return the date as CSL-JSON has it: one, or the ends of an interval; `circa` where it is qualified."""
    parts = [list(day) for day in map(_day, reference.date.split("/")) if day]
    if not parts:
        return None
    return {"date-parts": parts, **({"circa": True} if re.search("[~?%X]", reference.date) else {})}


def embedded(reference: Reference) -> list[tuple[str, str]]:
    """Return `<meta>` names and contents that reference managers pick up (Highwire Press, Dublin Core)."""
    date = "/".join(f"{part:0{4 if n == 0 else 2}}" for n, part in enumerate(reference.day))
    tags = [("citation_title", reference.title), ("DC.title", reference.title), ("DC.type", _kind(reference))]
    tags += [("citation_author", name) for name in reference.senders]
    tags += [("DC.creator", name) for name in reference.senders]
    tags += [("citation_publication_date", date), ("citation_language", reference.language)]
    tags += [("DC.date", reference.date), ("DC.source", reference.lies), ("DC.publisher", reference.archive)]
    tags += [("DC.identifier", reference.url), ("citation_public_url", reference.url)]
    return [(name, content) for name, content in tags if content]
