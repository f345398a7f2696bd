#!/usr/bin/env python3
"""What the tests use of this machine besides Python, and how to get what is missing.

needs.py             say what is missing; status 1 if anything is and CI is set
needs.py --packages  print the Debian packages that are missing, for apt-get
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """Something that tests use. Any of `programs` will do, on the path or as a pattern below /."""

    programs: tuple[str, ...]
    package: str
    use: str

    def missing(self) -> bool:
        return not any(shutil.which(name) or ("/" in name and any(Path("/").glob(name))) for name in self.programs)


NEEDS = (
    Need(("chromium", "chromium-browser", "google-chrome"), "chromium", "the tests of the site in a real browser"),
    Need(
        ("initdb", "usr/lib/postgresql/*/bin/initdb"),
        "postgresql",
        "the tests of the store, which run on PostgreSQL as well as on SQLite",
    ),
    Need(("jing",), "jing", "the judgement of what is exported, by the schemas of TEI, CMIF and EAD"),
    Need(("npm",), "npm", "the checks of accessibility, speed and HTML (axe-core, Lighthouse and Nu come from npm)"),
    Need(("wget",), "wget", "the test that moves a site from the WARC that wget makes of it"),
    Need(("java",), "default-jre-headless", "the check of the site's HTML by the Nu validator"),
)


def main() -> int:
    missing = [need for need in NEEDS if need.missing()]
    if "--packages" in sys.argv[1:]:
        print(" ".join(need.package for need in missing))
        return 0
    for need in missing:
        print(f"Missing: {need.programs[0]}, for {need.use}. Get it with: apt-get install {need.package}")
    if missing and os.environ.get("CI"):
        print("Here a test may not be skipped, so the run ends. .ci/run installs what is missing.")
        return 1
    if missing:
        print("The tests that need what is missing will be skipped; all others run.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
