"""Citations by styles, and as reference managers read them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import orjson
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from mabillon.publish.citations import formatted
from mabillon.web.citing import STYLES, Reference, bibtex, cite, csl, ris

CABLE = Reference(
    id="ml36h5xavzs3ltia", title="Cable No. 600308, Shtykov to Stalin", type="telegram", senders=("Shtykov",),
    recipients=("Stalin", "Gromyko"), date="1950-09-30", day=(1950, 9, 30), lies="APRF, fond 45, opis 1, delo 335",
    archive="An Archive", url="https://archive.example.org/records/1", language="en",
)  # fmt: skip
LIES = "APRF, fond 45, opis 1, delo 335"
EXPECTED = {
    "chicago-note": "Shtykov, “Cable No. 600308, Shtykov to Stalin”, telegram to Stalin and Gromyko, September 30, "
    f"1950, {LIES}, An Archive, https://archive.example.org/records/1.",
    "chicago-bibliography": "Shtykov. “Cable No. 600308, Shtykov to Stalin”. Telegram to Stalin and Gromyko. "
    f"September 30, 1950. {LIES}. An Archive. https://archive.example.org/records/1.",
    "mla": "Shtykov. “Cable No. 600308, Shtykov to Stalin”. Telegram. 30 Sept. 1950, An Archive, "
    f"{LIES}, https://archive.example.org/records/1.",
    "apa": "Shtykov. (1950, September 30). Cable No. 600308, Shtykov to Stalin [Telegram to Stalin and Gromyko]. "
    f"An Archive ({LIES}). https://archive.example.org/records/1",
}


@pytest.mark.parametrize("style", STYLES)
def test_each_style_cites_what_an_archive_holds(style: str) -> None:
    assert cite(CABLE, style) == EXPECTED[style]


def test_our_notes_are_those_of_the_style_that_others_wrote(shared: Path) -> None:
    theirs = shared / "data/schemas/csl/chicago-notes-bibliography.csl"
    assert cite(CABLE, "chicago-note") == formatted(csl(CABLE), str(theirs))


@pytest.mark.parametrize(
    ("date", "words", "parts"),
    [
        ("1950-09", "September 1950", {"date-parts": [[1950, 9]]}),
        ("1950~", "about 1950", {"date-parts": [[1950]], "circa": True}),
        ("1950-09-29/1950-09-30", "29 September 1950 – 30 September 1950",
         {"date-parts": [[1950, 9, 29], [1950, 9, 30]]}),
        ("195X", "195X", None),
        ("", "n.d.", None),
    ],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are_known(date: str, words: str, parts: dict[str, object] | None) -> None:
    known = replace(CABLE, date=date, day=())
    assert words in cite(known, "chicago-note")
    assert csl(known).get("issued") == parts


def test_items_are_valid_by_the_schema_of_csl(shared: Path) -> None:
    schema = orjson.loads((shared / "data/schemas/csl/csl-data.json").read_bytes())
    for date in ("1950-09-30", "1950~", "1950/1951", ""):
        jsonschema_rs.validate(schema, [csl(replace(CABLE, date=date))])


def test_a_reference_manager_reads_the_ris() -> None:
    (entry,) = rispy.loads(ris(CABLE))
    assert entry["type_of_reference"] == "PCOMM"
    assert entry["authors"] == ["Shtykov"] and entry["secondary_authors"] == ["Stalin", "Gromyko"]
    assert entry["title"] == CABLE.title and entry["urls"] == [CABLE.url]


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip)


@given(words, words)
def test_bibtex_of_any_title_can_be_read(title: str, sender: str) -> None:
    made = replace(CABLE, title=title, senders=(sender,))
    (entry,) = parse_string(bibtex(made), "bibtex").entries.values()
    assert len(entry.persons["author"]) == 1
    assert entry.fields["url"] == CABLE.url


@given(words)
def test_any_title_can_be_cited(title: str) -> None:
    for style in STYLES:
        assert cite(replace(CABLE, title=title), style)
