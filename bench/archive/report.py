"""The figures of the archive as a section of docs/performance.md."""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.archive import commits
from bench.archive.command import Run, mabillon, run
from bench.archive.corrected import correct_while_ingesting
from bench.archive.kills import kill
from bench.archive.letters import find_letters, multiply, parse_all, read_header, shared_folder
from bench.corpus.generate import generate
from bench.page import Section
from mabillon.archive import ARCHIVIST, Archive, ingest
from mabillon.archive.indexing import open_index
from mabillon.archive.keeper import Keeper
from mabillon.archive.prepare import ReadPath
from mabillon.archive.verify import verify
from mabillon.pipeline import read_path

ROUNDS, TIMES, WORKERS, KILLS = 3, 6, 2, 50
MOST_READ = 5_000
"""Texts that are read wholly: of 300,000 that takes an hour."""


def letters(count: int, folder: Path) -> Section:
    """Measure ingest, second ingest and verification with the shared TEI letters, if they are there."""
    found = Section(["## Taking letters in", ""])
    shared = _shared(found)
    if shared is not None:
        folder.mkdir(parents=True, exist_ok=True)
        _letters(found, shared, folder)
    return found


def bulk(count: int, folder: Path) -> Section:
    """Measure rate and memory with the shared FRUS volumes, if they are there, and with `count` generated texts."""
    found = Section(["## Volumes, and many texts", ""])
    shared = _shared(found)
    folder.mkdir(parents=True, exist_ok=True)
    if shared is not None:
        _volumes(found, shared, folder)
    _texts(found, count, folder)
    return found


def writing(count: int, folder: Path) -> Section:
    """Measure what commits of the index cost, how soon a correction is found, and what kills do."""
    found = Section(["## Writing while others write, and being killed", ""])
    folder.mkdir(parents=True, exist_ok=True)
    found.lines += commits.lines(folder / "commits", min(count, 5_000))
    _corrections(found, folder)
    _kills(found, folder)
    return found


def _shared(found: Section) -> Path | None:
    shared = shared_folder()
    if shared is None:
        found.lines += ["The shared TEI editions are not here, and what is measured with them was left out.", ""]
    return shared


def _letters(found: Section, shared: Path, folder: Path) -> None:
    letters = folder / "letters"
    paths = multiply(find_letters(shared), letters, TIMES)
    rounds = [_round(paths, letters, folder / f"archive-{number}") for number in range(ROUNDS)]
    with _new(folder / "archive-0") as archive:
        rounds[0]["read"] = _spend(lambda: _take_in(letters, archive, read_path))
    with _new(folder / "archive-0") as archive:
        rounds[0]["header"] = _spend(lambda: ingest([letters], archive, read_header, workers=WORKERS))
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
    found.goal("ingest and index of letters, by their headers : bare lxml", times["both"][0] / bare[0], "×", 3.5, True)
    found.goal(
        "letters as above, half the processor time : bare lxml",
        times["both"][1] / WORKERS / bare[1],
        "×",
        3.5,
        True,
    )
    found.goal("first ingest : second ingest", times["both"][0] / times["again"][0], "×", 20, False)
    found.goal("verify : sha256sum", times["verify"][0] / times["sums"][0], "×", 1.5, True)


WHAT = {
    "bare": "bare `lxml` parse, one process",
    "header": f"ingest, record from the header, {WORKERS} processes (once)",
    "both": "the same with the index kept up meanwhile",
    "read": f"ingest and index, the whole reading, {WORKERS} processes (once)",
    "again": "second ingest of the same folder",
    "sums": "`sha256sum` of the originals",
    "verify": "verify",
}
Spent = tuple[float, float]


def _round(paths: list[Path], letters: Path, place: Path) -> dict[str, Spent]:
    """Return what each step of one round takes: seconds of the day, and of all processors together."""
    spent = {"bare": _spend(lambda: parse_all(paths))}
    with _new(place) as archive:
        spent["both"] = _spend(lambda: _take_in(letters, archive, read_header))
        spent["again"] = _spend(lambda: ingest([letters], archive, read_header))
        contents = [str(path) for path in archive.originals.root.glob("*/v1/content/*")]
        spent["sums"] = _spend(lambda: _sha256sum(contents))
        spent["verify"] = _spend(lambda: verify(archive))
    return spent


def _take_in(source: Path, archive: Archive, read: ReadPath) -> None:
    """Do what `mabillon ingest` does, but for the links of names."""
    with Keeper(archive.path, print):
        ingest([source], archive, read, workers=WORKERS)
    open_index(archive).close()


def _median(spent: list[Spent]) -> Spent:
    return statistics.median(wall for wall, _ in spent), statistics.median(cpu for _, cpu in spent)


def _new(place: Path) -> Archive:
    shutil.rmtree(place, ignore_errors=True)
    return Archive.create(place)


def _volumes(found: Section, shared: Path, folder: Path) -> None:
    volumes = shared / "data" / "tei" / "frus"
    if volumes.is_dir():
        _bulk(found, f"{len(list(volumes.glob('*.xml')))} FRUS volumes", volumes, folder / "frus")


def _texts(found: Section, count: int, folder: Path) -> None:
    """The whole reading of some; of as many as were asked for what the archive itself takes, with a light reader."""
    some = write_texts(folder / "some-texts", min(count, MOST_READ))
    _bulk(found, f"{min(count, MOST_READ):,} generated texts of 2 kB", some, folder / "some")
    if count > MOST_READ:
        found.lines += [
            "Of more texts only the archive's own part was measured, with a reader that makes a record of the text and"
            " no more: the whole reading of all of them takes as long for each as it takes for these.",
            "",
        ]
    texts, place = write_texts(folder / "texts", count), folder / "light"
    shutil.rmtree(place, ignore_errors=True)
    done = run([sys.executable, "-m", "bench.archive.light", str(place), str(texts)])
    what = f"{count:,} generated texts, record of the text alone"
    found.lines += [f"{what}: {_said(place, done)}", ""]
    found.goal(f"memory of all processes, {what}", done.megabytes, " MB", 1500, True, digits=0)


def write_texts(folder: Path, count: int) -> Path:
    """Write `count` generated cables below `folder`, unless they are there, and return it."""
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        for number, cable in enumerate(generate(count)):
            path = folder / "texts" / f"{number // 1000:04}" / cable.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(cable.text, encoding="utf-8")
        (folder / "whole").touch()
    return folder / "texts"


def _bulk(found: Section, what: str, source: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    done = run(mabillon("ingest", "--workers", str(WORKERS), "--archive", place, source))
    found.lines += [f"{what}, `mabillon ingest` (whole reading, index, links of names): {_said(place, done)}", ""]
    found.goal(f"memory of all processes, {what}", done.megabytes, " MB", 1500, True, digits=0)


def _said(place: Path, done: Run) -> str:
    with Archive.open(place) as archive:
        count = archive.count(ARCHIVIST)
    rate = count / done.seconds
    return (
        f"{count:,} records in {done.seconds:,.0f} s, {rate:,.0f} a second; {done.cpu:,.0f} s of processor time, so"
        f" {count * WORKERS / done.cpu:,.0f} a second on two idle cores; {done.megabytes:,.0f} MB in all processes."
    )


def _corrections(found: Section, folder: Path) -> None:
    first, bulk = write_texts(folder / "first", 500), write_texts(folder / "some-texts", MOST_READ)
    waits = correct_while_ingesting(first, bulk, folder / "corrected")
    written, seen = sorted(waits.written), sorted(waits.found)
    found.lines += [
        f"{len(seen)} records corrected one after the other while `mabillon ingest` took in {waits.taken_in:,} texts:"
        f" written after {statistics.median(written) * 1000:,.0f} ms (at most {written[-1] * 1000:,.0f}), found"
        f" {statistics.median(seen) * 1000:,.0f} ms later (at most {seen[-1] * 1000:,.0f}).",
        "",
    ]
    found.goal("a corrected record found while a bulk ingest runs, median", statistics.median(seen), " s", 1, True, 2)
    found.goal("the same: the 95th of a hundred corrections", seen[int(len(seen) * 0.95)], " s", 1, True, 2)


def _kills(found: Section, folder: Path) -> None:
    kills = kill(write_texts(folder / "killed-texts", 150), folder, KILLS)
    found.lines += [
        f"`mabillon ingest` of 150 texts killed (SIGKILL) at {kills.count} random points and run again,"
        f" {kills.archives} archives: {kills.lost} records lost, {kills.doubled} doubled, {kills.different} archives"
        " whose export differs in a byte.",
        "",
    ]
    wrong = kills.lost + kills.doubled + kills.different
    found.goal(f"{kills.count} kills: records lost, doubled, or otherwise", wrong, "", 0, True, digits=0)


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
