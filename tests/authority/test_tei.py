"""Registers of TEI editions become authority records with the identifiers that they give."""

from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.authority.records import AuthorityError
from mabillon.authority.register import Register
from mabillon.authority.tei import read_register

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>
<listPerson><person xml:id="p1"><persName><forename>Ludwig</forename><surname>Fonton (auch Fontón)</surname></persName>
<birth when="1750-01-01"/><death when="1801-05-03"/>
<idno type="GND">https://d-nb.info/gnd/124899242</idno><idno>http://www.wikidata.org/entity/Q42</idno></person>
<person xml:id="p2"><persName/></person><person><persName>Nobody</persName></person></listPerson>
<listPlace><place xml:id="l1"><placeName>Vidin</placeName>
<placeName type="alt" subtype="mpr_reference">[II/5] / 100</placeName>
<placeName type="alt">Widdin</placeName><location><geo>43,99 22.87</geo></location>
<idno>https://www.geonames.org/725905</idno></place></listPlace></standOff></TEI>"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.xml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def test_a_register_is_read_with_what_it_says(register: Path) -> None:
    person, place = read_register(register)
    assert (person.id, person.heading, person.born, person.died) == ("p1", "Fonton, Ludwig", "1750", "1801-05-03")
    assert person.identifiers == (("gnd", "124899242"), ("wikidata", "Q42"))
    assert [form.text for form in person.variants] == ["Fontón"]
    assert (place.kind, [form.text for form in place.forms]) == ("place", ["Vidin", "Widdin"])
    assert place.at == (43.99, 22.87) and place.identifiers == (("geonames", "725905"),)


def test_its_persons_are_found_by_name(register: Path) -> None:
    assert Register(read_register(register)).candidates("L. Fonton")[0][0] == "p1"


@pytest.mark.parametrize("content", ["<TEI>", "", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><TEI>&e;"])
def test_a_broken_register_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AuthorityError, match="broken.xml"):
        read_register(path)


@pytest.mark.parametrize(
    ("file", "least", "scheme", "identified"),
    [("thun/indices/listperson.xml", 2_000, "gnd", 1_000), ("thun/indices/listplace.xml", 900, "geonames", 700),
     ("schnitzler/indices/listplace.xml", 2_300, "wikidata", 1_000), ("qhod/QhoDstandOff.xml", 400, "geonames", 90)],
)  # fmt: skip
def test_the_registers_of_published_editions(shared: Path, file: str, least: int, scheme: str, identified: int) -> None:
    path = shared / "data" / "tei" / file
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    found = read_register(path)
    assert len(found) >= least
    assert sum(scheme in dict(authority.identifiers) for authority in found) >= identified
