"""Series and transits are told alike in every database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import true

from mabillon.archive import Archive, ingest
from mabillon.archive.originals import Originals
from mabillon.archive.series.following import follow_series
from mabillon.store import series as stored
from mabillon.store import transit
from mabillon.store.engine import Store
from mabillon.store.series import Unit
from tests.archive.reader import read_text
from tests.archive.test_series import cable
from tests.archive.test_transits import ROUTE, message, messages, read_events


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
    unit = Unit("sent", "pyongyang", "", 1950)
    with archive.store.reading() as connection:
        assert [one.members for one in stored.counted(connection, "pyongyang")] == [1, 27]
        assert {member.state for member in stored.members_of(connection, unit)} == {"chain"}
        assert stored.labels_of(connection, ["pyongyang"]) == {"pyongyang": "Pyongyang"}
        assert stored.shrunk(connection) == []


def test_transits_are_measured_and_judged_in_it(archive: Archive, tmp_path: Path) -> None:
    late = message(99, dt.datetime(1950, 3, 20, 12), dt.datetime(1950, 5, 8, 12))
    path = tmp_path / "messages.txt"
    path.write_text("\f".join([*messages(30), late]))
    ingest([path], archive, read_events)
    follow_series(archive.store)
    [finding] = archive.all_findings()
    assert (finding.finding, finding.entry.number) == ("transit.implausible", "99")
    with archive.store.reading() as connection:
        [(route, count, first, last, odd)] = transit.routes(connection, true())
        assert (route, count, first, last, odd) == (ROUTE, 31, 195003, 195003, 1)
        [spread] = transit.spreads(connection, ROUTE, "sender", condition=true())
        assert spread.lower <= spread.median <= spread.upper and spread.measured == 31
        assert transit.binned(connection, ROUTE, "universal", (0, 10**6)) == {("sent", "received"): [30, 1, 0]}
