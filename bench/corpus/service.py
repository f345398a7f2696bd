"""A service of the generator, read from its file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "services"


@dataclass(frozen=True)
class Service:
    """One file of `services/`. posts: (place, who sends from there); offices: (who receives, place); phrases:
    what is written in the language besides the specimens, to learn its words from."""

    name: str
    language: str
    share: int
    years: tuple[int, int]
    classification: tuple[str, ...]
    precedence: tuple[str, ...]
    posts: tuple[tuple[str, str], ...]
    offices: tuple[tuple[str, str], ...]
    copies: tuple[str, ...]
    repository: str
    levels: dict[str, str]
    title: str
    layout: str
    reference: str
    phrases: str = ""


@cache
def load_services() -> tuple[Service, ...]:
    """Return all services in order of their names."""
    return tuple(_load(path) for path in sorted(FOLDER.glob("*.yaml")))


def _load(path: Path) -> Service:
    found = yaml.safe_load(path.read_text("utf-8"))
    repository, levels = found.pop("fonds")
    for key in ("years", "classification", "precedence", "copies"):
        found[key] = tuple(found[key])
    for key in ("posts", "offices"):
        found[key] = tuple(tuple(pair) for pair in found[key])
    return Service(name=path.stem, repository=repository, levels=levels, **found)
