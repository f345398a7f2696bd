"""TEI: what others' validators accept, and nothing lost on the way out and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from mabillon.errors import SourceError
from mabillon.pipeline import read_path
from mabillon.publish.tei import tei, tei_corpus
from mabillon.record import Record, decode, encode
from mabillon.source.tei_profile import record_of
from tests.publish.judges import jing
from tests.publish.made_up import TEXT, any_record

NS = {"t": "http://www.tei-c.org/ns/1.0"}
PROFILE = Path(__file__).resolve().parents[2] / "src/mabillon/publish/schemas/telegram.rng"
RULES = etree.RelaxNG(etree.parse(PROFILE))


def back(written: bytes) -> Record:
    return record_of(etree.fromstring(written))


@given(any_record)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_nothing_of_a_record_is_lost(record: Record) -> None:
    written = tei(record)
    assert back(written) == record
    assert tei(back(written)) == written
    RULES.assertValid(etree.fromstring(written))


def test_the_words_of_the_text_are_the_source_sign_by_sign(cables: list[Record]) -> None:
    for record in cables:
        assert record.source is not None
        assert str(etree.fromstring(tei(record)).xpath("string(t:text)", namespaces=NS)) == record.source.text


def test_offsets_in_the_standoff_point_to_the_words(cables: list[Record]) -> None:
    top = etree.fromstring(tei(cables[0]))
    text = str(top.xpath("string(t:text)", namespaces=NS))
    (place,) = top.xpath("//t:correspAction[@type='sent']/t:placeName[@type='event']/@xml:id", namespaces=NS)
    (target,) = top.xpath(f"//t:annotation[t:ptr/@target='#{place}']/@target", namespaces=NS)
    start, length = (int(part) for part in target.rstrip(")").split(",")[1:])
    assert text[start : start + length] == "PYONGYANG"


def test_each_event_of_the_chain_is_an_action_in_its_order(cables: list[Record]) -> None:
    top = etree.fromstring(tei(cables[0]))
    actions = top.xpath("t:teiHeader//t:correspAction[@xml:id]", namespaces=NS)
    assert [action.get("type") for action in actions] == [event.type.value for event in cables[0].events]
    assert actions[0].xpath("t:date/@when-iso", namespaces=NS) == ["1950-09-30T20:35"]
    assert actions[0].xpath("t:persName[@type='sender']/text()", namespaces=NS) == ["Shtykov"]


def test_an_enclosure_is_a_text_within_the_text_with_a_header_of_its_own(cables: list[Record]) -> None:
    record = next(one for one in cables if one.enclosures)
    top = etree.fromstring(tei(record))
    inner = top.xpath("t:TEI[@type='enclosure']/@xml:id", namespaces=NS)
    assert [f"#{id}" for id in inner] == top.xpath("t:text//t:floatingText/@corresp", namespaces=NS)


@pytest.mark.parametrize("number", range(4))
def test_a_record_is_valid_by_the_schema_of_all_tei(
    number: int, cables: list[Record], tmp_path: Path, shared: Path
) -> None:
    file = tmp_path / "record.xml"
    file.write_bytes(tei(cables[number], "An Archive", "https://example.org/records/1"))
    assert jing(shared / "data/schemas/tei/tei_all.rng", file) == []
    assert jing(PROFILE, file) == []


def test_records_made_up_are_valid_by_the_schema_of_all_tei(tmp_path: Path, shared: Path) -> None:
    made = list(_made_up(80))
    file = tmp_path / "corpus.xml"
    ids = [msgspec.structs.replace(record, id=f"r{number}") for number, record in enumerate(made)]
    file.write_bytes(b"".join(tei_corpus(((record, None) for record in ids), "Made up & tried")))
    assert jing(shared / "data/schemas/tei/tei_all.rng", file) == []
    assert jing(PROFILE, file) == []


def _made_up(count: int) -> Iterator[Record]:
    found: list[Record] = []

    @given(any_record)
    @settings(max_examples=count, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def gather(record: Record) -> None:
        found.append(record)

    gather()
    return iter(found)


def test_the_profile_is_described_in_valid_tei(shared: Path) -> None:
    assert jing(shared / "data/schemas/tei/tei_all.rng", PROFILE.with_suffix(".odd")) == []


def test_the_description_names_the_elements_of_the_schema() -> None:
    odd = etree.parse(PROFILE.with_suffix(".odd"))
    described = {name for names in odd.xpath("//t:moduleRef/@include", namespaces=NS) for name in names.split()}
    used = set(etree.parse(PROFILE).xpath("//r:element/@name", namespaces={"r": "http://relaxng.org/ns/structure/1.0"}))
    assert described == used


def test_an_export_comes_back_as_a_source(cables: list[Record], tmp_path: Path) -> None:
    file = tmp_path / "archive.xml"
    file.write_bytes(b"".join(tei_corpus(((record, None) for record in cables), "All")))
    found = list(read_path(file))
    assert [_bare(record) for record in found] == [_bare(record) for record in cables]
    assert [record.catalogue.identifiers["record"] for record in found if record.catalogue] == [r.id for r in cables]
    assert len({record.id for record in found}) == len(cables)


def test_a_long_export_is_read_as_a_stream_with_the_same_records(cables: list[Record], tmp_path: Path) -> None:
    many = [msgspec.structs.replace(cables[n % len(cables)], id=f"r{n}") for n in range(330)]
    file = tmp_path / "archive.xml"
    file.write_bytes(b"".join(tei_corpus(((record, None) for record in many), "All")))
    assert file.stat().st_size > 4 * 1024 * 1024
    assert [_bare(record) for record in read_path(file)] == [_bare(record) for record in many]


def _bare(record: Record) -> Record:
    """Leave out what says which file it is from."""
    plain = decode(encode(record))
    text = plain.source.text if plain.source else None
    if plain.catalogue:
        plain.catalogue.identifiers.pop("record", None)
        if plain.catalogue == type(plain.catalogue)():
            plain.catalogue = None
    for enclosure in plain.enclosures:
        enclosure.id = ""
    plain.title = plain.title if text is not None else None
    return msgspec.structs.replace(plain, id="", source=None)


EDITIONS = (
    "schnitzler/letters", "qhod", "suriano", "thun", "escher", "frus/frus1952-54Guat.xml", "cmif/examples",
)  # fmt: skip


@pytest.mark.parametrize("edition", EDITIONS)
def test_editions_come_out_and_back_without_loss(edition: str, shared: Path) -> None:
    place = shared / "data/tei" / edition
    files = [place] if place.is_file() else sorted(place.rglob("*.xml"))[:12]
    count = 0
    for file in files:
        for record in _readable(file):
            written = tei(record)
            assert back(written) == decode(encode(record))
            assert tei(back(written)) == written
            RULES.assertValid(etree.fromstring(written))
            count += 1
    assert count


def _readable(file: Path) -> Iterator[Record]:

    try:
        for number, record in enumerate(read_path(file)):
            if number >= 40:
                return
            yield record
    except SourceError:
        return


def test_control_characters_are_spelt_out(cables: list[Record]) -> None:
    record = decode(encode(cables[0]))
    assert record.source is not None
    record.source.text = TEXT
    assert b'<g type="control" n="0c">' in tei(record)
