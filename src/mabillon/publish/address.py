"""Where what is exported is to be found, and who gives it out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from mabillon.record import Record


@dataclass(frozen=True, slots=True)
class Publisher:
    """The archive that gives records out. `base` is the address of its site without a slash at the end; "" where it
    has none: then a record has a name (URN) instead of an address. `licence` is the address of the terms, or ""."""

    name: str = "Mabillon"
    base: str = ""
    licence: str = ""

    def record(self, id: str) -> str:
        return self._at("records", id)

    def level(self, id: int) -> str:
        return self._at("browse", str(id))

    def original(self, id: str) -> str:
        return f"{self.record(id)}/original" if self.base else ""

    def file(self, id: str, ending: str) -> str:
        """Return the address of a record in another format (`tei.xml`, `iiif.json`)."""
        return f"{self.record(id)}/record.{ending}" if self.base else f"{self.record(id)}#{ending}"

    def at(self, path: str) -> str:
        """Return the address of something else on the site, a name where there is none."""
        return f"{self.base}/{path}" if self.base else f"urn:x-mabillon:{path.replace('/', ':')}"

    def _at(self, kind: str, id: str) -> str:
        return self.at(f"{kind}/{quote(id, safe='')}")


def caption(record: Record) -> str:
    """Return the title of a record, else one made of its kind and correspondents (ISAD(G) 3.1.2, supplied titles)."""
    if record.title is not None and str(record.title.value).strip():
        return " ".join(str(record.title.value).split())
    kind = str(record.type.value).replace("-", " ").capitalize() if record.type else "Document"
    senders = ", ".join(agent.value for agent in record.senders)
    recipients = ", ".join(agent.value for agent in record.recipients)
    return " ".join([kind, *(["from", senders] if senders else []), *(["to", recipients] if recipients else [])])


def text_of(record: Record) -> str:
    """Return the text proper of a record, else all of its text, else ""."""
    text = record.source.text if record.source else None
    if text is None:
        return ""
    if record.body is None or not record.body.spans:
        return text
    return "\n".join(text[start:end] for start, end in record.body.spans)
