"""Volumes of many documents: the same whether parsed or streamed, and of flat memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.specimens import SAMPLES
from mabillon.errors import SourceError
from mabillon.source import open_bytes, open_source, tei
from tests.source.laws import assert_holds

SPECIMEN = SAMPLES / "frus" / "tei-volume-korea-four-documents.xml"
HEADER = "<teiHeader><fileDesc><titleStmt><title type='complete'>Korea, 1950</title></titleStmt></fileDesc></teiHeader>"


def volume(*documents: str) -> bytes:
    return f"<TEI>{HEADER}<text><body>{''.join(documents)}</body></text></TEI>".encode()


def document(name: str, words: str = "text") -> str:
    return f"<div type='document' xml:id='{name}'><head>No. {name}</head><p>{words}</p></div>"


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(tei, "TREE_LIMIT", 0)
        yield


def test_each_document_of_a_volume_is_one_with_the_volume_as_its_collection() -> None:
    documents = list(open_source(SPECIMEN))
    assert [entry.part for entry in documents] == ["d1", "d2", "d3", "d4"]
    for entry in documents:
        assert_holds(entry)
        said = {statement.field: statement for statement in entry.metadata}
        assert said["collection"].value.startswith("Foreign Relations of the United States, 1950")
        assert "title" not in said
        assert said["date-bounds"].attributes["from"].startswith("1950-")
        assert "Preface" not in entry.text.value


def test_streaming_gives_the_same_documents(streamed: None) -> None:
    by_stream = list(open_source(SPECIMEN))
    tei.TREE_LIMIT = 1 << 30
    assert list(open_source(SPECIMEN)) == by_stream


def test_real_volumes_give_the_same_documents_parsed_and_streamed(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shared / "data" / "tei" / "frus"
    if not folder.is_dir():
        pytest.skip("needs the volumes of the shared data")
    path = min(folder.glob("*.xml"), key=lambda entry: entry.stat().st_size)
    monkeypatch.setattr(tei, "TREE_LIMIT", 0)
    by_stream = list(open_source(path))
    monkeypatch.setattr(tei, "TREE_LIMIT", 1 << 30)
    assert list(open_source(path)) == by_stream
    assert len(by_stream) > 50


@pytest.mark.parametrize("limit", [0, 1 << 30], ids=["streamed", "parsed"])
def test_a_corpus_of_letters_is_one_document_each(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tei, "TREE_LIMIT", limit)
    letters = "".join(
        f"<TEI{name}><teiHeader><fileDesc><titleStmt><title>To {number}</title></titleStmt></fileDesc></teiHeader>"
        f"<text><body><div><p>Letter {number}.</p></div></body></text></TEI>"
        for number, name in enumerate((" xml:id='a'", "", " xml:id='a'"), 1)
    )
    documents = list(open_bytes(f"<teiCorpus>{HEADER}{letters}</teiCorpus>".encode(), "corpus.xml"))
    assert [entry.part for entry in documents] == ["a", "2", "a-3"]
    assert [entry.text.value for entry in documents] == [
        f"Title: To {number}\nCollection: Korea, 1950\n\nLetter {number}." for number in (1, 2, 3)
    ]


@pytest.mark.parametrize("limit", [0, 1 << 30], ids=["streamed", "parsed"])
def test_a_fault_in_the_middle_comes_after_the_good_documents(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tei, "TREE_LIMIT", limit)
    broken = volume(document("d1"), document("d2"), "\n<div type='document' xml:id='d3'><p>x</div>", document("d4"))
    documents = open_bytes(broken, "volume.xml")
    assert [next(documents).part, next(documents).part] == ["d1", "d2"]
    with pytest.raises(SourceError, match=r"volume\.xml: is not well-formed XML: .*\(line 2\)"):
        next(documents)


def test_documents_come_before_the_volume_is_read_to_its_end(streamed: None) -> None:
    endless = volume(*(document(f"d{number}") for number in range(2000))).removesuffix(b"</TEI>")
    assert next(open_bytes(endless, "volume.xml")).part == "d0"


MEASURE = """
import sys
from mabillon.source import open_source
count = sum(1 for _ in open_source(sys.argv[1]))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, int(peak.split()[1]) // 1024)
"""
# `ru_maxrss` would do on any system, but on Linux it begins with the size of the process that forks


def test_memory_does_not_grow_with_the_volume(tmp_path: Path) -> None:
    path = tmp_path / "volume.xml"
    words = ("<hi rend='italic'>Words</hi>" + " of a cable that is long" * 80) * 12
    paper = document("{}", "<note n='1'>Not printed.</note>" + words)
    with path.open("w") as file:
        file.write(f"<TEI>{HEADER}<text><front><div><p>Preface</p></div></front><body>")
        for number in range(1000):
            file.write(f"<div type='chapter'>{paper.replace('{}', f'd{number}')}<p>Between.</p></div>")
        file.write("</body></text></TEI>")
    assert path.stat().st_size > 20_000_000
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    count, megabytes = map(int, done.stdout.split())
    assert count == 1000
    assert megabytes < 90, "a tree of this volume takes more than 150 MB"
