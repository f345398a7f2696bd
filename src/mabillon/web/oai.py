"""The archive as OAI-PMH asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import quote, unquote

from mabillon.archive import Archive, Level
from mabillon.archive.harvest import Harvest, Period, Seen
from mabillon.publish.address import Publisher
from mabillon.publish.cmif import cmif
from mabillon.publish.dublin_core import NAMESPACE as OAI_DC
from mabillon.publish.dublin_core import SCHEMA as OAI_DC_SCHEMA
from mabillon.publish.dublin_core import dublin_core
from mabillon.publish.ead3 import NAMESPACE as EAD
from mabillon.publish.ead3 import Unit, ead
from mabillon.publish.oai_pmh import Asked, Format, Header
from mabillon.publish.tei import tei_element
from mabillon.publish.xml import Element
from mabillon.record import Record
from mabillon.vocabulary.tei_profile import namespace

TEI_SCHEMA = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
CMIF_SCHEMA = "https://raw.githubusercontent.com/TEI-Correspondence-SIG/CMIF/master/schema/cmi-customization.rng"
FORMATS = (
    Format("oai_dc", OAI_DC_SCHEMA, OAI_DC),
    Format("tei", TEI_SCHEMA, namespace()),
    Format("cmif", CMIF_SCHEMA, namespace()),
    Format("ead", "https://www.loc.gov/ead/ead3.xsd", EAD),
)


class ArchiveRepository:
    """An archive as the protocol asks for it. Sets are its levels of description, `1:4:9` the way down to one."""

    formats: Sequence[Format] = FORMATS

    def __init__(self, archive: Archive, publisher: Publisher, host: str) -> None:
        self.name = publisher.name
        self.email = f"archive@{host}" if "." in host and not host[-1].isdigit() else "archive@example.org"
        self._archive, self._publisher, self._host = archive, publisher, host
        self._harvest = Harvest(archive)

    def identifier(self, id: str) -> str:
        return f"oai:{self._host}:{quote(id, safe='')}"

    def id_of(self, identifier: str) -> str | None:
        start = f"oai:{self._host}:"
        return unquote(identifier.removeprefix(start)) if identifier.startswith(start) else None

    def earliest(self) -> str:
        return self._harvest.earliest()

    def sets(self) -> Sequence[tuple[str, str]]:
        return [(_spec(way), level.title) for way, level in self._harvest.levels()]

    def header(self, id: str) -> Header | None:
        found = self._harvest.seen(id)
        return None if found is None else _header(found)

    def formats_of(self, id: str) -> Sequence[Format]:
        record = self._archive.record(id)
        if record is None or self._harvest.seen(id) is None:
            return ()
        return [one for one in FORMATS if one.prefix != "cmif" or record.senders or record.recipients]

    def page(self, asked: Asked) -> tuple[Sequence[Header], str | None]:
        level = _level(asked.set) if asked.set else None
        found, following = self._harvest.page(
            asked.position, Period(asked.since, asked.until), level, between=asked.prefix == "cmif"
        )
        return [_header(one) for one in found], following

    def metadata(self, ids: Sequence[str], prefix: str) -> dict[str, Element]:
        records = self._archive.records_named(list(ids))
        return {record.id: self._written(record, prefix) for record in records}

    def _written(self, record: Record, prefix: str) -> Element:
        day = dt.date.today()
        match prefix:
            case "tei":
                return tei_element(record, self._publisher.name, self._publisher.record(record.id))
            case "cmif":
                return cmif(record, self._publisher, day)
            case "ead":
                return ead(record, map(unit_of, self._archive.place(record.id)), self._publisher, day)
            case _:
                return dublin_core(record, self._publisher)


def unit_of(level: Level) -> Unit:
    return Unit(level.id, level.kind, level.code, level.title, level.records)


def _spec(way: Sequence[int]) -> str:
    return ":".join(map(str, way))


def _level(spec: str) -> int:
    last = spec.rpartition(":")[2]
    if not last.isascii() or not last.isdigit() or len(last) > 15:
        raise ValueError("There is no such set.")
    return int(last)


def _header(found: Seen) -> Header:
    return Header(found.id, found.at, (_spec(found.levels),) if found.levels else (), found.gone)
