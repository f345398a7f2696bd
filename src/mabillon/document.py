"""What a reader of some format gives: a document's text, and what its markup or metadata says outright."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from mabillon.record import Record
from mabillon.text import Span, Text


@dataclass(frozen=True, slots=True)
class Metadatum:
    """One statement of a source's structured metadata (a TEI header, `<meta>` tags, a site's metadata block).

    `field` is one of METADATA_FIELDS. `span` gives the words in the document's text (readers put the words of a
    header into the text, in a region of kind "metadata"); None where the statement is an attribute only.
    `group` keeps together what belongs together: the parts of one `correspAction`, of one person.
    `attributes` holds what else the markup says: `ref`, `key`, `when`, `from`, `to`, `role`, `cert`.
    """

    field: str
    value: str
    span: Span | None = None
    group: int = 0
    attributes: Mapping[str, str] = dataclasses.field(default_factory=dict)


ACTION_FIELDS = ("person", "organization", "role", "place", "date", "note")
"""A correspAction of type T gives the fields `T.person`, `T.organization`, … with T as the source spells it:
sent, received, transmitted, redirected, forwarded, delivered, …"""

METADATA_FIELDS = frozenset(
    {
        "title", "date", "type", "number", "language", "translated-from", "citation", "translator", "sponsor",
        "summary", "topic", "person", "place", "rights", "contact", "obtained-by", "classification", "precedence",
        "sender", "recipient", "identifier", "url", "collection", "published", "date-bounds", "draft-date",
        "released", "publisher", "note",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """One document of a source, before anything was read from its words.

    `part` tells the documents of one source apart (an `xml:id`, or an ordinal from 1), None where it is alone.
    `described` is the record where the source is an archive's own export, which says all that was read of it: such a
    document is not read anew.
    """

    filename: str
    media_type: str
    sha256: str
    text: Text
    part: str | None = None
    url: str | None = None
    metadata: tuple[Metadatum, ...] = ()
    described: Record | None = None

    @property
    def id(self) -> str:
        return record_id(self.sha256, self.part)


def record_id(sha256: str, part: str | None = None) -> str:
    """Return the stable identifier of a document: the same bytes and part give the same id, whatever reads them.

    80 bits of the SHA-256 in lower-case base 32, then `.part` where the source holds many documents.
    """
    stem = base64.b32encode(bytes.fromhex(sha256)[:10]).decode("ascii").lower()
    return stem if part is None else f"{stem}.{part}"


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
