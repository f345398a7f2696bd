"""Labelled values on an archive's page: which words are a label, and what the words after it are."""

from __future__ import annotations

from dataclasses import dataclass, field

from mabillon.source.builder import TextBuilder
from mabillon.vocabulary import canon, wordings

_LABEL_LIMIT = 40
_FIELDS = {
    "summary": "summary", "citation": "citation", "people": "person", "places": "place", "topics": "topic",
    "rights": "rights", "language": "language", "kind": "type", "contact": "contact", "sponsor": "sponsor",
    "collection": "collection", "date": "date", "original-archive": "collection", "uploaded": "published",
    "identifier": "identifier", "classification": "classification", "released": "released",
}  # fmt: skip
_LISTED = frozenset(("person", "place", "topic"))
_CORRESPONDENTS = ("sender", "recipient")


def label_field(words: str, correspondents: bool = True) -> str | None:
    """Return the field of metadata that a label of an archive's page names ("Draft Date" → "date"), or None.

    `correspondents`: "From" and "To" count too (in a table of fields; in running text they are the document's own).
    """
    label = " ".join(words.casefold().strip(" :.—-").split())
    if not label or len(label) > _LABEL_LIMIT:
        return None
    key = canon("label").get(label)
    if key is not None:
        return _FIELDS.get(key)
    if correspondents:
        return next((name for name in _CORRESPONDENTS if label in wordings(f"labels.{name}")), None)
    return None


@dataclass(slots=True)
class _Section:
    """A heading that is a label: the paragraphs and items below it are its values."""

    name: str
    label: str
    depth: int


@dataclass(slots=True)
class _Run:
    """A label at the start of a block: the rest of the block is its value."""

    name: str
    label: str
    depth: int
    mark: int
    links: list[int] = field(default_factory=list)


class Labels:
    """States labelled values while a page is written. `depth` counts open elements."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._section: _Section | None = None
        self._run: _Run | None = None

    def heading(self, words: str, depth: int) -> None:
        """A heading has ended at this depth."""
        name = label_field(words, correspondents=False)
        self._section = _Section(name, words, depth) if name else None

    def inline(self, words: str, marked: bool, depth: int) -> None:
        """Bold or labelled words have ended that began a block at `depth`."""
        name = label_field(words, correspondents=False) if marked or words.endswith(":") else None
        if name:
            self._run = _Run(name, words, depth, self._builder.open())

    @property
    def listing(self) -> bool:
        """Whether links stand for single values now, as of people and places in a row."""
        return self._run is not None and self._run.name in _LISTED

    def link(self, mark: int) -> None:
        if self._run is not None:
            self._run.links.append(mark)

    def block(self, tag: str, mark: int | None, depth: int) -> None:
        """An element has ended at this depth; `mark` covers its words."""
        run, section = self._run, self._section
        if run is not None and depth <= run.depth:
            self._builder.close(run.mark)
            for value in run.links or [run.mark]:
                self.value(run.name, run.label, value)
            self._run = None
        elif section is not None and mark is not None and tag in ("p", "li") and depth >= section.depth:
            self.value(section.name, section.label, mark)
        if section is not None and depth < section.depth:
            self._section = None

    def value(self, name: str, label: str, mark: int) -> None:
        self._builder.state(name, mark=mark, attributes={"label": label.rstrip(" :")})
