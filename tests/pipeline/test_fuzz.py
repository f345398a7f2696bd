"""Whatever becomes of a document on its way, reading it ends in records or in a SourceError, and offsets hold.

Runs for some seconds; MABILLON_FUZZ=100 tries a hundred times as much.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mabillon.document import Document
from mabillon.errors import SourceError
from mabillon.pipeline import read_document
from mabillon.record import Record, decode, encode, values_of
from mabillon.source import open_bytes

SAMPLES = sorted(path for path in (Path(__file__).resolve().parents[2] / "samples").glob("*/*") if path.is_file())
EFFORT = int(os.environ.get("MABILLON_FUZZ", "1"))
SHOTS = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n\n", b"\x0c", b"\t", b"<", b"</p>", b"<script>", b"&lol;",
    b"]]>", b"<!--", b"[", b"(((", b"25:10", b"31 September 1950", b"13:30 p.m.", b"9999",
    b"Copy No. 99999999999999999999 to ",
    "№ ".encode(), "“".encode(), "한국 ".encode(), "１９５０年".encode(), b"e\xcc\x81", b"XIIIII", b"-" * 300,
    b" to " * 80,
    b"TELEGRAM\nFrom: A\nTo: B\n", b"ENCLOSURE\n", b"<teiHeader>", b'{"a":', b"---\ntitle: x\n---\n",
]  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn) -> tuple[bytes, str]:
    """Return the bytes of a sample after a few accidents, and its name."""
    path = draw(st.sampled_from(SAMPLES))
    content = path.read_bytes()
    for _ in range(draw(st.integers(1, 5))):
        content = draw(st.sampled_from([cut, double, swap, shoot, spoil, tear]))(draw, content)
    return content, path.name


def cut(draw: st.DrawFn, content: bytes) -> bytes:
    start = draw(st.integers(0, len(content)))
    return content[:start] + content[start + draw(st.integers(0, 400)) :]


def double(draw: st.DrawFn, content: bytes) -> bytes:
    start = draw(st.integers(0, len(content)))
    return content[:start] + content[start : start + 200] * draw(st.integers(2, 5)) + content[start + 200 :]


def swap(draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def shoot(draw: st.DrawFn, content: bytes) -> bytes:
    start = draw(st.integers(0, len(content)))
    return content[:start] + draw(st.sampled_from(SHOTS)) + content[start:]


def spoil(draw: st.DrawFn, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for position in draw(st.lists(st.integers(0, max(0, len(content) - 1)), max_size=8)):
        if spoilt:
            spoilt[position] = draw(st.integers(0, 255))
    return bytes(spoilt)


def tear(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: draw(st.integers(0, len(content)))]


@settings(
    max_examples=120 * EFFORT, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(mutations())
def test_reading_survives_whatever_becomes_of_a_document(mutation: tuple[bytes, str]) -> None:
    content, name = mutation
    try:
        for document in open_bytes(content, name):
            for record in read_document(document):
                holds(record, document)
    except SourceError as refused:
        assert str(refused).startswith(f"{name}: ") and "\n" not in str(refused)


@settings(max_examples=60 * EFFORT, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["x.txt", "x.html", "x.xml", "x.md", "x"]))
def test_reading_survives_any_bytes(content: bytes, name: str) -> None:
    try:
        for document in open_bytes(content, name):
            for record in read_document(document):
                holds(record, document)
    except SourceError as refused:
        assert str(refused).startswith(f"{name}: ")


def holds(record: Record, document: Document) -> None:
    """Offsets quote the text, confidences are probabilities, and JSON gives the record back."""
    text = document.text.value
    for value in values_of(record):
        pieces = [text[start:end] for start, end in value.spans]
        assert value.text in ("".join(pieces), " … ".join(pieces)), value
        assert 0 <= value.confidence <= 1
        assert value.spans or value.reason, value
    once = decode(encode(record))  # evidence of a finding comes back as plain values, whatever it was
    assert decode(encode(once)) == once
