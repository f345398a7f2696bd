"""python -m bench.run [--count N] [--folder DIR] [--only NAME]: measure, print, and write docs/performance.md.

`--count` is the number of generated documents (300,000 take an hour or so on an idle machine; with a million, search is
measured and the other engines are left out); `--folder` keeps what was built, so that a second run need not build it
again.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.archive import report as archive
from bench.names import section as names_section
from bench.page import Section, machine, put_section, put_summary
from bench.search.report import A_MILLION
from bench.search.report import section as search_section
from bench.series.report import section as series_section
from bench.site.report import section as site_section

BENCHES: dict[str, Callable[[int, Path], Section]] = {
    "letters": archive.letters,
    "bulk": archive.bulk,
    "writing": archive.writing,
    "names": lambda count, folder: names_section(),
    "search": search_section,
    "site": site_section,
    "series": series_section,
}
"""Section of the page → what measures it, from the number of documents and a folder for them."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--count", type=int, default=30_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", choices=sorted(BENCHES))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mabillon-bench-") as scratch:
        Path(scratch).chmod(0o755)  # PostgreSQL, which does not run as root, must reach its part of it
        folder = chosen.folder or Path(scratch)
        for name in [chosen.only] if chosen.only else BENCHES:
            text = BENCHES[name](chosen.count, folder / f"{name}-{chosen.count}").markdown()
            print(text)
            title = f"{name} of a million" if chosen.count >= A_MILLION else name
            put_section(title, f"{text}\n\nMeasured on {machine()}")
            put_summary()


if __name__ == "__main__":
    main()
