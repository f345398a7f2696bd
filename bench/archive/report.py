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
    with _new(folder / "archive-0") as archive:
        rounds[0]["read"] = _spend(lambda: ingest([letters], archive, read_path, workers=WORKERS))
    times = {what: _median([its[what] for its in rounds if what in its]) for what in WHAT}
    size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
    found.lines += [
        f"{len(paths):,} TEI letters of {size:.0f} kB on average ({TIMES} copies of each, with another comment),",
        f"medians of {ROUNDS} rounds by turns. Processor time is that of all processes together: half is what two",
        "idle cores take.",
        "",
        "| what | seconds | processor seconds | letters a second | : bare lxml |",
        "|---|---|---|---|---|",
    ]
    bare = times["bare"]
    for what, said in WHAT.items():
        wall, cpu = times[what]
        ratio = f"{wall / bare[0]:.2f}"
        found.lines.append(f"| {said} | {wall:.2f} | {cpu:.2f} | {len(paths) / wall:,.0f} | {ratio} |")
    found.lines.append("")
    whole = [times["header"][n] + times["index"][n] for n in (0, 1)]
    found.goal("ingest and index, record from the header : bare lxml", whole[0] / bare[0], "×", 3.5, True)
    found.goal("the same by half the processor time", whole[1] / WORKERS / bare[1], "×", 3.5, True)
    found.goal("first ingest : second ingest", times["header"][0] / times["again"][0], "×", 20, False)
    found.goal("verify : sha256sum", times["verify"][0] / times["sums"][0], "×", 1.5, True)


WHAT = {
    "bare": "bare `lxml` parse, one process",
    "header": f"ingest, record from the header, {WORKERS} processes",
    "read": f"ingest, the whole reading, {WORKERS} processes (once)",
    "index": "index",
    "again": "second ingest of the same folder",
    "sums": "`sha256sum` of the originals",
    "verify": "verify",
}
Spent = tuple[float, float]


def _round(paths: list[Path], letters: Path, place: Path) -> dict[str, Spent]:
    """Return what each step of one round takes: seconds of the day, and of all processors together."""
    spent = {"bare": _spend(lambda: parse_all(paths))}
    with _new(place) as archive:
        spent["header"] = _spend(lambda: ingest([letters], archive, read_header, workers=WORKERS))
        spent["index"] = _spend(lambda: open_index(archive).close())
        spent["again"] = _spend(lambda: ingest([letters], archive, read_header))
        contents = [str(path) for path in archive.originals.root.glob("*/v1/content/*")]
        spent["sums"] = _spend(lambda: _sha256sum(contents))
        spent["verify"] = _spend(lambda: verify(archive))
    return spent


def _median(spent: list[Spent]) -> Spent:
    return statistics.median(wall for wall, _ in spent), statistics.median(cpu for _, cpu in spent)


def _new(place: Path) -> Archive:
    shutil.rmtree(place, ignore_errors=True)
    return Archive.create(place)


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


def _spend(work: Callable[[], object]) -> Spent:
    begun, before = time.perf_counter(), _processor()
    work()
    return time.perf_counter() - begun, _processor() - before


def _processor() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(its.ru_utime + its.ru_stime for its in used)
