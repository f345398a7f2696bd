"""WARCs as crawlers write them: pages come in with their address, and damage costs only what is damaged."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import subprocess
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from mabillon.document import Document
from mabillon.errors import SourceError
from mabillon.pipeline import read_path
from mabillon.source import open_bytes, open_source
from tests.source.laws import assert_holds

CABLE = """<!DOCTYPE html><html><head><title>Telegram {n}</title><link rel="canonical" href="http://elsewhere/x"></head>
<body><nav><a href="/">Home</a></nav><h1>Telegram No. {n}</h1><p>From Moscow to London, 3 March 1950</p>
<p>The note was handed over today. Caf\u00e9 {n}.</p><img src="/scan.png"></body></html>"""
SITE = "http://cables.example/"
Reply = tuple[str, str, bytes, dict[str, str]]


def written(pages: list[Reply], packed: bool = False, status: str = "200 OK") -> bytes:
    """Return a WARC of these pages (address, media type, content, more headers), written by warcio."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    keep(writer, writer.create_warcinfo_record("site.warc", {"software": "a test"}))
    for url, media_type, content, more in pages:
        headers = StatusAndHeaders(status, [("Content-Type", media_type), *more.items()], protocol="HTTP/1.1")
        keep(writer, writer.create_warc_record(url, "response", io.BytesIO(content), http_headers=headers))
    return out.getvalue()


def keep(writer: WARCWriter, record: ArcWarcRecord) -> None:
    """Write a record. The writer leaves the file open in which it took the length."""
    writer.write_record(record)
    record.raw_stream.close()


def cables(count: int) -> list[Reply]:
    return [(f"{SITE}{n}.html", "text/html", CABLE.format(n=n).encode(), {}) for n in range(1, count + 1)]


def opened(content: bytes, name: str = "site.warc") -> tuple[list[Document], str]:
    """Return the documents, which keep the laws, and what was said of the rest."""
    found: list[Document] = []
    try:
        for document in open_bytes(content, name):
            assert_holds(document)
            assert document.filename == name
            found.append(document)
    except SourceError as error:
        assert str(error).startswith(f"{name}: ")
        return found, error.reason
    return found, ""


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_is_a_document_with_the_address_it_was_crawled_from(packed: bool) -> None:
    found, failure = opened(written(cables(3), packed))
    assert not failure
    assert [document.url for document in found] == [f"{SITE}{n}.html" for n in (1, 2, 3)]
    assert [document.part for document in found] == ["2", "3", "4"]
    assert len({document.id for document in found}) == 3
    assert all(f"Café {n}" in document.text.value for n, document in enumerate(found, 1))


def test_what_a_reader_of_the_site_would_not_call_a_document_is_passed_by() -> None:
    other = [
        (f"{SITE}scan.png", "image/png", b"\x89PNG\r\n\x1a\n", {}),
        (f"{SITE}scan.pdf", "application/pdf", b"%PDF-1.4", {}),
        (f"{SITE}site.css", "text/css", b"body { color: red }", {}),
        (f"{SITE}robots.txt", "text/plain", b"User-agent: *", {}),
        (f"{SITE}feed", "text/xml", b"<?xml version='1.0'?><rss><channel/></rss>", {}),
        (f"{SITE}empty", "text/html", b"", {}),
        (f"{SITE}frame", "text/html", b"<html><body><script>x()</script></body></html>", {}),
        (f"{SITE}liar.html", "text/html", b"GIF89a\x00\x00", {}),
    ]
    found, failure = opened(written([*other, *cables(1)]))
    assert (len(found), failure) == (1, "")
    assert opened(written(cables(1), status="404 Not Found")) == ([], "")


def test_texts_and_tei_of_a_site_are_read_by_their_own_readers() -> None:
    volume = b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>Dear Sir</p></body></text></TEI>"
    found, _ = opened(
        written(
            [
                (f"{SITE}a.txt", "text/plain; charset=utf-8", b"No. 1  words", {}),
                (f"{SITE}b.xml", "text/xml", volume, {}),
            ]
        )
    )
    assert [(document.media_type, document.text.value) for document in found] == [
        ("text/plain", "No. 1  words"),
        (found[1].media_type, "Dear Sir"),
    ]


@pytest.mark.parametrize(
    ("coding", "code"),
    [
        ("gzip", gzip.compress),
        ("br", brotli.compress),
        ("deflate", lambda raw: __import__("zlib").compress(raw)),
        ("deflate", lambda raw: __import__("zlib").compress(raw)[2:-4]),
    ],
)
def test_content_codings_are_undone(coding: str, code: Callable[[bytes], bytes]) -> None:
    page = code(CABLE.format(n=7).encode())
    (document,), failure = opened(written([(SITE, "text/html", page, {"Content-Encoding": coding})]))
    assert not failure
    assert "Telegram No. 7" in document.text.value


def test_chunks_are_joined_and_content_that_was_joined_already_stays() -> None:
    page = CABLE.format(n=7).encode()
    chunked = b"".join(b"%x;name=1\r\n%s\r\n" % (len(piece), piece) for piece in (page[:99], page[99:])) + b"0\r\n\r\n"
    for content in (chunked, page):
        (document,), _ = opened(written([(SITE, "text/html", content, {"Transfer-Encoding": "chunked"})]))
        assert document.text.value.endswith("The note was handed over today. Café 7.")


def test_the_encoding_that_only_the_server_states_is_believed() -> None:
    page = "<html><body><p>Москва, 3 марта</p></body></html>".encode("koi8-r")
    (document,), _ = opened(written([(SITE, "text/html; charset=KOI8-R", page, {})]))
    assert document.text.value == "Москва, 3 марта"


def test_a_revisit_and_a_second_capture_say_nothing_new() -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    first = written([*cables(1), *cables(1)], packed=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    again = writer.create_revisit_record(f"{SITE}1.html", "sha1:AAAA", f"{SITE}1.html", "2026-01-01T00:00:00Z", http)
    keep(writer, again)
    found, failure = opened(first + out.getvalue() + written(cables(2), packed=True))
    assert [document.url for document in found] == [f"{SITE}1.html", f"{SITE}2.html"]
    assert not failure


@pytest.mark.parametrize("packed", [False, True])
def test_a_record_that_is_damaged_is_named_and_the_rest_is_read(packed: bool) -> None:
    content = bytearray(written(cables(4), packed))
    starts = [found.start() for found in re.finditer(b"\x1f\x8b\x08" if packed else rb"WARC/1\.[01]\r", content)]
    place = starts[3] - 150 if packed else content.index(b"handed over today. Caf\xc3\xa9 2")
    content[place : place + 4] = b"\xff\xff\xff\xff"
    found, failure = opened(bytes(content))
    assert [document.url for document in found] == [f"{SITE}{n}.html" for n in (1, 3, 4)]
    assert failure.startswith(f"one of its records could not be read, the others were: at byte {starts[2]:,}")


@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_warc_gives_what_it_has(packed: bool) -> None:
    whole = written(cables(3), packed)
    found, failure = opened(whole[:-200])
    assert len(found) == 2
    assert "the file ends within it" in failure


@pytest.mark.parametrize("stated", [b"99999", b"7", b"-1", b"x" * 70_000])
def test_a_length_that_is_wrong_costs_one_record(stated: bytes) -> None:
    content = written(cables(3))
    second = content.index(b"2.html")
    length = re.compile(rb"Content-Length: (\d+)").search(content, second)
    assert length is not None
    found, failure = opened(content[: length.start(1)] + stated + content[length.end(1) :])
    assert [document.url for document in found] == [f"{SITE}1.html", f"{SITE}3.html"]
    assert failure.startswith("one of its records")


def test_what_unpacks_without_end_is_refused() -> None:
    bomb = gzip.compress(b"a" * 70 * 1024 * 1024)
    found, failure = opened(written([(SITE, "text/html", bomb, {"Content-Encoding": "gzip"}), *cables(1)]))
    assert len(found) == 1
    assert f"({SITE}): it unpacks to more than" in failure


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=5)), max_size=5), st.booleans())
def test_mutilated_warcs_are_read_or_refused(edits: list[tuple[float, bytes]], packed: bool) -> None:
    content = bytearray(written(cables(3), packed))
    for place, words in edits:
        at = int(place * len(content))
        content[at : at + 3] = words
    opened(bytes(content))


def test_memory_does_not_grow_with_the_site(tmp_path: Path) -> None:
    path = tmp_path / "site.warc"
    picture = (f"{SITE}scan.jpg", "image/jpeg", b"\xff\xd8\xff" + bytes(3_000_000), {})
    path.write_bytes(written([reply for cable in cables(12) for reply in (cable, picture)]))
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_source(path)) == 12
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A small archive site, served on this machine."""
    root = tmp_path / "site"
    (root / "cables").mkdir(parents=True)
    links = "".join(f'<li><a href="cables/{n}.html">Telegram {n}</a></li>' for n in (1, 2, 3))
    (root / "index.html").write_text(f"<!DOCTYPE html><title>The Cables</title><h1>All</h1><ul>{links}</ul>")
    (root / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    for n in (1, 2, 3):
        (root / "cables" / f"{n}.html").write_text(CABLE.format(n=n))
    handler = partial(_Quiet, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize("option", ["--no-warc-compression", "--warc-cdx"])
def test_a_site_that_wget_saved_is_moved_whole(site: str, option: str, tmp_path: Path) -> None:
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("needs wget")
    command = [wget, "-q", "-r", "-np", "-p", "-e", "robots=off", "--no-proxy", option, "--warc-file=moved", site]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    (warc,) = tmp_path.glob("moved.warc*")
    records = list(read_path(warc))
    assert all(record.source for record in records)
    found = {record.source.url: record for record in records if record.source}
    assert set(found) == {site, *(f"{site}cables/{n}.html" for n in (1, 2, 3))}
    third = found[f"{site}cables/3.html"]
    assert third.title is not None and "3" in third.title.value
    assert third.date is not None and third.date.value == "1950-03-03"
    assert third.source is not None and third.source.text is not None
    start, end = third.date.spans[0]
    assert third.source.text[start:end] == third.date.text


@pytest.mark.parametrize(
    ("name", "urls", "failure"),
    [
        ("jwarc/cc.warc.gz", ["http://commoncrawl.org/"], ""),
        ("warcio/example.warc", ["http://example.com/"], ""),
        ("warcio/example.warc.gz", ["http://example.com/"], ""),
        ("warcio/example-bad-non-chunked.warc.gz", ["http://example.com/"], ""),
        ("warcio/example-wget-bad-target-uri.warc.gz", ["http://example.com/"], ""),
        ("warcio/example-iana.org-chunked.warc", ["http://www.iana.org/"], ""),
        ("warcio/example-space-in-target-uri.warc.gz", [], ""),
        ("warcio/example-trunc.warc", [], "at byte 1,197 (http://example.com/): its length is not the one"),
        ("warcio/example-wrong-chunks.warc.gz", [], "its bytes are not those that its digest was taken of"),
    ],
)
def test_warcs_of_other_crawlers(name: str, urls: list[str], failure: str, shared: Path) -> None:
    path = shared / "data" / "warc" / name
    if not path.is_file():
        pytest.skip(f"needs {path}")
    found, said = opened(path.read_bytes(), path.name)
    assert [document.url for document in found] == urls
    assert failure in said
    assert bool(failure) == bool(said)
