"""Unqualified Dublin Core as OAI-PMH wants it from everybody (`oai_dc`)."""

from __future__ import annotations

from lxml import etree

from mabillon.publish.address import Publisher, caption
from mabillon.publish.xml import Element, Maker
from mabillon.record import Record

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DC = "http://purl.org/dc/elements/1.1/"
_DC = Maker(DC, "dc")


def dublin_core(record: Record, publisher: Publisher) -> Element:
    """Return a record as `oai_dc:dc`."""
    names = {"oai_dc": NAMESPACE, "dc": DC, "xsi": XSI}
    made = etree.Element(f"{{{NAMESPACE}}}dc", nsmap=names)
    made.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    for name, words in _said(record, publisher):
        if words:
            _DC(made, name, words)
    return made


def _said(record: Record, publisher: Publisher) -> list[tuple[str, str]]:
    catalogue = record.catalogue
    found = [("title", caption(record))]
    found += [("creator", str(agent.value)) for agent in record.senders]
    found += [("contributor", str(agent.value)) for agent in record.recipients]
    found += [("date", str(record.date.value) if record.date else "")]
    found += [("type", str(record.type.value) if record.type else ""), ("type", "Text")]
    found += [("language", str(record.language.value) if record.language else "")]
    found += [("identifier", publisher.record(record.id))]
    found += [("identifier", str(number.value)) for number in record.numbers]
    if catalogue is not None:
        found += [("subject", str(one.value)) for one in (*catalogue.topics, *catalogue.people)]
        found += [("coverage", str(one.value)) for one in catalogue.places]
        found += [("description", str(catalogue.summary.value) if catalogue.summary else "")]
        found += [("source", str(catalogue.citation.value) if catalogue.citation else "")]
        found += [("rights", str(catalogue.rights.value) if catalogue.rights else "")]
    return [*found, ("publisher", publisher.name)]
