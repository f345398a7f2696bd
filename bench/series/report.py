"""Series and transit as a section of docs/performance.md: whether intervals hold, and what a large archive costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from bench.archive.command import mabillon, run
from bench.archive.report import write_texts
from bench.page import Section
from bench.series.__main__ import YEARS, Score, measured, table
from bench.series.archive import POSTS, fill, make, records
from mabillon.archive import Archive
from mabillon.archive.series.following import follow_series
from mabillon.archive.series.sheets import counters, stations
from mabillon.archive.series.ways import routes, way
from mabillon.store.counters import put
from mabillon.store.series_tables import serials, series, transits

READ = 2_000
"""Generated texts that are ingested to know what an ingest costs."""


def section(count: int, folder: Path) -> Section:
    """Measure on generated stations, and on an archive of `count` generated records."""
    found = Section([f"## Series and transit: {count:,} generated records", ""])
    scores = measured(YEARS, 1)
    found.lines += [
        f"Each kind of station over {YEARS} years; what is undated, misread or not held is known.",
        "",
        table(scores),
        "",
    ]
    whole = Score()
    for name, score in scores:
        whole.add(score)
        share = 100 * score.held / score.intervals
        found.goal(f"90 % intervals, {name}: away from 90", abs(share - 90), " %", 3, True)
    found.goal("90 % intervals, all: away from 90", abs(100 * whole.held / whole.intervals - 90), " %", 3, True)
    with make(folder, count) as archive:
        _follow(found, archive, count, _ingest_seconds(folder) * count)
        _ask(found, archive)
    return found


def _ingest_seconds(folder: Path) -> float:
    """Return the processor seconds that ingesting one generated text takes."""
    texts, place = write_texts(folder / "texts", READ), folder / f"read-{time.time_ns()}"
    return run(mabillon("ingest", "--workers", "2", "--archive", place, texts)).cpu / READ


def _follow(found: Section, archive: Archive, count: int, ingest: float) -> None:
    with archive.store.writing() as connection:
        put(connection, "series", 0)
        for kept in (serials, series, transits):
            connection.execute(kept.delete())
    whole = _spend(lambda: follow_series(archive.store))
    held = archive.count()
    fill(archive, islice(records(held + 1), held, held + 1))
    one = _spend(lambda: follow_series(archive.store))
    found.lines += [
        f"From nothing: {whole:,.0f} s of processor time for the series and transits of {count:,} records; to ingest so"
        f" many takes {ingest:,.0f} s ({READ:,} were measured). After one more record: {one * 1000:,.0f} ms.",
        "",
    ]
    found.goal("series and transits from nothing : ingest", whole / ingest, "×", 0.25, True, digits=2)
    found.goal("series and transits after one more record", one * 1000, " ms", 1000, True, digits=0)


def _ask(found: Section, archive: Archive) -> None:
    post = POSTS[0].casefold()
    asked = {
        "all stations": lambda: stations(archive),
        "one station, all years": lambda: counters(archive, post),
        "all routes, the first time": lambda: routes(archive),
        "one route": lambda: way(archive, post, "washington"),
    }
    said = [f"{name} {_spend(question) * 1000:,.0f} ms" for name, question in asked.items()]
    found.lines += [f"Answers, in processor time: {', '.join(said)}.", ""]


def _spend(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
