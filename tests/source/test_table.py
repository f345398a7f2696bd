"""CSV: a row is a document, its mapping says what the columns hold, and what does not fit is named."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.cli.main import mabillon
from mabillon.errors import SourceError
from mabillon.pipeline import read_path
from mabillon.source import open_bytes, open_source, survey_table, walk
from tests.source.laws import assert_holds

LETTERS = (
    "Nr;Absender;Empfänger;Datum;Ort;Abschrift;Rest\n"
    '1a;Karl Schmidt;Anna Maier; 3. März 1950;Wien;"Lieber Freund,\n\nwir reisen;  morgen.";x\n'
    ";;;;;;\n"
    "2/b;Anna Maier;Karl Schmidt;1950-04;Linz;Danke;\n"
)
MAPPING = (
    "columns: {Nr: id, Absender: sender, Empfänger: recipient, Datum: date, Ort: sent.place, Abschrift: text}\n"
    "constant: {rights: Public domain}\n"
)


def laid(folder: Path, table: str = LETTERS, mapping: str = MAPPING, encoding: str = "utf-8") -> Path:
    path = folder / "letters.csv"
    path.write_bytes(table.encode(encoding))
    (folder / "letters.mapping.yaml").write_text(mapping, encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_rows_are_records_as_the_mapping_has_it(encoding: str, tmp_path: Path) -> None:
    path = laid(tmp_path, encoding=encoding)
    first, second = open_source(path)
    for document in (first, second):
        assert_holds(document)
    assert (first.part, second.part) == ("1a", "2-b")
    assert first.text.value.endswith("Ort: Wien\nRest: x\n\nLieber Freund,\n\nwir reisen;  morgen.")
    assert [record.date.value for record in read_path(path) if record.date] == ["1950-03-03", "1950-04"]
    record = next(read_path(path))
    assert [agent.value for agent in record.senders] == ["Karl Schmidt"]
    assert [agent.value for agent in record.recipients] == ["Anna Maier"]
    assert record.catalogue is not None and record.catalogue.rights is not None
    assert record.catalogue.rights.value == "Public domain"


def test_several_persons_in_a_cell(tmp_path: Path) -> None:
    table = LETTERS.replace("Anna Maier; 3", '"Anna Maier; Max Huber";3')
    document = next(open_source(laid(tmp_path, table)))
    assert [said.value for said in document.metadata if said.field == "received.person"] == ["Anna Maier", "Max Huber"]


def test_columns_with_known_names_need_no_mapping() -> None:
    (document,) = open_bytes(b"From,To,Date,Text\nA. Smith,B. Jones,1950-03-03,Dear Sir\n", "a.csv")
    said = {one.field: one.value for one in document.metadata}
    assert said == {"sent.person": "A. Smith", "received.person": "B. Jones", "sent.date": "1950-03-03"}


def test_rows_that_do_not_fit_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = laid(tmp_path, LETTERS + "1a;x;x;x;x;x;x\n3;x;x;x;x;x;x;x;x\n4;A;B;1951;C;D;\n")
    found = []
    with pytest.raises(SourceError, match="row 4: 1a was the id of a row before; row 5: it has 9 cells under 7"):
        for document in open_source(path):
            found.append(document.part)
    assert found == ["1a", "2-b", "4"]


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("columns: {Nr: nonsense}", "names fields that there are not: nonsense"),
        ("columns: {Titel: title}", "has no column Titel"),
        ("columns: {Nr: id}\ncolour: red", "has keys that mean nothing: colour"),
        ("- a list", "is no mapping: it needs `columns:`"),
        ("columns: {Nr: [", "is no mapping that can be read"),
        ("columns: !!python/object/apply:os.system {x: y}", "is no mapping that can be read"),
        ("columns: {Nr: id}\nencoding: klingon", "is in an encoding that is not known"),
        ("columns: {Nr: id}\ndelimiter: ';;'", "has a delimiter of 2 characters"),
    ],
)
def test_a_mapping_that_cannot_be_says_why(mapping: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        list(open_source(laid(tmp_path, mapping=mapping)))
    assert reason in caught.value.reason


def test_a_table_of_unknown_columns_asks_for_a_mapping() -> None:
    with pytest.raises(SourceError, match=r"none of its columns has a name that is known \(Spalte, Zeile\)"):
        list(open_bytes(b"Spalte,Zeile\n1,2\n", "a.csv"))


def test_the_dry_run_shows_each_column_and_takes_nothing_in(tmp_path: Path) -> None:
    path = laid(tmp_path)
    survey = survey_table(path)
    assert survey.rows == 2
    assert [(column.name, column.field, column.filled) for column in survey.columns][-2:] == [
        ("Abschrift", "text", 2),
        ("Rest", "", 1),
    ]
    shown = CliRunner().invoke(mabillon, ["columns", str(path)])
    assert shown.exit_code == 0
    assert "2 documents would be read" in shown.output
    assert "Karl Schmidt" in shown.output
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["letters.csv", "letters.mapping.yaml"]
    assert list(walk([tmp_path])) == [path]


CELLS = st.text(max_size=30)


@settings(max_examples=80)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["title", "text", "date"], *rows])
    try:
        for document in open_bytes(out.getvalue().encode("utf-8", "replace"), "a.csv"):
            assert_holds(document)
    except SourceError as error:
        assert error.reason
