from __future__ import annotations

from collections import Counter
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
from mabillon.web.rendering import fragment
from tests.web.papers import word

ENGLISH = languages()["en"]


def text_of(page: RecordPage) -> str:
    fragments = [f"<p>{block.html}</p>" for stretch in page.stretches for block in stretch.blocks]
    return "".join(html.fragment_fromstring(fragment).text_content() for fragment in fragments)


def check_page(record: Record) -> None:
    """The text stands whole and once; each value that has words is reachable from them, and they from it; each
    footnote is called, and each call leads to its footnote and back."""
    page = record_page(record, ENGLISH)
    assert record.source is not None
    assert text_of(page) == record.source.text
    parts = (fragment(f"record_{part}.html", page=page, t=ENGLISH) for part in ("text", "anatomy"))
    text, anatomy = (html.fragment_fromstring(f"<div>{part}</div>") for part in parts)
    ids = Counter(str(id) for tree in (text, anatomy) for id in tree.xpath(".//@id"))
    assert [id for id, times in ids.items() if times > 1] == []
    within = {str(link) for tree in (text, anatomy) for link in tree.xpath(".//@href") if link.startswith("#")}
    assert {link[1:] for link in within} <= set(ids)
    marked = {key for keys in text.xpath(".//@data-v") for key in str(keys).split()}
    assert {id[2:] for id in ids if id.startswith("w-")} == marked
    notes = [str(id) for id in text.xpath(".//p[a[@class='back']]/@id")]
    assert notes == [f"note-{number}" for number in range(1, len(notes) + 1)]
    for number, note in enumerate(notes, 1):
        assert text.xpath(f".//*[@id='{note}']/a[@class='back']/@href") == [f"#call-{number}"]
        assert text.xpath(f".//*[@id='call-{number}']/@href") == [f"#{note}"]
    assert {str(link)[1:] for link in text.xpath(".//a[@class='call']/@href")} == set(notes)


PIECES = [*"abA É\n.1<&中ש", "\n\n", "[1]", "\n[1] ", "[*]", "\n[*]", "²", "\n²"]
words = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)


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


def test_a_call_leads_to_its_note_also_within_a_value_and_numbers_may_begin_anew():
    text = "Sent[1] at noon.\n\n[1] By wire.\n\nSeen[1] by all.\n\n[1] In May.\n\n[2] Nothing calls this."
    record = Record(
        id="x",
        source=SourceNote(filename="x", media_type="t", sha256="0", text=text),
        handling=[word("x", span=(0, 6)), word("y", span=(6, 15))],
    )
    check_page(record)
    blocks = [block for stretch in record_page(record, ENGLISH).stretches for block in stretch.blocks]
    assert [block.note for block in blocks] == [None, 1, None, 2, None]
    assert 'id="call-1" href="#note-1">[1</a>' in blocks[0].html and 'href="#note-1">]</a>' in blocks[0].html
