"""The figures of the archive as a section of docs/performance.md."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bench.archive.letters import find_letters, multiply, parse_all, read_header, shared_folder
from bench.corpus.generate import generate
from bench.search.report import Section
from mabillon.archive import Archive, IngestReport, ingest
from mabillon.archive.indexing import open_index
from mabillon.archive.prepare import ReadPath
from mabillon.archive.verify import verify
from mabillon.pipeline import read_path

ROUNDS, TIMES, WORKERS = 3, 6, 2


def section(count: int, folder: Path) -> Section:
    """Measure with the shared TEI letters, `count` generated texts and the FRUS volumes, as far as they are there."""
    found = Section(["## The archive", ""])
    folder.mkdir(parents=True, exist_ok=True)
    shared = shared_folder()
    if shared is None:
        found.lines += ["The shared TEI editions are not here: letters and volumes were left out.", ""]
    else:
        _letters(found, shared, folder)
        _volumes(found, shared, folder)
    _texts(found, count, folder)
    return found


def _letters(found: Section, shared: Path, folder: Path) -> None:
    letters = folder / "letters"
    paths = multiply(find_letters(shared), letters, TIMES)
    rounds = [_round(paths, letters, folder / f"archive-{number}") for number in range(ROUNDS)]
    bare, first, second, sums, checks = (statistics.median(times) for times in zip(*rounds, strict=True))
    with _new(folder / "archive-0") as archive:
        whole = _seconds(lambda: _take_in(letters, archive, read_path))
    size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
    found.lines += [
        f"{len(paths):,} TEI letters of {size:.0f} kB on average ({TIMES} copies of each, with another comment),",
        f"medians of {ROUNDS} rounds by turns, time of day:",
        "",
        "| what | seconds | letters a second | : bare lxml |",
        "|---|---|---|---|",
        _row("bare `lxml` parse, one process", bare, len(paths), bare),
        _row(f"ingest and index, record from the header, {WORKERS} processes", first, len(paths), bare),
        _row(f"ingest and index, the whole reading, {WORKERS} processes (once)", whole, len(paths), bare),
        _row("second ingest of the same folder", second, len(paths), bare),
        _row("`sha256sum` of the originals", sums, len(paths), bare),
        _row("verify", checks, len(paths), bare),
        "",
    ]
    found.goal("ingest and index, record from the header : bare lxml", first / bare, "×", 3.5, True)
    found.goal("ingest and index, the whole reading : bare lxml", whole / bare, "×", 3.5, True)
    found.goal("first ingest : second ingest, record from the header", first / second, "×", 20, False)
    found.goal("verify : sha256sum", checks / sums, "×", 1.5, True)


def _round(paths: list[Path], letters: Path, place: Path) -> tuple[float, float, float, float, float]:
    """Return seconds of: bare parse, ingest, second ingest, sha256sum, verify."""
    bare = _seconds(lambda: parse_all(paths))
    with _new(place) as archive:
        first = _seconds(lambda: _take_in(letters, archive, read_header))
        second = _seconds(lambda: ingest([letters], archive, read_header))
        contents = [str(path) for path in archive.originals.root.glob("*/v1/content/*")]
        sums = _seconds(lambda: _sha256sum(contents))
        checks = _seconds(lambda: verify(archive))
    return bare, first, second, sums, checks


def _new(place: Path) -> Archive:
    shutil.rmtree(place, ignore_errors=True)
    return Archive.create(place)


def _row(what: str, seconds: float, count: int, bare: float) -> str:
    return f"| {what} | {seconds:.2f} | {count / seconds:,.0f} | {seconds / bare:.2f} |"


def _volumes(found: Section, shared: Path, folder: Path) -> None:
    volumes = shared / "data" / "tei" / "frus"
    if volumes.is_dir():
        what = f"{len(list(volumes.glob('*.xml')))} FRUS volumes"
        with _new(folder / "frus") as archive:
            _bulk(found, what, lambda: _take_in(volumes, archive, read_path))


def _texts(found: Section, count: int, folder: Path) -> None:
    texts = folder / "texts"
    shutil.rmtree(texts, ignore_errors=True)
    for number, cable in enumerate(generate(count)):
        path = texts / f"{number // 1000:04}" / cable.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(cable.text, encoding="utf-8")
    with _new(folder / "texts-archive") as archive:
        _bulk(found, f"{count:,} generated texts of 2 kB", lambda: _take_in(texts, archive, read_path))


def _bulk(found: Section, what: str, work: Callable[[], IngestReport]) -> None:
    begun = time.perf_counter()
    report = work()
    seconds = time.perf_counter() - begun
    memory = max(_memory(resource.RUSAGE_SELF), _memory(resource.RUSAGE_CHILDREN))
    found.lines += [
        f"{what}, the whole reading, {WORKERS} processes: {report.records:,} records, {report.records / seconds:,.0f} a"
        f" second with their index, {len(report.failures)} failures, {report.links:,} links. Largest process:"
        f" {memory:,.0f} MB.",
        "",
    ]
    found.goal(f"memory of the largest process, {what}", memory, " MB", 1500, True)


def _memory(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def _take_in(source: Path, archive: Archive, read: ReadPath) -> IngestReport:
    report = ingest([source], archive, read, workers=min(WORKERS, os.cpu_count() or 1))
    open_index(archive).close()
    return report


def _sha256sum(paths: list[str]) -> None:
    for start in range(0, len(paths), 1000):
        subprocess.run(["sha256sum", "--binary", *paths[start : start + 1000]], stdout=subprocess.DEVNULL, check=True)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
