"""docs/performance.md: a section for each bench, each replaced by its own run and the others left as they are."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
HEAD = """# Performance

Written by `make bench`; do not edit. Read the figures as ratios: everything that is compared was measured in one run,
by turns, on the machine that each section names.
"""
_SECTION = "<!-- {name} -->\n{text}\n<!-- end of {name} -->\n"


def put_section(name: str, text: str, page: Path = PAGE) -> None:
    """Write `text` (Markdown) as the section `name`, in place of its last one."""
    content = page.read_text("utf-8") if page.is_file() else HEAD
    section = _SECTION.format(name=name, text=text.strip())
    found = re.compile(rf"<!-- {name} -->\n.*?<!-- end of {name} -->\n", re.DOTALL)
    content = found.sub(lambda _: section, content) if found.search(content) else f"{content.rstrip()}\n\n{section}"
    page.write_text(content, "utf-8")


def machine() -> str:
    """Return a sentence on the machine and the libraries that a section was measured with."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("tantivy", "msgspec", "sqlalchemy"))
    load = os.getloadavg()[0]
    busy = f"; others were using it (load {load:.0f})" if load > (os.cpu_count() or 1) * 1.5 else ""
    return f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {libraries}{busy}."


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()
