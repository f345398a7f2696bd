"""python -m bench.run [--count N] [--folder DIR] [--only NAME]: measure, print, and write docs/performance.md.

`--count` is the number of generated documents (300,000 and 1,000,000 take long); `--folder` keeps what was built, so
that a second run need not build it again.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.archive.report import section as archive_section
from bench.page import machine, put_section
from bench.search.report import section as search_section

BENCHES: dict[str, Callable[[int, Path], str]] = {
    "archive": lambda count, folder: archive_section(count, folder).markdown(),
    "search": lambda count, folder: search_section(count, folder).markdown(),
}
"""Section of the page → what measures it: from the number of documents and a folder for them to Markdown."""


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
            text = BENCHES[name](chosen.count, folder / f"{name}-{chosen.count}")
            print(text)
            put_section(name, f"{text}\n\nMeasured on {machine()}")


if __name__ == "__main__":
    main()
