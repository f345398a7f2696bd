"""Confidences become rates of the table, in place, once each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mabillon.evidence import Agent, Word
from mabillon.reading.calibration import ANY, calibrate, load_table, values_by_field
from mabillon.record import Event, Record, values_of


def word(confidence: float) -> Word:
    return Word(value="a", text="a", spans=[(0, 1)], confidence=confidence)


def test_a_known_raw_confidence_becomes_its_rate() -> None:
    record = Record(type=word(0.98))
    calibrate(record)
    assert record.type is not None and record.type.confidence == load_table()["type"][0.98]


def test_a_value_that_stands_in_two_places_is_calibrated_once() -> None:
    place = word(0.8)
    record = Record(
        senders=[Agent(value="a", text="a", spans=[(0, 1)], confidence=0.98, place=place)],
        events=[Event(type=word(0.98), place=place)],
    )
    calibrate(record)
    assert place.confidence == load_table()["senders"][0.8]


@given(st.floats(0, 1), st.floats(0, 1))
def test_rates_are_probabilities_and_fields_without_a_row_rise_with_the_raw_confidence(a: float, b: float) -> None:
    low, high = Record(witness=word(min(a, b))), Record(witness=word(max(a, b)))
    calibrate(low)
    calibrate(high)
    assert low.witness is not None and high.witness is not None
    assert 0 <= low.witness.confidence <= high.witness.confidence <= 1


def test_every_value_of_a_record_belongs_to_a_field() -> None:
    record = Record(type=word(0.9), handling=[word(0.9)], enclosures=[Record(title=word(0.9))])
    assert [field for field, _ in values_by_field(record)] == ["type", "handling", "title"]
    assert len(values_of(record)) == 3
    assert ANY in load_table()
