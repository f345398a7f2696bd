"""An archive of three documents, and a client that asks its site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mabillon.archive import Archive, ingest
from mabillon.archive.knowing import follow_knowledge
from mabillon.pipeline import read_path
from mabillon.record import Record
from mabillon.search import Index
from mabillon.web.app import create_app
from tests.web import papers


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive on disk that holds a cable with a letter enclosed, a letter, and a telegram."""
    folder = tmp_path_factory.mktemp("papers")
    for name, text in (("cable", papers.CABLE), ("letter", papers.LETTER), ("note", papers.NOTE)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    path = tmp_path_factory.mktemp("site") / "archive"
    with Archive.open(path, create=True) as archive:
        ingest([folder], archive, read_path, workers=1)
        follow_knowledge(archive.store)
        with Index.open(archive.index, create=True) as index:
            index.add(archive.records())
            index.commit()
    return path


@pytest.fixture(scope="session")
def records(archive_path: Path) -> dict[str, Record]:
    """The records of that archive by the stem of their file's name."""
    with Archive.open(archive_path) as archive:
        return {Path(r.source.filename).stem: r for r in archive.records() if r.source}


@pytest.fixture(scope="session")
def client(archive_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(archive_path), base_url="http://archive.test") as asking:
        yield asking
