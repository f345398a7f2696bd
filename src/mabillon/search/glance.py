"""As much of a record as a list of hits shows: read from its JSON in a quarter of the time of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from mabillon.record import Body, Record


class Said(msgspec.Struct):
    value: str


class SourceText(msgspec.Struct):
    text: str | None = None


class Glance(msgspec.Struct):
    """The fields of a record that a hit is made of; those of `Record` of the same names."""

    id: str = ""
    title: Said | None = None
    date: Said | None = None
    source: SourceText | None = None
    body: Body | None = None


Shown = Record | Glance


Fetch = Callable[[list[str]], Iterable[Shown]]
"""Ids → the records with these ids that the reader may see, as he may see them, in any order."""

_decoder = msgspec.json.Decoder(Glance)


def glance(json: bytes | str) -> Glance:
    """Return what `mabillon.record.encode` wrote, as far as a hit shows it. Raises `msgspec.ValidationError`."""
    return _decoder.decode(json)


def shown_text(record: Shown) -> str:
    """Return title and text of a record as its reader may see them."""
    title = str(record.title.value) if record.title else ""
    text = record.source.text if record.source and record.source.text else ""
    return f"{title}\n{text}"
