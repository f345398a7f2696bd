"""The description of a data package (RO-Crate 1.2): what is in it, of which version, by whom, under which terms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mabillon.publish.address import Publisher

METADATA = "ro-crate-metadata.json"
CONTEXT, PROFILE = "https://w3id.org/ro/crate/1.2/context", "https://w3id.org/ro/crate/1.2"
ARCHIVE, TERMS = "#archive", "#terms"
NO_TERMS = (
    "The holder of the archive has stated no licence for these descriptions: ask before you publish them anew. Rights "
    "in the documents themselves are with whoever holds them; where a document's own are known, its record says so "
    "(catalogue.rights)."
)
TERMS_STAND = (
    "The terms of the descriptions. Rights in the documents themselves are with whoever holds them; where a document's "
    "own are known, its record says so (catalogue.rights)."
)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a package. sha256: of its bytes, "" for one that is written after the description; size: in bytes;
    columns: the names of a table's columns; follows: the file that says what each of its lines is."""

    name: str
    media_type: str
    about: str
    sha256: str = ""
    size: int | None = None
    columns: tuple[str, ...] = ()
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """day: when its content last changed, ISO 8601; version: told apart from all others; query: the search that it
    answers, "" for all records; program: the version of Mabillon that wrote it."""

    publisher: Publisher
    day: str
    version: str
    records: int
    query: str
    program: str

    @property
    def title(self) -> str:
        return f"{self.publisher.name}: records" + (f" that answer “{self.query}”" if self.query else "")

    @property
    def citation(self) -> str:
        """How the package is cited: title, version, day, and where it comes from."""
        return f"{self.title}, version {self.version} ({self.day}). {self.publisher.base}".rstrip()

    @property
    def about(self) -> str:
        return (
            f"{self.records:,} record{'s' * (self.records != 1)} of diplomatic cables, telegrams and letters, as "
            "everybody may see them. The JSON Lines hold each whole: every value with the words that say so, their "
            "place in the text, and a confidence."
        )

    @property
    def terms(self) -> str:
        return f"{self.publisher.licence}\n{TERMS_STAND}" if self.publisher.licence else NO_TERMS


def describe(package: Package, parts: Sequence[Part]) -> bytes:
    """Return `ro-crate-metadata.json`. The same package is described in the same bytes."""
    followed = {part.follows for part in parts}
    files = [_file(part, part.name in followed) for part in parts]
    graph = [_descriptor(package), _root(package, parts), *files, *_around(package)]
    crate = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(crate, ensure_ascii=False, indent=2).encode() + b"\n"


def _descriptor(package: Package) -> dict[str, Any]:
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": PROFILE},
        "description": f"Written by Mabillon {package.program}.",
    }


def _root(package: Package, parts: Sequence[Part]) -> dict[str, Any]:
    base = package.publisher.base
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": package.title,
        "description": package.about,
        "datePublished": package.day,
        "version": package.version,
        "license": {"@id": _terms(package)},
        "author": {"@id": base or ARCHIVE},
        "publisher": {"@id": base or ARCHIVE},
        "creditText": package.citation,
        **({"url": base} if base else {}),
        "hasPart": [{"@id": part.name} for part in parts],
    }


def _file(part: Part, followed: bool) -> dict[str, Any]:
    return {
        "@id": part.name,
        "@type": ["File", "CreativeWork"] if followed else "File",
        "name": part.name,
        "description": part.about,
        "encodingFormat": part.media_type,
        **({"contentSize": str(part.size)} if part.size is not None else {}),
        **({"sha256": part.sha256} if part.sha256 else {}),
        **({"variableMeasured": list(part.columns)} if part.columns else {}),
        **({"conformsTo": {"@id": part.follows}} if part.follows else {}),
    }


def _terms(package: Package) -> str:
    return package.publisher.licence or TERMS


def _around(package: Package) -> list[dict[str, Any]]:
    """Return who stands behind it, and the terms."""
    base, licence = package.publisher.base, package.publisher.licence
    return [
        {
            "@id": base or ARCHIVE,
            "@type": "Organization",
            "name": package.publisher.name,
            **({"url": base} if base else {}),
        },
        {
            "@id": _terms(package),
            "@type": "CreativeWork",
            "name": licence or "No licence stated",
            "description": TERMS_STAND if licence else NO_TERMS,
        },
    ]
