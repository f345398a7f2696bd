from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mabillon.web import fonts
from mabillon.web.app import site
from mabillon.web.make_fonts import make_faces
from tests.web.planted import Planted


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MABILLON_CACHE", str(tmp_path))
    monkeypatch.setattr(fonts, "_found", [])
    return tmp_path


def test_without_its_typeface_a_page_is_set_in_the_systems(own_cache: Path):
    with TestClient(site(Planted("x"))) as asking:
        assert "font/woff2" not in asking.get("/").text
        assert asking.get("/fonts.css").status_code == 404


def test_the_typeface_is_made_once_and_served_with_a_lasting_address(own_cache: Path):
    make_faces()
    made = {path: path.stat().st_mtime_ns for path in own_cache.glob("*.woff2")}
    assert len(made) == 3 and sum(path.stat().st_size for path in made) < 90_000
    make_faces()
    assert made == {path: path.stat().st_mtime_ns for path in own_cache.glob("*.woff2")}
    with TestClient(site(Planted("x"))) as asking:
        assert f'href="{fonts.faces()[0].address}" as="font"' in asking.get("/").text
        for face in fonts.faces():
            assert face.address in asking.get("/fonts.css").text
            answer = asking.get(face.address)
            assert answer.content[:4] == b"wOF2" and "immutable" in answer.headers["cache-control"]
        assert asking.get("/fonts/../app.woff2").status_code == 404
