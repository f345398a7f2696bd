"""EAD3: the hierarchy with its items, by the schemas of the Library of Congress."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from mabillon.publish.address import Publisher
from mabillon.publish.ead3 import Unit, ead, write_ead
from mabillon.publish.xml import written
from mabillon.record import Record
from tests.publish.judges import jing

NS = {"e": "http://ead3.archivists.org/schema/"}
DAY = date(2026, 1, 2)
UNITS = (
    Unit(1, "repository", "APRF", "Archive & more", 5),
    Unit(2, "fonds", "45", "fond 45", 5),
    Unit(3, "box", "7", "box 7", 5),
)


@pytest.mark.parametrize("site", [Publisher("A & B", "https://a.example.org"), Publisher()], ids=["site", "none"])
def test_a_finding_aid_is_valid_by_its_schemas(
    site: Publisher, cables: list[Record], tmp_path: Path, shared: Path
) -> None:
    folder, file = shared / "data/schemas/ead3", tmp_path / "ead.xml"
    file.write_bytes(b"".join(write_ead([*UNITS, *cables, None, None, None], site, DAY)))
    assert jing(folder / "ead3.rng", file) == []
    etree.XMLSchema(etree.parse(folder / "ead3.xsd")).assertValid(etree.parse(file))
    file.write_bytes(written(ead(cables[0], UNITS, site, DAY)))
    assert jing(folder / "ead3.rng", file) == []
    file.write_bytes(file.read_bytes().replace(b"unittitle>", b"title>"))
    assert jing(folder / "ead3.rng", file) != []


def test_items_lie_in_the_levels_above_them(cables: list[Record]) -> None:
    top = etree.fromstring(b"".join(write_ead([*UNITS, *cables, None, None, None], Publisher(), DAY)))
    way = "//e:dsc/e:c[@otherlevel='repository']/e:c[@level='fonds']/e:c[@otherlevel='box']/e:c"
    inner = top.xpath(way, namespaces=NS)
    ids = [one.findtext("e:did/e:unitid[@localtype='record']", namespaces=NS) for one in inner]
    assert ids == [record.id for record in cables]
