"""Who knew what, in a language: claims with their documents, their words, and what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from mabillon.archive.knew import COUNTED, Listed, Reached
from mabillon.web.holdings import Entry, EntryView, entry_view
from mabillon.web.language import Language
from mabillon.web.moments import show_moment

LONGEST_FIND = 200
NAMED_ONLY = "name:"


@dataclass(frozen=True, slots=True)
class Said:
    """Words that say so, and the address at which they are shown in their document."""

    text: str
    link: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as it is shown. `when` is the instant in words, `machine` as HTML has it; `way` how it was known."""

    entry: EntryView
    by: EntryView | None
    name: str
    person: str
    way: str
    when: str
    machine: str
    proved: bool
    words: Sequence[Said]
    doubts: Sequence[str]


def claim_views(items: Iterable[Reached], language: Language) -> list[ClaimView]:
    return [_view(item, language) for item in items]


def _view(item: Reached, language: Language) -> ClaimView:
    says = item.by or item.entry
    return ClaimView(
        entry=entry_view(Entry.of_row(item.entry), language),
        by=entry_view(Entry.of_row(item.by), language) if item.by else None,
        name=item.name,
        person=person_link(item.person, item.name),
        way=language(f"knew.way.{item.way}"),
        when=when(item.at, item.proved, language),
        machine=f"{item.at:%Y-%m-%dT%H:%MZ}" if item.at else "",
        proved=item.proved,
        words=[Said(" ".join(said.text.split()), _place(says.id, said.text)) for said in item.words],
        doubts=[language(f"knew.doubt.{doubt}") for doubt in item.doubts],
    )


def when(at: datetime | None, proved: bool, language: Language) -> str:
    """Return an instant in words: by when it is certain, or from when on it is possible."""
    if at is None:
        return language("knew.when-unknown")
    return language("knew.by" if proved else "knew.from", time=show_moment(f"{at:%Y-%m-%dT%H:%M}", language))


def person_link(person: str, name: str) -> str:
    """Return the address of what this person knew."""
    return f"/knew?{urlencode({'who': name if person.startswith(NAMED_ONLY) else person})}"


def _place(id: str, words: str) -> str:
    find = " ".join(words.split("…")[0].split())[:LONGEST_FIND]
    return f"/records/{quote(id, safe='')}?{urlencode({'find': find})}"


def total(listed: Listed, language: Language) -> str:
    """Return how many documents a list has, in words."""
    if listed.total is None:
        return language("knew.shown-more" if listed.more else "knew.shown", count=len(listed.items))
    if listed.total > COUNTED:
        return language("knew.more-than", count=COUNTED)
    return language("knew.documents", count=listed.total)
