"""Series and transits are told alike in every database."""

from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest
from mabillon.archive.originals import Originals
from mabillon.archive.series.following import follow_series
from mabillon.store import series as stored
from mabillon.store.engine import Store
from mabillon.store.series import Unit
from tests.archive.reader import read_text
from tests.archive.test_series import cable


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Archive:
    Originals(tmp_path / "originals", tmp_path / "incoming").create()
    return Archive(tmp_path, store)


def test_series_are_fitted_and_mended_in_it(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "cables.txt"
    days: dict[int, int | None] = {n: n for n in range(1, 30)} | {9: None, 20: 3}
    path.write_text("\f".join(cable(n, day) for n, day in days.items()))
    ingest([path], archive, read_text)
    follow_series(archive.store)
    [wrong] = archive.all_findings()
    assert wrong.finding == "number.out-of-sequence"
    archive.remove(wrong.entry.id, "editor", "a mistake")
    follow_series(archive.store)
    assert archive.all_findings() == []
    unit = Unit("message", "pyongyang", "", 1950)
    with archive.store.reading() as connection:
        assert [one.members for one in stored.counted(connection, "pyongyang")] == [1, 27]
        assert {member.state for member in stored.members_of(connection, unit)} == {"chain"}
        assert stored.labels_of(connection, ["pyongyang"]) == {"pyongyang": "Pyongyang"}
        assert stored.shrunk(connection) == []
