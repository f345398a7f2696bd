"""The specimens: gold files in `tests/specimens`, their documents beside them or in `samples`, the first archive. No
document is kept twice."""

from __future__ import annotations

from pathlib import Path

from mabillon.source import walk

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SAMPLES = ROOT / "tests" / "specimens", ROOT / "samples"
GOLD = ".gold.json"


def golds(family: str = "*") -> list[Path]:
    """Return the gold files of a family, of all families by default."""
    return sorted(FOLDER.glob(f"{family}/*{GOLD}"))


def source_of(gold: Path) -> Path:
    """Return the document that a gold file is of. Raises LookupError where there is none, or more than one."""
    stem = gold.name.removesuffix(GOLD)
    for folder in (gold.parent, SAMPLES / gold.parent.name):
        found = [path for path in folder.glob(f"{stem}.*") if path.suffix != ".json"]
        if len(found) == 1:
            return found[0]
    raise LookupError(f"{gold}: no one document named {stem} beside it or in {SAMPLES / gold.parent.name}")


def documents() -> list[Path]:
    """Return all documents, those without a gold file too, by name."""
    found = [path for path in walk([FOLDER, SAMPLES]) if isinstance(path, Path) and path.suffix != ".py"]
    return sorted(found, key=lambda path: (path.parent.name, path.name))
