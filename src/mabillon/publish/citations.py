"""Citations by CSL: styles of this project for what archives hold, or any style that a file gives."""

from __future__ import annotations

import threading
import warnings
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

STYLES = ("chicago-note", "chicago-bibliography", "mla", "apa")
FOLDER = Path(__file__).with_name("styles")
_LOCK = threading.Lock()


def formatted(item: dict[str, Any], style: str) -> str:
    """Return a CSL-JSON item as a citation in one of STYLES, or in the style of a `.csl` file at a path.

    Raises OSError where there is no such file.
    """
    with _LOCK:  # citeproc keeps state in its styles
        return _formatted(item, _style(style))


def _formatted(item: dict[str, Any], style: Any) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc warns of fields that it does not know
        bibliography = CitationStylesBibliography(style, CiteProcJSON([_quiet(item)]), formatter.plain)
        citation = Citation([CitationItem(item["id"].lower())])
        bibliography.register(citation)
        said = bibliography.cite(citation, lambda missing: None)
    return " ".join(unescape(str(said)).replace("..", ".").split())


def _quiet(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item with the id as citeproc keeps it, in lower case."""
    return {**item, "id": item["id"].lower()}


@lru_cache(8)
def _style(name: str) -> Any:
    path = FOLDER / f"{name}.csl" if name in STYLES else Path(name)
    if not path.is_file():
        raise FileNotFoundError(f"{name}: there is no such citation style")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(str(path), validate=False)
