"""The site of one archive: pages for people, `/api/v1` for programs."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mabillon.archive import Archive
from mabillon.errors import ArchiveError
from mabillon.web.api.app import api, mounted
from mabillon.web.api.desk import Desk
from mabillon.web.api.limits import Limits
from mabillon.web.api.openapi import description
from mabillon.web.api.shapes import BASE
from mabillon.web.archive_holdings import ArchiveHoldings
from mabillon.web.doors import Doors
from mabillon.web.feed import feed
from mabillon.web.holdings import Holdings
from mabillon.web.keeping import MOST_BYTES, Kept
from mabillon.web.language import languages
from mabillon.web.pages.browse import browse
from mabillon.web.pages.calendar import day, month, year, years
from mabillon.web.pages.collections import collection
from mabillon.web.pages.comparing import compared
from mabillon.web.pages.findings import findings
from mabillon.web.pages.fonts import font, font_styles
from mabillon.web.pages.front import front
from mabillon.web.pages.knew import knew, spread
from mabillon.web.pages.names import name, names
from mabillon.web.pages.record import Shown, citation, exchange, original, record
from mabillon.web.pages.search import search
from mabillon.web.pages.series import series, station
from mabillon.web.pages.transit import route, transit
from mabillon.web.pages.views import view
from mabillon.web.rendering import STATIC, THEMES, render
from mabillon.web.security import LARGEST_BODY, SecureHeaders, too_long

log = logging.getLogger(__name__)

YEAR = 365 * 86400
_ERRORS = {403: "forbidden", 404: "not-found", 405: "method", 413: "too-long", 414: "too-long", 503: "unavailable"}
"""Status → its texts in the locale, `error.NAME` and `error.NAME-do`; any other is "broken"."""


def create_app(archive_path: Path, limits: Limits | None = None) -> Starlette:
    """Return the site of the archive in a directory, and its API. Raises `ArchiveError` where there is none."""
    archive = Archive.open(archive_path)
    return site(ArchiveHoldings(archive), api(Desk(archive), limits), Doors(archive).routes())


def site(holdings: Holdings, programs: ASGIApp | None = None, doors: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the site over `holdings`, which it closes when it ends; `programs` are answered under `/api/v1`, `doors`
    at addresses of their own."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        holdings.close()

    app = Starlette(
        routes=[
            Route("/", front),
            Route("/search", search),
            Route("/search.atom", feed),
            Route("/search/{view}", view),
            Route("/browse", browse),
            Route("/browse/{id:int}", browse),
            Route("/collections/{name}", collection),
            Route("/calendar", years),
            Route("/calendar/{year:int}", year),
            Route("/calendar/{year:int}/{month:int}", month),
            Route("/calendar/{year:int}/{month:int}/{day:int}", day),
            Route("/records/{id}", record),
            Route("/records/{id}/exchange", exchange),
            Route("/records/{id}/spread", spread),
            Route("/records/{id}/original", original),
            Route("/records/{id}/cite.{format}", citation),
            Route("/records/{id}/compare/{other}", compared),
            *((mounted(programs),) if programs else ()),
            *doors,
            Route("/api", documented),
            Route("/robots.txt", robots),
            Route("/preferences", preferences, methods=["POST"]),
            Route("/findings", findings),
            Route("/series", series),
            Route("/series/{station:path}", station),
            Route("/transit", transit),
            Route("/transit/route", route),
            Route("/people", names),
            Route("/people/{name}", name),
            Route("/organizations", names),
            Route("/organizations/{name}", name),
            Route("/places", names),
            Route("/places/{name}", name),
            Route("/knew", knew),
            Route("/fonts.css", font_styles),
            Route("/fonts/{name}.woff2", font),
            Mount("/static", KeptFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(SecureHeaders),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5),
            Middleware(Guard),
        ],
        exception_handlers={HTTPException: explain, ArchiveError: unavailable},
        lifespan=lifespan,
    )
    app.state.holdings = holdings
    app.state.pages = Kept[tuple[bytes, dict[str, str]]]()
    app.state.making = {}
    app.state.anatomies = Kept[Shown](MOST_BYTES // 2)
    return app


class KeptFiles(StaticFiles):
    """Static files, kept by the browser for a year where their address carries a fingerprint."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if scope["query_string"] and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return response


class Guard:
    """Refuses requests longer than any page needs, and answers a failure with a page instead of a broken line."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def note_begin(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if too_long(scope) and not scope["path"].startswith(f"{BASE}/"):  # which has words of its own for it
                await error_page(Request({**scope, "query_string": b""}), 413)(scope, receive, send)
            else:
                await self.app(scope, receive, note_begin)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            if begun:
                raise
            await error_page(Request(scope), 500)(scope, receive, send)


async def explain(request: Request, error: Exception) -> Response:
    """Answer a refusal with a page that says what to do next."""
    assert isinstance(error, HTTPException)
    response = error_page(request, error.status_code, error.detail)
    response.headers.update(error.headers or {})
    return response


async def unavailable(request: Request, error: Exception) -> Response:
    """Answer that the archive or its index cannot be read just now."""
    log.error("%s failed: %s", request.url.path, error)
    return error_page(request, 503)


def error_page(request: Request, status: int, detail: str = "") -> Response:
    """Return the page of an HTTP status. `detail` "record" says that it was a record that is not there, "slow" that
    what was asked took too long."""
    name = "slow" if detail == "slow" else _ERRORS.get(status, "broken")
    return render(request, "error.html", status, name=f"{name}-record" if detail == "record" else name, advice=name)


async def robots(request: Request) -> Response:
    """Keep crawlers to the records and lists: views and comparisons of all with all have no end."""
    return PlainTextResponse("User-agent: *\nDisallow: /search/\nDisallow: /records/*/compare/\n")


async def documented(request: Request) -> Response:
    """Show what the API answers, for people."""
    return render(request, "api.html", description=description())


async def preferences(request: Request) -> Response:
    """Keep the chosen language or appearance in a cookie and go back to the page."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
    form = {key: values[-1] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}
    response = RedirectResponse(_own_path(form.get("back", "/")), 303)
    for choice, allowed in (("language", tuple(languages())), ("theme", THEMES)):
        if form.get(choice) in allowed:
            response.set_cookie(choice, form[choice], max_age=YEAR, httponly=True, samesite="lax")
    return response


def _own_path(path: str) -> str:
    """Return `path` if it is one of this site, else the front page: `//host` and `/\\host` lead elsewhere."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else "/"
