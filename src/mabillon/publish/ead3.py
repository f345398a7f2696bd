"""EAD3 1.1.1: the hierarchy of an archive as a finding aid, with its items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mabillon.publish.address import Publisher, caption
from mabillon.publish.xml import Element, Maker, opened, written
from mabillon.record import Record

MEDIA_TYPE = "application/xml"
NAMESPACE = "http://ead3.archivists.org/schema/"
_E = Maker(NAMESPACE)
_KNOWN = frozenset({"fonds", "series", "subseries", "file", "item"})
_NORMAL = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A level of description on the way down: `kind` is repository, fonds, series, subseries, box or file."""

    id: int
    kind: str
    code: str
    title: str
    records: int


Step = Unit | Record | None
"""Going down into a level, an item in it, or going up again (None)."""


def write_ead(steps: Iterable[Step], publisher: Publisher, day: date) -> Iterator[bytes]:
    """Yield a finding aid of the whole archive, piece by piece."""
    start, end = opened(_frame(publisher, day))
    head, _, tail = start.partition(b"<dsc/>")
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + head + b'<dsc dsctype="combined">'
    for step in steps:
        if step is None:
            yield b"</c>\n"
        elif isinstance(step, Unit):
            level = _level(step, publisher)
            level.set("id", f"level-{step.id}")
            yield opened(level)[0]
        else:
            yield written(item(step, publisher)) + b"\n"
    yield b"</dsc>" + tail + end + b"\n"


def ead(record: Record, units: Iterable[Unit], publisher: Publisher, day: date) -> Element:
    """Return a finding aid of one record within the levels above it, for a harvester."""
    frame = _frame(publisher, day, record.id)
    place = frame.find(f".//{{{NAMESPACE}}}dsc")
    assert place is not None
    for unit in units:
        made = _level(unit, publisher)
        place.append(made)
        place = made
    place.append(item(record, publisher))
    return frame


def _frame(publisher: Publisher, day: date, id: str = "") -> Element:
    top = _E(None, "ead")
    control = _E(top, "control")
    _E(control, "recordid", f"mabillon{'-' + id if id else ''}")
    _E(_E(_E(control, "filedesc"), "titlestmt"), "titleproper", f"Finding aid of {publisher.name}")
    _E(control, "maintenancestatus", value="derived")
    _E(_E(control, "maintenanceagency"), "agencyname", publisher.name)
    event = _E(_E(control, "maintenancehistory"), "maintenanceevent")
    _E(event, "eventtype", value="derived")
    _E(event, "eventdatetime", day.isoformat(), standarddatetime=day.isoformat())
    _E(event, "agenttype", value="machine")
    _E(event, "agent", "Mabillon")
    described = _E(top, "archdesc", level="otherlevel", otherlevel="archive")
    did = _E(described, "did")
    _E(did, "unittitle", f"Telegrams and letters held by {publisher.name}")
    _E(did, "unitid", publisher.base or publisher.name)
    _E(_E(_E(did, "repository"), "corpname"), "part", publisher.name)
    _E(described, "dsc")
    return top


def _c(level: str) -> Element:
    return _E(None, "c", level=level) if level in _KNOWN else _E(None, "c", level="otherlevel", otherlevel=level)


def _level(unit: Unit, publisher: Publisher) -> Element:
    made = _c(unit.kind)
    did = _E(made, "did")
    _E(did, "unittitle", unit.title)
    _E(did, "unitid", unit.code)
    extent = _E(did, "physdescstructured", physdescstructuredtype="materialtype", coverage="whole")
    _E(extent, "quantity", str(unit.records))
    _E(extent, "unittype", "documents")
    if publisher.base:
        _E(did, "dao", daotype="derived", href=publisher.level(unit.id))
    return made


def item(record: Record, publisher: Publisher) -> Element:
    """Return the component of one record."""
    made = _c("item")
    did = _E(made, "did")
    _E(did, "unittitle", caption(record))
    _E(did, "unitid", record.id, localtype="record", identifier=publisher.record(record.id))
    for number in record.numbers:
        _E(did, "unitid", str(number.value), localtype=number.kind)
    if record.date is not None:
        said = str(record.date.value)
        _E(did, "unitdate", said, normal=said if _NORMAL.fullmatch(said) else None, unitdatetype="inclusive")
    for agent in record.senders:
        name = _E(_E(did, "origination", label="sender"), "persname", relator="sender")
        _E(name, "part", str(agent.value))
    if record.language is not None:
        code = str(record.language.value).split("-")[0]
        _E(_E(did, "langmaterial"), "language", code, langcode=code if code.isalnum() else None)
    if publisher.base:
        _E(did, "dao", daotype="derived", href=publisher.record(record.id))
    summary = record.catalogue.summary if record.catalogue else None
    if summary is not None:
        _E(_E(made, "scopecontent"), "p", str(summary.value))
    if record.recipients:
        access = _E(made, "controlaccess")
        for agent in record.recipients:
            _E(_E(access, "persname", relator="addressee"), "part", str(agent.value))
    if record.catalogue and record.catalogue.citation:
        _E(_E(made, "prefercite"), "p", str(record.catalogue.citation.value))
    return made
