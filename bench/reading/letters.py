"""TEI letters of five editions against their own headers, and Suriano's despatches as plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import ModuleType

from lxml import etree

from bench.reading.judging import Json, Tally, read, scorer
from mabillon.authority.register import standard
from mabillon.dates.edtf import bounds

TEI = "{http://www.tei-c.org/ns/1.0}"
EDITIONS = {
    "schnitzler": "schnitzler/letters",
    "qhod": "qhod/letters",
    "thun": "thun/letters",
    "suriano": "suriano",
    "escher": "escher",
}
POSTAL = {"transmitted": "relayed", "redirected": "relayed", "forwarded": "relayed", "delivered": "arrived"}
"""Types of correspAction between sending and receipt, and the event that stands for each."""
FIELDS = ("sender", "recipient", "date", "place")


@dataclass(slots=True)
class Truth:
    """What a header says. Names and places as sets of folded words; dates as the bounds that they mean."""

    sender: Counter[str] = field(default_factory=Counter)
    recipient: Counter[str] = field(default_factory=Counter)
    date: Counter[str] = field(default_factory=Counter)
    place: Counter[str] = field(default_factory=Counter)
    postal: Counter[str] = field(default_factory=Counter)


def measure(shared: Path) -> tuple[dict[str, dict[str, Tally]], Tally, int, list[str]]:
    """Return the tallies of each edition and field, those of the postal events, how many letters, and the slips."""
    module = scorer(shared)
    editions: dict[str, dict[str, Tally]] = {}
    postal, count, slips = Tally(), 0, list[str]()
    for edition, below in EDITIONS.items():
        folder = shared / "data" / "tei" / below
        truths = {path.name: truth for path, truth in headers(folder, module, by_title=edition == "escher")}
        tallies = editions[edition] = {name: Tally() for name in FIELDS}
        said = {PurePath(r["source"]["filename"]).name: r for r in read([folder / name for name in truths])}
        for name, truth in truths.items():
            count += 1
            found = said_by(said.get(name, {}), module)
            for key in FIELDS:
                _compare(tallies[key], getattr(truth, key), getattr(found, key), f"{edition}/{name} {key}", slips)
            if edition == "schnitzler" and (truth.postal or found.postal):
                _compare(postal, truth.postal, found.postal, f"{edition}/{name} postal", slips)
    return editions, postal, count, slips


def measure_despatches(shared: Path) -> tuple[Tally, Tally, int, list[str]]:
    """Return how date and place of Suriano's despatches are read from plain text, how many, and the slips."""
    module, date, place, slips = scorer(shared), Tally(), Tally(), list[str]()
    truths = dict(headers(shared / "data" / "tei" / "suriano", module))
    by_stem = {path.stem: truth for path, truth in truths.items()}
    said = {PurePath(r["source"]["filename"]).stem: r for r in read([shared / "data" / "text" / "suriano"])}
    for stem, truth in by_stem.items():
        found = said_by(said.get(stem, {}), module)
        _compare(date, truth.date, found.date, f"text/{stem} date", slips)
        _compare(place, truth.place, found.place, f"text/{stem} place", slips)
    return date, place, len(by_stem), slips


def _compare(tally: Tally, truth: Counter[str], said: Counter[str], name: str, slips: list[str]) -> None:
    """Judge what a header states; where it states nothing, nothing is judged."""
    if not truth:
        return
    tally.add((truth & said).total(), (said - truth).total(), (truth - said).total())
    if truth != said:
        slips.append(f"{name}\ttruth {dict(truth)}\tsaid {dict(said)}")


def headers(folder: Path, module: ModuleType, by_title: bool = False) -> Iterator[tuple[Path, Truth]]:
    """Yield each letter with one correspDesc, and what that (or the title) says."""
    for path in sorted(folder.glob("*.xml")):
        try:
            tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            continue
        descriptions = list(tree.iter(TEI + "correspDesc"))
        if len(descriptions) == 1:
            truth = _of_header(descriptions[0], module)
            yield path, _of_title(tree, truth, module) if by_title else truth


def _of_header(description: etree._Element, module: ModuleType) -> Truth:
    truth = Truth()
    for action in description.iter(TEI + "correspAction"):
        kind = action.get("type")
        if kind in ("sent", "received"):
            names = truth.sender if kind == "sent" else truth.recipient
            names.update(_words(_text(e), module) for e in action if _is_agent(e) and _text(e))
        if kind == "sent":
            truth.date.update(b for e in action.iter(TEI + "date") if (b := _bounds_of(e)))
            truth.place.update(
                _place(_text(e), module) for e in action if _local(e) in ("placeName", "settlement") and _text(e)
            )
        if kind in POSTAL:
            truth.postal.update(_postal(action, POSTAL[kind], module))
    return truth


def _postal(action: etree._Element, kind: str, module: ModuleType) -> Iterator[str]:
    dates = [b for e in action.iter(TEI + "date") if (b := _bounds_of(e))]
    places = [_words(_text(e), module) for e in action.iter(TEI + "placeName") if _text(e)]
    yield f"{kind} {dates[0] if dates else '-'} {places[0] if places else '-'}"


def _of_title(tree: etree._ElementTree, truth: Truth, module: ModuleType) -> Truth:
    """Return what a title of Escher's letters says: `Alfred Escher an Johann Jakob Horner, s.l., September 1833`."""
    title = next((t for e in tree.iter(TEI + "title") if " an " in (t := _text(e))), "")
    found = re.match(r"(.+?) an (.+?), (.+?), (.+)", title)
    if found is None:
        return Truth()
    sender, recipient, place, _ = found.groups()
    said = Truth(date=truth.date)
    said.sender[_words(sender, module)] += 1
    said.recipient[_words(recipient, module)] += 1
    if not place.startswith("s.l"):
        said.place[_place(place, module)] += 1
    return said


def said_by(record: Json, module: ModuleType) -> Truth:
    """Return what a record says, in the same form."""
    said = Truth()
    for agent in record.get("senders", []):
        said.sender[_words(str(agent["value"]), module)] += 1
    said.place.update({_place(a["place"]["value"], module) for a in record.get("senders", []) if a.get("place")})
    for agent in record.get("recipients", []):
        said.recipient[_words(str(agent["value"]), module)] += 1
    if record.get("date"):
        said.date[_bounds(record["date"]["value"])] += 1
    for event in record.get("events", []):
        if event["type"]["value"] in POSTAL.values():
            time = _bounds(event["time"]["value"]) if event.get("time") else "-"
            place = _words(event["place"]["value"], module) if event.get("place") else "-"
            said.postal[f"{event['type']['value']} {time} {place}"] += 1
    return said


def _bounds_of(element: etree._Element) -> str | None:
    """Return the days that the attributes of a date allow, None where they say nothing."""
    exact = element.get("when") or element.get("when-iso")
    if exact:
        return _bounds(exact[:10])
    first = element.get("notBefore") or element.get("from") or element.get("notBefore-iso") or element.get("from-iso")
    last = element.get("notAfter") or element.get("to") or element.get("notAfter-iso") or element.get("to-iso")
    return _bounds(f"{first or '..'}/{last or '..'}") if first or last else None


def _bounds(edtf: str) -> str:
    try:
        first, last = bounds(edtf)
    except ValueError:
        return edtf
    return f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"


def _is_agent(element: etree._Element) -> bool:
    return _local(element) in ("persName", "orgName", "name", "rs")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _place(name: str, module: ModuleType) -> str:
    """Return the identifier of the place that the gazetteer knows by `name`: `Haya` is The Hague. Its words else."""
    known = standard().candidates(name, "place")
    return known[0][0] if known and known[0][1] == 1 else _words(name, module)


def _words(text: str, module: ModuleType) -> str:
    """Return the folded words of a name in the order of the alphabet: `Schnitzler, Arthur` is `Arthur Schnitzler`."""
    return " ".join(sorted(module.name(text).split()))
