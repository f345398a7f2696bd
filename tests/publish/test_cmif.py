"""CMIF, by its schema and by the rules that its Schematron has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from mabillon.publish.address import Publisher
from mabillon.publish.cmif import cmif, write_cmif
from mabillon.publish.xml import written
from mabillon.record import Record
from tests.publish.judges import jing

NS = {"t": "http://www.tei-c.org/ns/1.0"}
DAY = date(2026, 1, 2)
SITES = [Publisher("An <Archive> & more", "https://archive.example.org"), Publisher()]


@pytest.mark.parametrize("site", SITES, ids=["site", "none"])
def test_cmif_is_valid_by_its_schema(site: Publisher, cables: list[Record], tmp_path: Path, shared: Path) -> None:
    schema = shared / "data/schemas/cmif/cmi-customization.rng"
    file = tmp_path / "cmif.xml"
    file.write_bytes(b"".join(write_cmif(cables, site, DAY)))
    assert jing(schema, file) == []
    file.write_bytes(written(cmif(cables[0], site, DAY)))
    assert jing(schema, file) == []
    file.write_bytes(file.read_bytes().replace(b'type="sent"', b'type="typed"'))
    assert jing(schema, file) != []


def test_each_letter_is_sent_and_received_with_dates_that_a_program_reads(cables: list[Record]) -> None:
    top = etree.fromstring(b"".join(write_cmif(cables, SITES[0], DAY)))
    letters = top.xpath("//t:correspDesc", namespaces=NS)
    assert len(letters) == sum(bool(record.senders or record.recipients) for record in cables)
    for letter in letters:
        assert letter.xpath("t:correspAction/@type", namespaces=NS) == ["sent", "received"]
    assert top.xpath("//t:date[not(@when or @from or @to or @notBefore or @notAfter)]", namespaces=NS) == []
    sources = top.xpath("//t:sourceDesc/t:bibl/@xml:id", namespaces=NS)
    assert {letter.get("source") for letter in letters} == {f"#{id}" for id in sources}


def test_a_telegram_keeps_the_day_of_sending_and_of_receipt(cables: list[Record]) -> None:
    top = written(cmif(cables[0], SITES[0], DAY))
    (letter,) = etree.fromstring(top).xpath("//t:correspDesc", namespaces=NS)
    assert letter.get("ref") == f"https://archive.example.org/records/{cables[0].id}"
    assert letter.xpath("t:correspAction/t:date/@when", namespaces=NS) == ["1950-09-30", "1950-09-30"]
    assert letter.xpath("t:correspAction[@type='sent']/t:placeName/text()", namespaces=NS) == ["Pyongyang"]
