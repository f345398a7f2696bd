"""The figures of the site as a section of docs/performance.md."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from urllib.parse import quote

from bench.corpus import generate
from bench.page import Section
from bench.site.holdings import Both, build, write_packs
from bench.site.loading import CONNECTIONS, Load, ask_each, free_port, missing, served, wrk

SECONDS, ROUNDS = 8, 3
_WORD = re.compile(r"[a-z]{4,}")
_SAMPLE = 400
DURING = 20_000
"""Cables of the ingest that runs while pages are asked for."""
_NICE = ("nice", "-n", "10")


def section(count: int, folder: Path) -> Section:
    """Serve `count` generated cables and ask for pages, Datasette's and ours by turns."""
    found = Section([f"## The site: {count:,} generated cables of 2 kB", ""])
    lacking = missing()
    if lacking:
        found.lines += [f"Not measured: {' and '.join(lacking)} not installed.", ""]
        return found
    both = build(folder, count)
    rows: list[tuple[str, list[Load]]] = [(name, []) for name in NAMES]
    starts: list[float] = []
    for turn in range(ROUNDS):
        starts.append(_round(both, turn, rows))
    found.lines += [
        f"One server at a time, `wrk` on the loopback device with {CONNECTIONS} connections for {SECONDS} s, {ROUNDS}"
        " rounds by turns;",
        "the medians. Each server is one process. A page of ours is made once and kept until the archive changes: what",
        "is asked by turns had been asked once before, unless it says that nobody had.",
        "",
        "| what | requests a second | median | p99 |",
        "|---|---|---|---|",
    ]
    loads = {name: _middle(its) for name, its in rows}
    found.lines += [f"| {n} | {x.rate:,.0f} | {x.median:.1f} ms | {x.p99:.1f} ms |" for n, x in loads.items()]
    found.lines += ["", f"Answers that were none: {sum(load.wrong for _, its in rows for load in its)}.", ""]
    found.goal("record page : Datasette's row page", loads[OURS].rate / loads[THEIRS].rate, "×", 3, False)
    found.goal("the same, some hundred records by turns", loads[MANY].rate / loads[THEIRS_MANY].rate, "×", 3, False)
    found.goal("p99 of a search page", loads[SEARCH].p99, " ms", 60, True)
    found.goal("p99 of searches that nobody asked before, one at a time", loads[ALONE].p99, " ms", 60, True)
    found.goal("p99 of searches that nobody asked before, sixteen at a time", loads[FRESH].p99, " ms", 60, True)
    during = _during_ingest(both, folder)
    found.goal("p99 of record and search pages while an ingest runs", during.p99, " ms", 150, True)
    found.goal("first page after a cold start", statistics.median(starts), " s", 1.5, True)
    return found


OURS, THEIRS = "the record page of one record", "Datasette's row page of the same row"
MANY, THEIRS_MANY = "record pages of some hundred records by turns", "Datasette's row pages of the same"
SEARCH = "the search page, 100 questions by turns"
ALONE = "the search page, questions that nobody asked before, one connection"
FRESH = "the search page, questions that nobody asked before"
NAMES = (OURS, THEIRS, MANY, THEIRS_MANY, SEARCH, ALONE, FRESH)


def _round(both: Both, turn: int, rows: Sequence[tuple[str, list[Load]]]) -> float:
    """Measure everything once and return how long the first page took from the start of the server."""
    into = dict(rows)
    records = [f"/records/{id}" for id in both.ids]
    with _ours(both.archive) as (address, start):
        asked = [f"/search?q={quote(words)}" for words in questions(100, 7)]
        ask_each(address, (records[0], *asked))
        into[OURS].append(wrk(address, records[:1], SECONDS))
        into[SEARCH].append(wrk(address, asked, SECONDS))
        ask_each(address, records)
        into[MANY].append(wrk(address, records, SECONDS))
        fresh = [f"/search?q={quote(words)}" for words in questions(6_000, 1000 + turn)]
        into[ALONE].append(wrk(address, fresh[:3_000], SECONDS, 1))
        into[FRESH].append(wrk(address, fresh[3_000:], SECONDS))
    with _theirs(both.table) as (address, _):
        theirs = [f"/rows/records/{id.replace('.', '~2E')}" for id in both.ids]
        into[THEIRS].append(wrk(address, theirs[:1], SECONDS))
        into[THEIRS_MANY].append(wrk(address, theirs, SECONDS))
    return start


def _during_ingest(both: Both, folder: Path) -> Load:
    """Ask for records and searches by turns while another process takes in cables that are new each time."""
    packs = folder / "more"
    packs.mkdir(exist_ok=True)
    for old in packs.iterdir():
        old.unlink()
    first = 10_000_000 + int.from_bytes(os.urandom(2), "big") * DURING
    write_packs(packs, DURING, first)
    with _ours(both.archive) as (address, _):
        pages = [f"/records/{id}" for id in both.ids[:60]]
        pages += [f"/search?q={quote(words)}" for words in questions(60, 7)]
        ask_each(address, pages)
        taking = subprocess.Popen([*_NICE, sys.executable, "-m", "bench.site", str(both.archive), str(packs)])
        try:
            load = wrk(address, pages, 2 * SECONDS)
            assert taking.poll() is None, "the ingest was over before the measuring was"
        finally:
            taking.terminate()
            taking.wait(60)
    return load


def questions(number: int, seed: int) -> list[str]:
    """Return different questions of one to three words that occur in the corpus."""
    random = Random(seed)
    texts = [_WORD.findall(cable.text.lower()) for cable in generate(_SAMPLE)]
    found: dict[str, None] = {}
    while len(found) < number:
        words = random.choice(texts)
        if len(words) > 20:
            found[" ".join(random.sample(words, random.choice((1, 2, 2, 3))))] = None
    return list(found)


def _ours(archive: Path) -> AbstractContextManager[tuple[str, float]]:
    port = free_port()
    serve = ("-m", "mabillon", "serve", "--archive", str(archive), "--port", str(port), "--quota", "0")
    return served([sys.executable, *serve], port)


def _theirs(table: Path) -> AbstractContextManager[tuple[str, float]]:
    port = free_port()
    return served(["datasette", str(table), "--port", str(port)], port)


def _middle(loads: Sequence[Load]) -> Load:
    return Load(
        statistics.median(load.rate for load in loads), statistics.median(load.median for load in loads),
        statistics.median(load.p99 for load in loads), sum(load.wrong for load in loads),
    )  # fmt: skip
