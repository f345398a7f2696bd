"""The generator of cables: what it says of a text is true of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.corpus import generate
from bench.corpus.__main__ import main, truth
from bench.corpus.coined import coin
from bench.corpus.service import load_services
from mabillon.record import Record, decode, encode, values_of

CABLES = list(generate(300, seed=3))


def test_every_value_stands_where_the_truth_says_it_does() -> None:
    for cable in CABLES:
        for value in values_of(cable.record):
            for start, end in value.spans:
                assert cable.text[start:end] == value.text
            assert value.spans or value.reason


def test_the_same_seed_gives_the_same_cables_however_many_are_asked_for() -> None:
    assert [cable.text for cable in generate(20, seed=3)] == [cable.text for cable in CABLES[:20]]
    assert [cable.text for cable in generate(5, seed=3, first=10)] == [cable.text for cable in CABLES[10:15]]
    assert [cable.text for cable in generate(20, seed=4)] != [cable.text for cable in CABLES[:20]]


def test_every_service_is_there_and_the_ids_are_different() -> None:
    assert {cable.filename.rsplit("-", 1)[0] for cable in CABLES} == {service.name for service in load_services()}
    assert len({cable.record.id for cable in CABLES}) == len(CABLES)


def test_the_records_are_of_the_public_contract() -> None:
    for cable in CABLES[:40]:
        assert isinstance(decode(encode(cable.record)), Record)


@pytest.mark.parametrize("fault", ["copies.unaccounted", "chain.out-of-order"])
def test_a_fault_that_the_truth_names_is_in_the_values(fault: str) -> None:
    faulty = [cable.record for cable in generate(1500, seed=3) if fault in [f.id for f in cable.record.findings]]
    assert faulty
    for record in faulty:
        if fault == "copies.unaccounted":
            assert record.copies.stated.value > len(record.copies.entries)
        elif len(record.events) == 2:
            assert record.events[1].time.value < record.events[0].time.value


def test_coined_names_are_all_different() -> None:
    assert len({coin(rank) for rank in range(60_000)}) > 55_000


def test_files_are_written_with_their_truth_beside_them(tmp_path: Path) -> None:
    main([str(tmp_path), "12", "3"])
    assert len(list(tmp_path.glob("*.txt"))) == 12
    for cable in CABLES[:12]:
        path = tmp_path / cable.filename
        assert path.read_text("utf-8") == cable.text
        gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text("utf-8"))
        assert gold == json.loads(json.dumps(truth(cable.record)))
        assert gold["date"] == cable.record.date.value
