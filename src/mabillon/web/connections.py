"""What a record is connected with: what it names, what names it, its other versions, the whole exchange."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mabillon.connect import Held, Judgement, Mentioned, Resolution, Thread
from mabillon.web.holdings import Beside, entry_view
from mabillon.web.language import Language
from mabillon.web.moments import show_moment
from mabillon.web.titles import title_of


@dataclass(frozen=True, slots=True)
class Connected:
    """A held document: why it is thought to be the one is in `reasons`, and how sure that is, in per cent."""

    id: str
    title: str
    date: str
    reasons: str = ""
    percent: int = 100


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection: `name` is a key of the locale, `said` the words of the one that names the other. `is_open` where
    several documents fit alike."""

    name: str
    held: Sequence[Connected]
    said: str = ""
    is_open: bool = False
    versions: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One document of an exchange: held (then `id`), or known only by mention; and what it names."""

    id: str | None
    title: str
    date: str
    number: str
    said: Sequence[str]
    links: Sequence[Connection] = ()


def connections(id: str, thread: Thread | None, beside: Beside, language: Language) -> list[Connection]:
    """Return what the record `id` names, held or not, then what names it, then its versions."""
    found: list[Connection] = []
    if thread is not None:
        found += [_naming(link, language) for link in thread.links if link.named.holder == id]
        found += _named_by(id, thread, language)
    for kind in dict.fromkeys(kind for kind, _ in beside.versions):
        views = [entry_view(entry, language) for other, entry in beside.versions if other == kind]
        held = [Connected(view.id, view.title, view.date) for view in views]
        found.append(Connection(f"link.{kind}", held, versions=True))
    return found


def steps(thread: Thread, language: Language) -> list[Step]:
    """Return an exchange in the order of its dates, with what nobody holds in its place."""
    return [_step(one, thread, language) for one in thread.in_order()]


def _step(one: Held | Mentioned, thread: Thread, language: Language) -> Step:
    date = show_moment(one.date, language) if one.date else ""
    ends = [end.label for end in (one.sender, one.recipient)]
    if isinstance(one, Mentioned):
        title = title_of(None, None, ends[:1] if ends[0] else (), ends[1:] if ends[1] else (), language)
        when = date or (str(one.year) if one.year else language("date.none"))
        return Step(None, title, when, one.number or "", list(dict.fromkeys(named.wording for named in one.said)))
    links = [_naming(link, language) for link in thread.links if link.named.holder == one.id]
    number = one.numbers[0][1] if one.numbers else ""
    return Step(one.id, _title(one, language), date or language("date.none"), number, (), links)


def _naming(link: Resolution, language: Language) -> Connection:
    judged = link.links or link.open
    held = [_connected(judgement, language) for judgement in judged]
    return Connection(f"direction.{link.named.direction}", held, link.named.wording, bool(link.open and not link.links))


def _named_by(id: str, thread: Thread, language: Language) -> Iterable[Connection]:
    holders = {held.id: held for held in thread.held}
    for link in thread.links:
        holder = holders.get(link.named.holder)
        if holder is None or holder.id == id:
            continue
        for judgement in link.links:
            if judgement.held.id == id:
                name = "record.answered-by" if link.named.direction == "replies-to" else "record.named-by"
                yield Connection(name, [_connected(judgement, language, holder)], link.named.wording)


def _connected(judgement: Judgement, language: Language, other: Held | None = None) -> Connected:
    """Return the document that is meant, or `other` where this judgement is of what `other` names."""
    held = other or judgement.held
    date = show_moment(held.date, language) if held.date else language("date.none")
    return Connected(held.id, _title(held, language), date, "; ".join(judgement.reasons), round(100 * judgement.score))


def _title(held: Held, language: Language) -> str:
    senders, recipients = ([end.label] if end.label else [] for end in (held.sender, held.recipient))
    return title_of(held.title, held.type, senders, recipients, language)
