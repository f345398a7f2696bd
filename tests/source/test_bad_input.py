"""Bad and hostile input gives documents or a clear SourceError, never anything else, and never takes long."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.specimens import documents
from mabillon.errors import SourceError
from mabillon.source import open_bytes, open_source, original
from tests.source.laws import assert_holds

EFFORT = int(os.environ.get("MABILLON_FUZZ", "1"))
FILES = documents()
LAUGHS = (
    b"<!DOCTYPE TEI [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(9))
    + b"]><TEI><text><p>&j;</p></text></TEI>"
)
BLOWUP = (
    b"<!DOCTYPE TEI [<!ENTITY a '" + b"a" * 100_000 + b"'>]><TEI><text><p>" + b"&a;" * 10_000 + b"</p></text></TEI>"
)


def refused(content: bytes, name: str) -> str:
    with pytest.raises(SourceError) as caught:
        list(open_bytes(content, name))
    assert str(caught.value).startswith(f"{name}: ")
    return caught.value.reason


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.txt", "is empty"),
        (b" \n\t\r\n", "a.txt", "holds no words"),
        (b"\xef\xbb\xbf\n", "a.txt", "holds no words"),
        (b"<html><body><script>x()</script></body></html>", "a.html", "holds no words"),
        (bytes(range(256)), "a.txt", "is binary"),
        (b"\x7fELF\x02\x01", "a.txt", "is a program"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "is a picture"),
        (LAUGHS, "a.xml", "hostile XML: its entities multiply"),
        (BLOWUP, "a.xml", "hostile XML: its entities multiply"),
        (b"<TEI><text>" + b"<hi>" * 3000, "a.xml", "Excessive depth"),
        (b"<html><body>" + b"<div>" * 3000 + b"x", "a.html", "nested more than 2000"),
        (b"<html><body>" + b"<div>" * 30000 + b"x", "a.html", "nested more than 5,000"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, name: str, reason: str) -> None:
    assert reason in refused(content, name)


@pytest.mark.parametrize(
    "entity", ["<!ENTITY x SYSTEM '{}'>", "<!ENTITY % x SYSTEM '{}'> %x;", "<!ENTITY x PUBLIC '-//X' '{}'>"]
)
def test_external_entities_are_refused(entity: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    raw = f"<!DOCTYPE TEI [{entity.format(secret.as_uri())}]><TEI><text><p>a &x; b</p></text></TEI>"
    assert "external entities" in refused(raw.encode(), "a.xml")
    assert "secret" not in refused(raw.encode("utf-16"), "a.xml")


def test_the_dtd_that_a_file_names_is_not_loaded(tmp_path: Path) -> None:
    dtd = tmp_path / "own.dtd"
    dtd.write_text("<!ENTITY word 'from the DTD'>")
    plain = f"<!DOCTYPE TEI SYSTEM '{dtd}'><TEI><text><p>text {{}}</p></text></TEI>"
    (document,) = open_bytes(plain.format("").encode(), "a.xml")
    assert document.text.value == "text"
    assert "Entity 'word' not defined" in refused(plain.format("&word;").encode(), "a.xml")
    absent = plain.replace(str(dtd), "http://127.0.0.1:9/own.dtd").format("")
    assert next(open_bytes(absent.encode(), "a.xml")).text.value == "text"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"e" + "\u0300\u0316".encode() * 200_000, "accents.txt"),
        (b"<html><body><p>e" + "\u0300\u0316".encode() * 200_000, "accents.html"),
        (b"**a " * 100_000, "stars.md"), (b"__a " * 100_000, "lines.md"), (b"> " * 100_000 + b"x", "quotes.md"),
        (b"# " + b" " * 300_000 + b"x", "spaces.md"), (b"[" * 100_000, "brackets.md"),
        (b"<html><body>" + b"<b>" * 20_000 + b"x", "bold.html"), (b"<html><body>" + b"<ul><li>" * 1900, "lists.html"),
        (b"<html><body>" + b"<table><tr><td>a<td>b</table>" * 3000, "tables.html"),
        (b"<html><body>" + b"<table><tr><td>" * 600 + b"x", "nested.html"),
        (b"<html><head>" + b"<meta name=DC.subject content=zz>" * 9000 + b"<body>" + b"<h2>a</h2>" * 9000, "meta.html"),
        (b"<html><head><script type='application/ld+json'>" + b"[" * 90_000 + b"</script><body>x", "json.html"),
        (b"<html><head><title>" + b"a - " * 100_000 + b"</title><body>x", "title.html"),
        (b"<TEI><text><p>" + b"<hi>" * 200 + b"x" + b"</hi>" * 200 + b"</p></text></TEI>", "deep.xml"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_would_take_the_square_of_its_length_does_not(content: bytes, name: str) -> None:
    try:
        for document in open_bytes(content, name):
            assert_holds(document)
    except SourceError as error:
        assert error.reason


def test_paths_that_are_no_readable_files(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "absent.txt", "does not exist"),
        (tmp_path, "is a folder"),
        (Path(os.devnull), "is not a regular"),
    ):
        with pytest.raises(SourceError, match=reason):
            list(open_source(path))


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A file that may not be read. Root may read everything, so that root steps down meanwhile."""
    path = tmp_path / "locked.txt"
    path.write_text("words")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield path
    os.seteuid(user)


def test_a_file_that_may_not_be_read(locked: Path) -> None:
    with pytest.raises(SourceError, match="permission denied"):
        list(open_source(locked))


@pytest.mark.parametrize(
    ("name", "start", "reason"),
    [
        ("a.txt", b"words ", "too large to be read as one document"),
        ("a.html", b"<html><body><p>words ", "too large"),
        ("a.xml", b"<TEI><text><p>words ", "is one TEI document"),
    ],
)
def test_a_source_beyond_the_limit_is_refused_unread(name: str, start: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(start + b"more words " * 1000)
        file.truncate(100 * 1024 * 1024)  # sparse: takes no room
    with pytest.raises(SourceError, match=reason):
        list(open_source(path))
    assert path.stat().st_size > original.WHOLE_LIMIT


def mutated(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, words in edits:
        at = int(place * len(content))
        content = content[:at] + words + content[at + length :]
    return content


TAGS = [b"<", b">", b"&", b"</p>", b"<p>", b"<table>", b"<div type='document'>", b"<!--", b"]]>", b"\x00", b"<pre>",
        b"</body>", b"&#x301;", b"&#0;", b"<note n='1'>", b"<dl><dt>Source<dd>", b"---\n"]  # fmt: skip
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 60),
        st.one_of(
            st.binary(max_size=4),
            st.sampled_from(TAGS),
        ),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(max_examples=100 * EFFORT, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(FILES), EDITS, st.sampled_from(["", ".txt", ".html", ".xml", ".md"]))
def test_mutilated_specimens_are_read_or_refused(
    path: Path, edits: list[tuple[float, int, bytes]], suffix: str
) -> None:
    try:
        for document in open_bytes(mutated(path.read_bytes(), edits), path.stem + (suffix or path.suffix)):
            assert_holds(document)
    except SourceError as error:
        assert error.reason
