"""A few records to look for, and a fetch that reads them from memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mabillon.evidence import Agent, Mention, Number, Word
from mabillon.record import Body, Catalogue, Finding, Record, Reference, SourceNote
from mabillon.search import Entry, Index, Results, search


def say(value: str, form: type[Word] = Word, **more: Any) -> Any:
    """A value with no words in the text to show for it."""
    return form(value=value, text=value, spans=[], confidence=1.0, **more)


def make(id: str, text: str, *, title: str = "", sender: str = "", to: str = "", date: str = "", language: str = "en",
         number: str = "", place: str = "", finding: str = "", cites: str = "", type: str = "telegram",
         classification: str = "", collection: str = "", about: str = "") -> Record:  # fmt: skip
    return Record(
        id=id,
        source=SourceNote(filename=f"{id}.txt", media_type="text/plain", sha256="0" * 64, text=text),
        type=say(type),
        title=say(title) if title else None,
        date=say(date) if date else None,
        numbers=[say(number, Number, kind="message")] if number else [],
        senders=[say(sender, Agent, place=say(place) if place else None)] if sender else [],
        recipients=[say(to, Agent)] if to else [],
        classification=say(classification) if classification else None,
        language=say(language),
        mentions=[say(about, Mention)] if about else [],
        references=[Reference(number=say(cites))] if cites else [],
        body=Body(spans=[(0, len(text))]),
        catalogue=Catalogue(collection=say(collection)) if collection else None,
        findings=[Finding(id=finding, message="", evidence=[], severity="warning")] if finding else [],
    )


class Shelf:
    """An index and the records in it."""

    def __init__(self, folder: Path, items: Iterable[Record | Entry]) -> None:
        self.items = [item if isinstance(item, Entry) else Entry(item) for item in items]
        self.records = {item.record.id: item.record for item in self.items}
        self.index = Index.open(folder, create=True)
        self.index.add(self.items)
        self.index.commit()

    def fetch(self, ids: Sequence[str]) -> list[Record]:
        return [self.records[id] for id in ids if id in self.records]

    def search(self, query: str, **options: Any) -> Results:
        options.setdefault("visible", {"public"})
        return search(self.index, query, fetch=self.fetch, **options)

    def ids(self, query: str, **options: Any) -> set[str]:
        return {hit.id for hit in self.search(query, limit=1000, **options).hits}
