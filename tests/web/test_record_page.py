from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from mabillon.errors import SourceError
from mabillon.evidence import Word
from mabillon.pipeline import read_path
from mabillon.record import Body, Event, Finding, Record, SourceNote
from mabillon.web.language import languages
from mabillon.web.record_page import RecordPage, record_page
from tests.web.papers import word

ENGLISH = languages()["en"]


def text_of(page: RecordPage) -> str:
    fragments = [f"<p>{block.html}</p>" for stretch in page.stretches for block in stretch.blocks]
    return "".join(html.fragment_fromstring(fragment).text_content() for fragment in fragments)


def check_page(record: Record) -> None:
    """The text stands whole and once; each value that has words is reachable from them, and they from it."""
    page = record_page(record, ENGLISH)
    assert record.source is not None
    assert text_of(page) == record.source.text
    tree = html.fragment_fromstring("<div>" + "".join(
        str(block.html) for stretch in page.stretches for block in stretch.blocks) + "</div>")  # fmt: skip
    anchors = [str(anchor)[2:] for anchor in tree.xpath("//*/@id[not(starts-with(., 'call-'))]")]
    assert len(anchors) == len(set(anchors))
    marked = {key for keys in tree.xpath("//*/@data-v") for key in str(keys).split()}
    assert set(anchors) == marked
    assert {str(href)[1:] for href in tree.xpath("//a[not(@class='call')]/@href")} <= marked


words = st.text(st.sampled_from("abA É\n\n.1<&中ש"), max_size=120)


@given(words, st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=10), st.data())
def test_any_text_stands_whole_whatever_its_values_claim(text: str, spans: list[tuple[int, int]], data: st.DataObject):
    ordered = [(min(span), max(span)) for span in spans]
    half = data.draw(st.integers(0, len(ordered)))
    inner = Record(body=Body(spans=ordered[:half]), handling=[word("x", span=span) for span in ordered[:half]])
    check_page(
        Record(
            id="x",
            source=SourceNote(filename="x", media_type="text/plain", sha256="0", text=text),
            handling=[word("x", span=span) for span in ordered[half:]],
            body=Body(spans=ordered[half : half + 2]),
            enclosures=[inner] if half else [],
        )
    )


def test_the_text_of_every_specimen_stands_whole(shared: Path):
    for path in sorted((shared / "specimens").glob("*/*")):
        if path.suffix in (".txt", ".html", ".xml", ".md") and path.stem != "INDEX":
            try:
                found = list(read_path(path))
            except SourceError:
                continue
            for record in found:
                check_page(record)


def chain(*times: tuple[str, str | None]) -> list[str]:
    events = [Event(type=word("sent"), time=word(time), zone=word(zone) if zone else None) for time, zone in times]
    return [link.since for link in record_page(Record(id="x", events=events), ENGLISH).anatomy.chain]


@pytest.mark.parametrize(
    ("times", "intervals"),
    [
        ([("1950-09-30T20:35", None), ("1950-09-30T23:32", None)], ["", "2 h 57 min"]),
        ([("1950-09-30T23:32", None), ("1950-09-30T23:30", None)], ["", "−2 min"]),
        ([("1950-10-01", None), ("1940-10-01T01:45", None)], ["", "−10 years"]),
        ([("1950-10-01", None), ("1950-10-01", None), ("1950-10-05", None)], ["", "the same day", "4 days"]),
        ([("1950-10-01T06:00", "+09:00"), ("1950-09-30T22:00", "Z")], ["", "1 h"]),
        ([("1965-11-03T09:15", "Z"), ("1965-11-03T06:40", None)], ["", ""]),
        ([("1950-10-01", None), ("1940-10-01", None), ("1950-10-02", None)], ["", "−10 years", "1 day"]),
        ([("1950-09-31", None), ("1950-10-01", None)], ["", ""]),
        ([("1950-10", None), ("1950-10-01", None)], ["", ""]),
    ],
)
def test_intervals_are_those_of_the_stated_clocks(times: list[tuple[str, str | None]], intervals: list[str]):
    assert chain(*times) == intervals


def test_between_two_stations_the_interval_by_their_clocks_is_shown_beside():
    sent = Event(type=word("sent"), time=word("1950-09-30T20:35"), place=word("Pyongyang"))
    received = Event(type=word("received"), time=word("1950-09-30T23:32"), place=word("Moscow"))
    link = record_page(Record(id="x", events=[sent, received]), ENGLISH).anatomy.chain[1]
    assert (link.since, link.stations, link.zones) == ("2 h 57 min", "8 h 57 min", "chain.by-clock")


def test_a_finding_stands_in_the_section_where_it_arises_and_marks_both_sides():
    text = "received at 2332\narrived at 2330"
    received, arrived = ((12, 16), (28, 32))
    times = [Word(value="1950-09-30T23:32", text="2332", spans=[received], confidence=1.0),
             Word(value="1950-09-30T23:30", text="2330", spans=[arrived], confidence=1.0)]  # fmt: skip
    page = record_page(
        Record(
            id="x",
            source=SourceNote(filename="x", media_type="text/plain", sha256="0", text=text),
            events=[Event(type=word("received"), time=times[0]), Event(type=word("arrived"), time=times[1])],
            findings=[Finding(id="chain.out-of-order", message="m", evidence=times, severity="error")],
        ),
        ENGLISH,
    )
    assert [finding.number for finding in page.anatomy.placed["transmission"]] == [1]
    assert [link.findings for link in page.anatomy.chain] == [[1], [1]]
    flagged = html.fragment_fromstring("<div>" + "".join(str(b.html) for b in page.stretches[0].blocks) + "</div>")
    assert flagged.xpath("//*[contains(@class, 'flag')]//text()") == ["2332", "2330"]


def test_names_in_capitals_are_set_in_small_capitals_and_initials_are_not():
    text = "KIM IL SUNG wrote to Mr. Low of the US. I agree."
    page = record_page(Record(id="x", source=SourceNote(filename="x", media_type="t", sha256="0", text=text)), ENGLISH)
    assert [str(b.html) for b in page.stretches[0].blocks] == [
        '<span class="sc">KIM IL SUNG</span> wrote to Mr. Low of the US. I agree.'
    ]
