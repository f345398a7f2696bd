"""A whole archive as plain files: its pages as the site shows them, with links that hold in any folder, a search that
runs in the browser, and the data in every format. Two runs over the same archive write the same bytes."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.applications import Starlette

from mabillon.archive import Archive, Level
from mabillon.archive.finding_aid import walk_levels
from mabillon.archive.harvest import Harvest
from mabillon.archive.tallies import days
from mabillon.errors import ArchiveError
from mabillon.publish.address import Publisher
from mabillon.publish.ead3 import write_ead
from mabillon.publish.formats import RECORD_FORMATS
from mabillon.publish.static_index import write_index
from mabillon.web.api.export import FORMATS
from mabillon.web.app import create_app
from mabillon.web.oai import unit_of

DUMPS = ("jsonl", "csv", "tei", "cmif", "turtle", "ris")
_PAGES = re.compile(
    r"/|/search/(?:timeline|network|map)|/search\.atom|/browse(?:/\d+(?:/iiif\.json)?)?|/collections/[^/]+"
    r"|/calendar(?:/\d+){0,3}|/(?:people|organizations|places)(?:/[^/]+)?|/findings|/fonts\.css|/fonts/[^/]+|/static/.+"
)
_QUERIED = re.compile(r"/(?:browse/\d+|people|organizations|places)")
"""Pages of which those with a query (the next part of a long list) are written too."""
_RECORD = re.compile(r"/records/([^/]+)(?:/(exchange|original|cite\.[\w.]+|record\.[\w.]+))?")
_LINK = re.compile(r'(\s)(href|src|action)="(/[^"]*)"')
_CSS = re.compile(r"url\(([\"']?)(/[^)\"']+)\1\)")
_PREFERENCES = re.compile(r'<form[^>]*action="/preferences".*?</form>', re.DOTALL)
_MAIN = re.compile(r'(<main id="content"[^>]*>).*?(</main>)', re.DOTALL)
_RESULTS = '<div id="found" role="status"></div><noscript><p>The search needs JavaScript.</p></noscript>'
SITEMAP = 50_000
"""Addresses in one sitemap (sitemaps.org)."""

Tell = Callable[[int, int], None]
"""Told how many records of how many have been written."""


def publish(archive_path: Path, target: Path, publisher: Publisher, tell: Tell = lambda done, total: None) -> int:
    """Write the archive into the folder `target`, absent or empty, and return the number of records.

    Only what everybody may see is written. Raises `ArchiveError` if it cannot be.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ArchiveError(f"{target}: something is there already; publish to another place")
    app = create_app(archive_path)
    try:
        with Archive.open(archive_path) as archive:
            return asyncio.run(_Publication(app, archive, target, publisher, tell).go())
    except OSError as failure:
        raise ArchiveError(f"{target}: {failure.strerror or failure}; the site is not whole") from failure
    finally:
        app.state.holdings.close()


@dataclass(slots=True)
class _Page:
    status: int
    media_type: str
    body: bytes


class _Publication:
    def __init__(self, app: Starlette, archive: Archive, target: Path, publisher: Publisher, tell: Tell) -> None:
        self.app, self.archive, self.target, self.publisher, self.tell = app, archive, target, publisher, tell
        self.waiting: deque[str] = deque()
        self.known: set[str] = set()
        self.dates = _dates(days(archive, 0, 99991231))

    async def go(self) -> int:
        await self._search_page()
        for address in ("/", "/browse", "/calendar", "/people", "/organizations", "/places", "/search/timeline",
                        "/search/network", "/search/map", "/search.atom", "/findings"):  # fmt: skip
            self._want(address)
        total, done = self.archive.count(), 0
        for id in self.archive.ids():
            await self._record(id)
            await self._wanted()
            done += 1
            self.tell(done, total)
        await self._wanted()
        self._data()
        return done

    async def _record(self, id: str) -> None:
        address = f"/records/{quote(id, safe='')}"
        for path in (address, f"{address}/exchange", f"{address}/original",
                     *(f"{address}/cite.{end}" for end in ("bib", "ris", "csl.json")),
                     *(f"{address}/record.{end}" for end in RECORD_FORMATS)):  # fmt: skip
            await self._write(path)
        page = await self._get(f"/api/v1{address}")
        self._put(file_of(f"{address}/record.json"), page.body)

    def _want(self, address: str) -> None:
        if address not in self.known:
            self.known.add(address)
            self.waiting.append(address)

    async def _wanted(self) -> None:
        while self.waiting:
            await self._write(self.waiting.popleft())

    async def _write(self, address: str) -> None:
        page = await self._get(address)
        if page.status != 200:
            return
        path = file_of(address)
        if page.media_type.startswith("text/html"):
            self._put(path, self._linked(page.body.decode("utf-8"), path).encode("utf-8"))
        elif page.media_type.startswith("text/css"):
            self._put(path, self._styled(page.body.decode("utf-8"), path).encode("utf-8"))
        else:
            self._put(path, page.body)

    def _linked(self, html: str, path: str) -> str:
        """Make every link one that holds from the file `path`; one that leads nowhere here stands without address."""
        html = _PREFERENCES.sub("", html)

        def link(found: re.Match[str]) -> str:
            address = unescape(found[3])
            there = self._target(address)
            if there is None:
                return f'{found[1]}data-live="{found[3]}"' if found[2] == "href" else found[0]
            return f'{found[1]}{found[2]}="{escape(_relative(path, there) + _rest(address))}"'

        return _LINK.sub(link, html)

    def _styled(self, css: str, path: str) -> str:
        def link(found: re.Match[str]) -> str:
            there = self._target(found[2])
            return f"url({found[1]}{_relative(path, there or found[2].lstrip('/'))}{found[1]})"

        return _CSS.sub(link, css)

    def _target(self, address: str) -> str | None:
        """Return the file that an address leads to, and see to it that it is written; None where there is none."""
        parts = urlsplit(address)
        bare = parts.path
        if bare == "/search":
            return "search/index.html"
        api = bare.removeprefix("/api/v1") if bare.startswith("/api/v1/records/") else bare
        if _RECORD.fullmatch(api):
            return file_of(f"{api}/record.json" if api != bare else api)
        if not _PAGES.fullmatch(bare) or (bare.startswith("/calendar/") and bare not in self.dates):
            return None
        is_file = bare.startswith(("/static/", "/fonts"))
        if parts.query and not is_file and bare != "/search.atom":
            if not _QUERIED.fullmatch(bare):
                return None
            bare = f"{bare}?{parts.query}"
        self._want(bare)
        return file_of(bare)

    async def _search_page(self) -> None:
        page = (await self._get("/search")).body.decode("utf-8")
        form = re.search(r'<form action="/search".*?</form>', page, re.DOTALL)
        inner = f'\\1<h1 class="unseen">Search</h1>{form[0] if form else ""}{_RESULTS}\\2'.replace("\\u", "\\\\u")
        page = _MAIN.sub(inner, page)
        script = '<script src="/static/published.js" data-index="../index/" data-root="../"></script></body>'
        self._put("search/index.html", self._linked(page.replace("</body>", script), "search/index.html").encode())

    def _data(self) -> None:
        day = date.fromisoformat(Harvest(self.archive).latest()[:10])
        write_index(self.archive.records(), lambda name, content: self._put(f"index/{name}", content))
        for name in DUMPS:
            format = FORMATS[name]
            pieces = format.write(self.archive.records(), self.publisher, day)
            self._stream(f"data/{'all' if '.' in format.ending else 'records'}.{format.ending}", pieces)
        steps = (unit_of(step) if isinstance(step, Level) else step for step in walk_levels(self.archive))
        self._stream("data/finding-aid.ead.xml", write_ead(steps, self.publisher, day))
        if self.publisher.base:
            self._sitemaps()
        self._put("README.txt", _README.encode())

    def _sitemaps(self) -> None:
        names, some = list[str](), list[str]()
        for id in (*self.archive.ids(), None):
            if id is not None:
                some.append(f"{self.publisher.record(id)}/")
            if len(some) == SITEMAP or (id is None and some):
                names.append(f"sitemap-{len(names) + 1}.xml")
                self._put(names[-1], _sitemap("urlset", "url", some))
                some = []
        self._put("sitemap.xml", _sitemap("sitemapindex", "sitemap", [self.publisher.at(name) for name in names]))
        self._put("robots.txt", f"User-agent: *\nSitemap: {self.publisher.at('sitemap.xml')}\n".encode())

    def _put(self, path: str, content: bytes) -> None:
        self._stream(path, [content])

    def _stream(self, path: str, pieces: Iterable[bytes]) -> None:
        file = self.target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            for piece in pieces:
                out.write(piece)

    async def _get(self, address: str) -> _Page:
        """Ask the site as a browser would, in this process."""
        parts, base = urlsplit(address), urlsplit(self.publisher.base or "http://localhost")
        messages: list[Any] = []
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": base.scheme,
            "path": unquote(parts.path), "raw_path": parts.path.encode(), "query_string": parts.query.encode(),
            "root_path": "", "headers": [(b"host", base.netloc.encode())], "client": ("127.0.0.1", 0),
            "server": (base.hostname, base.port or (443 if base.scheme == "https" else 80)),
        }  # fmt: skip

        asked = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if not asked:
                await asyncio.Event().wait()  # nobody goes away: whoever listens for that is stopped in the end
            return asked.pop()

        async def send(message: Any) -> None:
            messages.append(message)

        await self.app(scope, receive, send)
        headers = dict(messages[0]["headers"])
        body = b"".join(message.get("body", b"") for message in messages[1:])
        return _Page(messages[0]["status"], headers.get(b"content-type", b"").decode(), body)


def _dates(spans: Iterable[tuple[int, int, int]]) -> set[str]:
    """Return the pages of the calendar on which something stands: years, months, days of records dated to the day."""
    found: set[str] = set()
    for first, last, _ in spans:
        for day in (first, last):
            found.add(f"/calendar/{day // 10000}")
            found.add(f"/calendar/{day // 10000}/{day // 100 % 100:02}")
        if first == last:
            found.add(f"/calendar/{first // 10000}/{first // 100 % 100:02}/{first % 100:02}")
    return found


def file_of(address: str) -> str:
    """Return the path of the file in which an address of the site is written."""
    parts = urlsplit(address)
    steps = [_step(unquote(step)) for step in parts.path.strip("/").split("/") if step]
    if parts.query and not parts.path.startswith(("/static/", "/fonts")):
        steps.append(f"part-{hashlib.sha256(parts.query.encode()).hexdigest()[:12]}")
    path = "/".join(steps)
    last = steps[-1] if steps else ""
    is_file = parts.path.startswith(("/static/", "/fonts")) or re.fullmatch(r"(?:record|cite|search|iiif)\..+", last)
    if last == "original":
        return f"{path}.bin"
    return path if is_file else f"{path}/index.html".lstrip("/")


def _step(name: str) -> str:
    """Return a step of a path as every file system has it; one that none would have gets a fingerprint."""
    if re.fullmatch(r"[a-z0-9._-]{1,100}", name) and not name.startswith("."):
        return name
    plain = re.sub(r"[^a-zA-Z0-9]+", "-", name)[:40].strip("-")
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _relative(path: str, there: str) -> str:
    """Return the way from the file `path` to the file `there`; a folder's index goes by the folder's name."""
    way = "../" * path.count("/") + quote(re.sub(r"(^|/)index\.html$", r"\1", there))
    return way or "./"


def _rest(address: str) -> str:
    """Return what of an address goes on after the path: a question to the search, a place on the page."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query and parts.path in ("/search",) else ""
    return query + (f"#{parts.fragment}" if parts.fragment else "")


def _sitemap(top: str, each: str, addresses: Iterable[str]) -> bytes:
    inner: Iterator[str] = (f"<{each}><loc>{escape(address)}</loc></{each}>\n" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{top} xmlns="{space}">\n{"".join(inner)}</{top}>\n'.encode()


_README = """\
This folder is a whole archive of telegrams and letters as plain files. Any web server can show it; on your own machine:

    python3 -m http.server

and then open http://localhost:8000/ in a browser. data/ holds all records in several formats, records/ each by itself.
"""
