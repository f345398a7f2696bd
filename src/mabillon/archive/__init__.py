"""One directory is one archive: what goes in is kept byte for byte, described, and shown to those who may see it."""

from mabillon.archive.access import ARCHIVIST, INDEXER, PUBLIC, Access, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.authorities import AuthorityEntry, AuthorityView
from mabillon.archive.ingest import IngestReport, ingest
from mabillon.archive.name_links import link_names
from mabillon.archive.views import Changed, Level, Neighbours

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
