"""Confidences as frequencies: of the values given 0.9, nine in ten are right.

A rule gives a raw confidence by its kind (`context.CERTAIN` to `WEAK`). `calibration.json` says how often values of a
field with that raw confidence were right, counted on documents of families that the zone model had not seen, and drawn
towards the rate over all fields where they were few. It is written by `python -m bench.reading.calibrate`.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib import resources

from mabillon.evidence import Agent, Value
from mabillon.record import Record

TABLE = "calibration.json"
ANY = "*"
"""The row of the table for fields that have none."""


def calibrate(record: Record) -> None:
    """Replace the raw confidences of `record` and its enclosures by calibrated ones, in place."""
    table = load_table()
    done: set[int] = set()
    for field, value in values_by_field(record):
        if id(value) not in done:  # one value may stand in two places
            done.add(id(value))
            rates = table.get(field, table[ANY])
            value.confidence = _rate(rates, value.confidence)


def _rate(rates: dict[float, float], raw: float) -> float:
    """Return the rate at `raw`, between two known ones in proportion, beyond them the nearest."""
    if raw in rates:
        return rates[raw]
    points = sorted(rates)
    place = bisect_left(points, raw)
    if place in (0, len(points)):
        return rates[points[min(place, len(points) - 1)]]
    below, above = points[place - 1], points[place]
    share = (raw - below) / (above - below)
    return round(rates[below] + share * (rates[above] - rates[below]), 3)


@cache
def load_table() -> dict[str, dict[float, float]]:
    """Return field → raw confidence → how often such a value is right."""
    stored = json.loads(resources.files(__package__).joinpath(TABLE).read_text("utf-8"))
    return {field: {float(raw): rate for raw, rate in rates.items()} for field, rates in stored.items()}


def values_by_field(record: Record) -> Iterator[tuple[str, Value]]:
    """Yield every value of a record and its enclosures with the name of the field that it belongs to."""
    for field in _SINGLE:
        value = getattr(record, field)
        if value is not None:
            yield field, value
    for field in _LISTS:
        for value in getattr(record, field):
            yield field, value
    for field in ("senders", "recipients", "signatories"):
        for agent in getattr(record, field):
            yield from ((field, value) for value in _of_agent(agent))
    for event in record.events:
        for value in (event.type, event.time, event.zone, event.place, event.agent, event.org):
            if value is not None:
                yield "events", value
    for reference in record.references:
        yield from (("references", value) for value in reference.evidence())
    yield from _of_copies(record)
    yield from _of_catalogue(record)
    for enclosure in record.enclosures:
        yield from values_by_field(enclosure)


_SINGLE = ("type", "title", "date", "precedence", "classification", "channel", "language", "translated_from", "witness")
_LISTS = ("numbers", "handling", "marks", "mentions")


def _of_agent(agent: Agent) -> Iterator[Value]:
    yield agent
    yield from (value for value in (agent.role, agent.place, agent.org) if value is not None)


def _of_copies(record: Record) -> Iterator[tuple[str, Value]]:
    if record.copies is None:
        return
    if record.copies.stated is not None:
        yield "copies", record.copies.stated
    for copy in record.copies.entries:
        yield from (("copies", value) for value in (copy.number, copy.count, copy.recipient) if value is not None)


def _of_catalogue(record: Record) -> Iterator[tuple[str, Value]]:
    catalogue = record.catalogue
    if catalogue is None:
        return
    words = (catalogue.summary, catalogue.sponsor, catalogue.citation, catalogue.obtained_by, catalogue.translator)
    more = (catalogue.rights, catalogue.contact, catalogue.date, catalogue.collection)
    for value in (*words, *more, *catalogue.people, *catalogue.places, *catalogue.topics):
        if value is not None:
            yield "catalogue", value
