"""The register: authority records found by name, under any spelling and with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache

from mabillon.authority import chinese, korean, persons, slavic
from mabillon.authority.bodies import place_parts
from mabillon.authority.covers import CoverName, known_covers, resolve_cover
from mabillon.authority.gazetteer import Gazetteer
from mabillon.authority.index import NameIndex, plain, standard_index
from mabillon.authority.judgements import Judgement, standing
from mabillon.authority.matching import contradicts, match
from mabillon.authority.names import parse, script_of
from mabillon.authority.persons import BARE, COMMON
from mabillon.authority.records import Authority, Variant, by_id, known_bodies, known_persons, known_places
from mabillon.authority.score import SAME, Match
from mabillon.authority.spelling import spell_out
from mabillon.authority.words import is_common
from mabillon.dates.edtf import bounds

_SYLLABLES = {"Korean": ("KP", "KR"), "Chinese": ("CN", "TW", "HK", "MO")}
"""Countries whose places are named in Korean or Chinese syllables; elsewhere such a likeness is half chance."""
Candidate = tuple[str, float, tuple[str, ...]]
"""id of an authority, score 0 to 1, reasons."""
_LEAST, _MOST = 0.3, 20
_OUT_OF_TIME, _NOT_ALIVE = 0.75, 0.3
_NAMED_COUNTRY, _GREATEST, _LESSER = 0.95, 0.85, 0.5
_YOUNGEST = 14
"""Years below which nobody sends or receives what an archive of diplomacy holds."""


class Register:
    """Authorities of the vocabulary and of an archive. What it answers is a pure function of what it was given."""

    def __init__(
        self, own: Iterable[Authority] = (), judgements: Iterable[Judgement] = (), gazetteer: Gazetteer | None = None,
        covers: Iterable[CoverName] = (),
    ) -> None:  # fmt: skip
        """own: the archive's authority records; one with an id of the vocabulary takes its place; gazetteer: for
        places that neither knows; covers: the archive's cover names, besides the vocabulary's. Raises AuthorityError
        if two of `own` share an id."""
        self._gazetteer, self._covers = gazetteer, (*known_covers(), *covers)
        mine = by_id(own)
        self._own = frozenset(mine)
        known = (*known_persons(), *known_bodies(), *known_places())
        given = tuple(authority for authority in known if authority.id not in mine)
        base = standard_index(given) if len(given) == len(known) else NameIndex(given)
        self._shelves: list[tuple[Sequence[Authority], NameIndex]] = [(given, base)]
        if mine:
            listed = tuple(mine.values())
            self._shelves.append((listed, NameIndex(listed)))
        self._by_id = {authority.id: authority for shelf, _ in self._shelves for authority in shelf}
        self._towns_known = {":".join(pair) for one in self._by_id.values() for pair in one.identifiers}
        self._judged: dict[str, list[Judgement]] = {}
        for judgement in standing(judgements).values():
            self._judged.setdefault(plain(judgement.name), []).append(judgement)
        self._expand = lru_cache(maxsize=10_000)(self._spellings)

    def get(self, authority_id: str) -> Authority | None:
        """Return an authority record by its id, a town of the gazetteer's included."""
        scheme, _, number = authority_id.partition(":")
        if scheme == "geonames" and self._gazetteer is not None:
            town = self._gazetteer.get(number)
            return town.authority() if town else None
        return self._by_id.get(authority_id)

    def covers_of(self, person: str) -> tuple[CoverName, ...]:
        """Return the cover names that a person (authority id) used, in order of time."""
        used = (cover for cover in self._covers if cover.person == person)
        return tuple(sorted(used, key=lambda cover: (cover.start or "", cover.name)))

    def candidates(
        self, name: str, kind: str = "person", date: str | None = None, record: str | None = None,
        context: str | Iterable[str] = (),
    ) -> list[Candidate]:  # fmt: skip
        """Return the authorities that `name` may mean, best first.

        date: EDTF of the document, so that a form out of use or a person not alive counts for less; context: words
        that stand around the name (station, service), for cover names. A standing judgement on the name (in `record`,
        or anywhere) goes before every score. Raises ValueError for a bad date.
        """
        best: dict[str, Match] = {}
        for shelf, index in self._shelves:
            for number in index.find(name, kind):
                place, form = index.forms[number]
                authority = shelf[place]
                found = _in_time(_compare(name, form, authority), authority, form, date)
                if found.score >= _LEAST and found.score > best.get(authority.id, Match(0.0, ())).score:
                    best[authority.id] = found
        if kind == "person":
            self._trust_own(best, name)
            self._uncover(best, name, date, context)
        if kind == "place" and self._gazetteer is not None:
            best = self._towns(name, self._gazetteer) | best
        self._judge(best, name, record)
        ranked = sorted(best.items(), key=lambda item: (-item[1].score, item[0]))
        return [(authority, round(found.score, 4), found.reasons) for authority, found in ranked[:_MOST]]

    def _trust_own(self, best: dict[str, Match], name: str) -> None:
        """Let a family name alone, common as it may be, mean the only one of the archive's own persons who is listed
        under it as it is written."""
        own = [one for one in best if one in self._own]
        if any(best[one].score >= SAME for one in own):
            return
        listed = [one for one in own if _is_listed_under(name, self._by_id[one])]
        if len(listed) == 1:
            best[listed[0]] = Match(BARE, (*best[listed[0]].reasons, "the archive knows one of that name"))

    def _uncover(self, best: dict[str, Match], name: str, date: str | None, context: str | Iterable[str]) -> None:
        """Add those who used `name` as a cover name."""
        for cover in resolve_cover(name, date, context, self._covers):
            if cover.fit > best.get(cover.person, Match(0.0, ())).score:
                time = f"{cover.start or '..'}/{cover.end or '..'}"
                best[cover.person] = Match(cover.fit, (f"cover name {cover.name} {time}", cover.source))

    def _towns(self, name: str, gazetteer: Gazetteer) -> dict[str, Match]:
        """Return the gazetteer's towns called `name`: the greatest is the likeliest, unless a country is named."""
        own, qualifier = place_parts(name)
        country = gazetteer.country(qualifier) if qualifier else None
        found: dict[str, Match] = {}
        for rank, town in enumerate(gazetteer.find(own, country)):
            if f"geonames:{town.number}" in self._towns_known:
                continue
            score = _NAMED_COUNTRY if country and not rank else _GREATEST if not rank else _LESSER
            found[f"geonames:{town.number}"] = Match(score, (f"a town of {town.people} in {town.country}",))
        return found

    def _judge(self, best: dict[str, Match], name: str, record: str | None) -> None:
        for judgement in self._judged.get(plain(name), ()):
            if judgement.record not in (None, record):
                continue
            said = f"{judgement.by} decided on {judgement.at.date().isoformat()}"
            if judgement.verdict == "same":
                best[judgement.authority] = Match(1.0, (said,))
            elif judgement.verdict == "different":
                best.pop(judgement.authority, None)

    def is_judged(self, name: str) -> bool:
        """Return whether a judgement stands on `name`, in any record."""
        return bool(self._judged) and plain(name) in self._judged

    def decided(self, name: str, authority: str, record: str | None = None) -> bool:
        """Return whether a person decided that `name` (in `record`) is `authority`."""
        return any(
            judgement.authority == authority and judgement.verdict == "same" and judgement.record in (None, record)
            for judgement in self._judged.get(plain(name), ())
        )

    def match(self, a: str, b: str, kind: str = "person") -> Match:
        """Return how well two names agree, by the rules of writing and by the forms that the register knows."""
        by_rule = match(a, b, kind)
        if by_rule.score >= 0.97:
            return by_rule
        exact, shared = self._named(a) & self._named(b), set[str]()
        if not exact and not contradicts(by_rule) and (self._named(a) or self._named(b)):
            shared = self.known(a, kind) & self.known(b, kind)
        same = sorted(one for one in exact | shared if self._by_id[one].kind == kind)
        return Match(0.97, tuple(f"both are forms of {self._by_id[one].heading}" for one in same)) if same else by_rule

    def knows(self, name: str) -> bool:
        """Return whether a form of an authority is written like `name`, but for case, accents and hyphens."""
        wanted = plain(name)
        return any(wanted in index.exact for _, index in self._shelves)

    def _named(self, name: str) -> set[str]:
        """Return the authorities one of whose forms is written like `name`."""
        wanted = plain(name)
        return {shelf[index.forms[n][0]].id for shelf, index in self._shelves for n in index.exact.get(wanted, ())}

    def known(self, name: str, kind: str) -> set[str]:
        """Return the authorities that `name` fits best, and well."""
        found = [candidate for candidate in self.candidates(name, kind) if candidate[1] >= SAME + 0.1]
        best = found[0][1] if found else 0.0
        return {authority for authority, score, _ in found if score >= best - 0.02}

    def expand(self, name: str, kind: str | None = None) -> set[str]:
        """Return all spellings of `name` known or generated, without `name` itself. Of `expand_ranked`, as a set."""
        return set(self.expand_ranked(name, kind))

    def expand_ranked(self, name: str, kind: str | None = None) -> tuple[str, ...]:
        """Return the spellings of `name`, likeliest first: forms of the authorities that it means, then those that
        rules of writing give. No two differ in case, accents and hyphens only. kind None tries persons and places."""
        return self._expand(name, kind)

    def _spellings(self, name: str, kind: str | None) -> tuple[str, ...]:
        listed: list[str] = []
        for each in (kind,) if kind else ("person", "place"):
            for authority in self.known(name, each):
                if listed and self._was_called(authority, name):
                    continue  # whoever seeks Stalin does not seek Varna, which bore his name for seven years
                entry = self._by_id[authority]
                listed += [form.text for form in (entry.forms if entry.kind == "place" else entry.variants)]
        generated = list(spell_out(name)) if kind != "place" or not listed else []
        for form in listed:
            if _tells_more(form, name):
                generated += spell_out(form)
        found: dict[str, str] = {}
        for spelling in (*listed, *generated):
            found.setdefault(_distinct(spelling), spelling)
        found.pop(_distinct(name), None)
        return tuple(found.values())

    def _was_called(self, authority: str, name: str) -> bool:
        """Return whether `name` is a form that was in use for a time only."""
        wanted = plain(name)
        return any(form.start and form.end and plain(form.text) == wanted for form in self._by_id[authority].variants)


def _is_listed_under(name: str, authority: Authority) -> bool:
    """Return whether `name` is one word, and the family name of one of the authority's forms as that is written."""
    words = parse(name).words
    if len(words) != 1:
        return False
    for form in authority.forms:
        parted = persons.partings(parse(form.text))
        east = korean.readings(parse(form.text)) or chinese.readings(parse(form.text))
        family = parse(form.text).words[0].text if east and parted else parted[0].family if parted else ""
        if plain(family) == plain(words[0].text):
            return True
    return False


def _tells_more(form: str, name: str) -> bool:
    """Return whether a known form has letters that `name` has lost: Hangul, or the Cyrillic of a Slavic name."""
    script, words = script_of(form), parse(name).words
    if script == "hangul":
        return bool(korean.readings(parse(name)))
    return script == "cyrillic" and bool(words) and slavic.is_likely(words[-1].text) and len(parse(form).words) == 1


def _distinct(spelling: str) -> str:
    return " ".join(plain(word) for word in spelling.replace("-", " ").split())


def _compare(name: str, form: Variant, authority: Authority) -> Match:
    if plain(name) == plain(form.text):
        return Match(1.0, (f"written like {form.text}",))
    found = match(name, form.text, authority.kind)
    tradition, colon, _ = (found.reasons or ("",))[0].partition(":")
    if authority.kind == "place" and colon and authority.country not in _SYLLABLES.get(tradition, ()):
        found = Match(found.score * 0.85, found.reasons)
    if found.score >= _LEAST and contradicts(match(name, authority.heading, authority.kind)):
        return Match(found.score * 0.3, (f"like {form.text}", f"but {authority.heading}"))
    if authority.kind == "person" and len(parse(form.text).words) == 1 < len(form.text.split()):
        lone = COMMON if is_common(parse(form.text).words[0].text) else BARE
        found = Match(min(found.score, lone), (*found.reasons, "without the title"))
    return Match(found.score, (f"like {form.text}", *found.reasons))


def _in_time(found: Match, authority: Authority, form: Variant, date: str | None) -> Match:
    """Return the match, lowered where the form was not in use or the person not alive at `date`."""
    if date is None:
        return found
    first, last = bounds(date)
    if _outside(form.start, form.end, first, last):
        used = f"{form.start or '..'}/{form.end or '..'}"
        found = Match(found.score * _OUT_OF_TIME, (*found.reasons, f"{form.text} was in use {used}"))
    if authority.died and bounds(authority.died)[1] < first:
        return Match(found.score * _NOT_ALIVE, (*found.reasons, f"died {authority.died}"))
    if authority.kind == "person" and authority.born and bounds(authority.born)[0].year + _YOUNGEST > last.year:
        return Match(found.score * _NOT_ALIVE, (*found.reasons, f"born {authority.born}"))
    if authority.kind == "org" and authority.born and bounds(authority.born)[0] > last:
        return Match(found.score * _NOT_ALIVE, (*found.reasons, f"founded {authority.born}"))
    return found


def _outside(start: str | None, end: str | None, first: datetime, last: datetime) -> bool:
    return bool((start and bounds(start)[0] > last) or (end and bounds(end)[1] < first))


@cache
def standard() -> Register:
    """Return the register of the project's own vocabulary."""
    return Register()


def expand(name: str) -> set[str]:
    """Return all spellings of `name` that the vocabulary knows or rules give (see `Register.expand`)."""
    return standard().expand(name)
