"""One directory is one archive: what goes in is kept byte for byte, described, and shown to those who may see it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mabillon.archive.access import ARCHIVIST, INDEXER, PUBLIC, Access, Reader
    from mabillon.archive.archive import Archive
    from mabillon.archive.authorities import AuthorityEntry, AuthorityView
    from mabillon.archive.ingesting import IngestReport, ingest
    from mabillon.archive.name_links import link_names
    from mabillon.archive.views import Changed, Level, Neighbours

_MODULES = {
    "access": ("ARCHIVIST", "INDEXER", "PUBLIC", "Access", "Reader"),
    "archive": ("Archive",),
    "authorities": ("AuthorityEntry", "AuthorityView"),
    "ingesting": ("IngestReport", "ingest"),
    "name_links": ("link_names",),
    "views": ("Changed", "Level", "Neighbours"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "ARCHIVIST",
    "INDEXER",
    "PUBLIC",
    "Access",
    "Archive",
    "AuthorityEntry",
    "AuthorityView",
    "Changed",
    "IngestReport",
    "Level",
    "Neighbours",
    "Reader",
    "ingest",
    "link_names",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for, when it is: a process that only reads sources needs no database (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
