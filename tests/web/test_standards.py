"""What others measure of the site: the Nu validator its HTML, Lighthouse its speed and manners."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mabillon.record import Record
from mabillon.web.app import create_app, site
from tests.web import browser as helpers
from tests.web.papers import HOSTILE
from tests.web.planted import Planted
from tests.web.test_browser import PATHS

LEAST = 98
TIMES = 3
"""How often Lighthouse may look: a machine with other work makes a page look slow."""
PLANTED = (
    "/people/person:x", "/places/place:x", "/people/person:x?as=copy", "/collections/x", "/browse/1", "/records/x",
    "/records/x/compare/y", "/records/x/exchange", "/search?q=x", "/calendar/1950/09/30",
)  # fmt: skip


def ids(records: dict[str, Record]) -> dict[str, str]:
    return {stem: record.id for stem, record in records.items()}


def test_the_html_of_every_page_is_valid(client: TestClient, records: dict[str, Record], tmp_path: Path):
    java = shutil.which("java")
    if java is None:
        helpers.need("Java", "apt-get install default-jre-headless")
    for name, path in PATHS.items():
        (tmp_path / f"{name}.html").write_bytes(client.get(path.format(**ids(records))).content)
    for number, words in enumerate(("Words", *HOSTILE)):
        with TestClient(site(Planted(words))) as asking:
            for at, path in enumerate(PLANTED):
                (tmp_path / f"planted-{number}-{at}.html").write_bytes(asking.get(path).content)
    validator = helpers.from_npm("vnu-jar/build/dist/vnu.jar")
    command = [str(java), "-jar", str(validator), "--errors-only", "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True)
    said = json.loads(done.stderr)["messages"]
    assert [(Path(m["url"]).name, m["message"], m.get("extract", "")[:120]) for m in said] == []


@pytest.fixture(scope="module")
def address(archive_path: Path) -> Iterator[str]:
    with helpers.serving(create_app(archive_path)) as found:
        yield found


@pytest.mark.parametrize("name", ["front", "search", "record"])
def test_lighthouse_has_nothing_to_say(address: str, records: dict[str, Record], name: str, tmp_path: Path):
    program = helpers.chromium()
    script = helpers.from_npm("lighthouse/cli/index.js")
    least: dict[str, int] = {}
    for attempt in range(TIMES):
        report = tmp_path / f"{attempt}.json"
        subprocess.run(
            ["node", str(script), address + PATHS[name].format(**ids(records)), "--quiet", "--output=json",
             f"--output-path={report}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
             "--only-categories=performance,accessibility,best-practices,seo"],
            env={**os.environ, "CHROME_PATH": program}, capture_output=True, timeout=240,
        )  # fmt: skip
        found = json.loads(report.read_text("utf-8"))["categories"] if report.is_file() else {}
        least = {category: round(100 * (its["score"] or 0)) for category, its in found.items()}
        if least and min(least.values()) >= LEAST:
            return
    assert least and min(least.values()) >= LEAST, least
