"""The figures of search as a section of docs/performance.md."""

from __future__ import annotations

import resource
import statistics
import time
from pathlib import Path
from random import Random

from bench.page import Section
from bench.search.corpora import FACETS, Corpora, Records, build
from bench.search.engines import READER, Ask, Bare, fts5, whole_search
from bench.search.measure import Times, take_turns
from bench.search.postgres import fill, find_server, postgres, serving
from bench.search.questions import KINDS, Asker, Question
from mabillon.search import Index, search

MIXED = 200
"""Searches of all kinds, for the 99th of a hundred."""

A_MILLION = 1_000_000
"""Records from which on the others are left out: they would take the machine for hours."""


def section(count: int, folder: Path, questions: int = 60, seed: int = 7) -> Section:
    """Build the corpora in `folder`, or find them there, and measure all."""
    corpora = build(folder, count)
    bare = Bare(corpora)
    asker = Asker(bare.index, count, seed)
    asked = {kind: asker.questions(kind, questions) for kind in KINDS}
    found = Section([f"## Search: {count:,} generated cables of 2 kB", ""])
    _against_bare(found, corpora, bare, asked)
    _mixed(found, corpora, asked, 25 if count < A_MILLION else 60)
    if count < A_MILLION:
        _against_others(found, corpora, asked)
    _last_page(found, corpora)
    _writing(found, corpora)
    return found


def _against_bare(found: Section, corpora: Corpora, bare: Bare, asked: dict[str, list[Question]]) -> None:
    found.lines += [
        "A whole search is parsing, access rules, the query, nine facets, 20 hits read from a store, their snippets.",
        "Bare Tantivy gives the 20 best addresses and their number (three facets too where it says so); with the same",
        "work it counts the nine facets too, and makes snippets of 20 stored texts. Milliseconds of",
        "processor time, all threads together: the median question at the quickest of three askings / the 99th of a",
        "hundred askings.",
        "",
        "| query | bare Tantivy | without facets | whole search | bare, same work | whole : same work | whole : bare |",
        "|---|---|---|---|---|---|---|",
    ]
    engines: dict[str, Ask] = {
        "bare": bare.plain, "same": bare.equal, "whole": whole_search(corpora), "plain": whole_search(corpora, ()),
    }  # fmt: skip
    alone = []
    for kind, questions in asked.items():
        times = take_turns(engines, questions)
        cells = [_cell(times[name]) for name in ("bare", "plain", "whole", "same")]
        ratio = times["whole"].median / times["same"].median
        strict = times["whole"].median / times["bare"].median
        found.lines.append(f"| {kind} | {' | '.join(cells)} | {ratio:.1f} | {strict:.1f} |")
        found.goal(f"whole search : bare Tantivy with the same work, {kind}", ratio, "×", 3, True)
        alone.append(strict)
    found.lines.append("")
    said = f"{min(alone):.1f}–{max(alone):.1f}×"
    found.goals.append(("whole search : bare query that shows and counts nothing", said, "≤ 3×", max(alone) <= 3))


def _cell(times: Times) -> str:
    return f"{times.median:.2f} / {times.p99:.2f}"


def _mixed(found: Section, corpora: Corpora, asked: dict[str, list[Question]], bound: float) -> None:
    questions = [question for kind in asked.values() for question in kind]
    Random(3).shuffle(questions)
    ask = {"whole": whole_search(corpora)}
    spent = take_turns(ask, questions[:MIXED], rounds=1)["whole"]
    clock = take_turns(ask, questions[:MIXED], rounds=1, clock=time.perf_counter)["whole"]
    number = len(spent.spent)
    found.lines += [
        f"{number} mixed searches, median / p99: {_cell(spent)} ms of processor time, {_cell(clock)} ms by the clock.",
        "The first counts two threads one after the other, the second whatever else the machine does; alone it takes",
        "at most the lesser.",
        "",
    ]
    found.goal(f"p99 of {number} searches, {corpora.count:,} documents", min(spent.p99, clock.p99), " ms", bound, True)


def _against_others(found: Section, corpora: Corpora, asked: dict[str, list[Question]]) -> None:
    engines: dict[str, Ask] = {"whole search": whole_search(corpora), "SQLite FTS5": fts5(corpora)}
    server = find_server()
    if server is None:
        found.lines.append("PostgreSQL is not installed here and was left out.")
        _compare(found, engines, asked)
        return
    with serving(server, corpora.folder / "postgres") as session:
        fill(session, corpora)
        engines["PostgreSQL"] = postgres(session)
        _compare(found, engines, asked)


def _compare(found: Section, engines: dict[str, Ask], asked: dict[str, list[Question]]) -> None:
    found.lines += [
        "The others give the 20 best ids, the number of hits and three facets; no snippets.",
        "Milliseconds by the clock, median / p99.", "",
        f"| query | {' | '.join(engines)} |", "|---|" + "---|" * len(engines),
    ]  # fmt: skip
    for kind in ("rare word", "common word", "AND of 2–3", "phrase", "prefix", "date range with facets"):
        times = take_turns(engines, asked[kind][:10], rounds=1, clock=time.perf_counter)
        found.lines.append(f"| {kind} | {' | '.join(_cell(times[name]) for name in engines)} |")
        if kind == "common word":
            for name, bound in (("SQLite FTS5", 5), ("PostgreSQL", 15)):
                if name in times:
                    ratio = times[name].median / times["whole search"].median
                    found.goal(f"common word and facets, {name} : whole search", ratio, "×", bound, False)
    found.lines.append("")


def _last_page(found: Section, corpora: Corpora) -> None:
    index, fetch = Index.open(corpora.index), Records(corpora.store).fetch
    query = "of" if corpora.count < 150_000 else "the"

    def page(cursor: str | None = None) -> tuple[int, str | None, float]:
        index.snapshot().forget()
        begun = time.process_time()
        results = search(index, query, visible=READER, fetch=fetch, sort="date", cursor=cursor, facets=FACETS)
        return results.total, results.last, (time.process_time() - begun) * 1000

    total, last, _ = page()
    first = statistics.median(page()[2] for _ in range(15))
    end = statistics.median(page(last)[2] for _ in range(15))
    found.lines += [f"A query with {total:,} hits by date: first page {first:.2f} ms, last page {end:.2f} ms.", ""]
    found.goal(f"last page of {total:,} hits by date : first page", end / first, "×", 5, True)


def _writing(found: Section, corpora: Corpora) -> None:
    """One corrected record: put in, committed, and found by an index that was open before."""
    records = Records(corpora.store)
    [record] = records.whole(1)
    reader, spent = Index.open(corpora.index), []
    with Index.open(corpora.index) as writer:
        for number in range(7):
            record.title.value = f"corrected{number}"  # type: ignore[union-attr]
            begun = time.perf_counter()
            writer.add([record])
            writer.commit()
            total = search(reader, f"corrected{number}", visible=None, fetch=records.fetch).total
            spent.append((time.perf_counter() - begun) * 1000)
            assert total == 1
    sizes = {name: _megabytes(path) for name, path in (("index", corpora.index), ("bare Tantivy", corpora.bare))}
    rate = corpora.count / corpora.times["index"]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found.lines += [
        f"One corrected record is found {statistics.median(spent):.0f} ms after it is given to the index.",
        f"The index was built at {rate:,.0f} records a second in one process and takes {sizes['index']:,.0f} MB without"
        f" the texts; bare Tantivy took {corpora.times['bare Tantivy']:.0f} s against {corpora.times['index']:.0f} s,"
        f" and {sizes['bare Tantivy']:,.0f} MB with them. Memory of the measuring process: {memory:,.0f} MB.",
        "",
    ]
    found.goal("one record given to the index, searchable", statistics.median(spent), " ms", 1000, True)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
