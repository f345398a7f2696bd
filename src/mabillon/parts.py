"""A document cut into zones: what the form stage gives and the reading stage takes.

Cut first, read second: each reader of values looks only at the zones that can hold them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mabillon.document import Document
from mabillon.text import Region

ZONES = {
    "furniture": "what belongs to the site, the edition's page or the scan: menus, running heads, page numbers",
    "metadata": "words of a TEI header or of meta tags, put into the text by the reader of the format",
    "title": "the title that the archive or edition gives",
    "archive-date": "the date that the archive's page gives above its title",
    "sponsor": "who made the publication possible",
    "archive": "what the archive says of the document: summary, people, places, topics, source, rights",
    "summary": "the archive's own summary",
    "source-note": "an edition's note on where the document lies and how it was classified",
    "masthead": "printed head of the form, issuing office, kind of document, number, classification, precedence",
    "heading": "who to whom, as an edition or office heads it",
    "addressing": "From, To, Info, attention lines, the inside address",
    "apparatus": "notes of the cable service: sent, received, arrived, deciphered, typed, through which channel",
    "reference": "reference line: Ref, Reurtel, To your No.",
    "subject": "subject line, TAGS, concepts",
    "dateline": "place and date",
    "salutation": "Dear Comrade, Sir, My Lord",
    "body": "the text proper",
    "closing": "complimentary close",
    "signature": "who signed, with office, and the number and date that stand beside the signature",
    "distribution": "how many copies, who got them",
    "participants": "who took part, in minutes and records of conversation",
    "mark": "stamps, handwriting, editorial notes that stand alone",
    "footnote": "notes of an editor or translator",
    "enclosure-heading": "the line that opens an enclosure, or the list of enclosures",
    "attributes": "the attribute block of a machine record",
    "blank": "nothing",
}
"""The zones that a line can belong to, and what each means."""


@dataclass(slots=True)
class PartLine:
    """One line of a part: where it stands in the text, its zone, and the probability of that zone."""

    index: int
    start: int
    end: int
    text: str
    zone: str = "body"
    probability: float = 1.0
    cues: frozenset[str] = frozenset()


@dataclass(slots=True)
class Part:
    """One document, or one enclosure of it, as zoned lines. Enclosures are parts of their own.

    `lines` holds this part's lines only; the enclosures' lines are in `enclosures`. All offsets count in
    `document.text`.
    """

    document: Document
    lines: list[PartLine]
    enclosures: list[Part] = field(default_factory=list)
    regions: tuple[Region, ...] = ()

    def zone(self, *zones: str) -> list[PartLine]:
        """Return the lines of these zones in text order."""
        return [line for line in self.lines if line.zone in zones]
