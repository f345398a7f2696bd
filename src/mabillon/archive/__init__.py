"""One directory is one archive: what goes in is kept byte for byte, described, and shown to those who may see it."""

from mabillon.archive.access import ARCHIVIST, PUBLIC, Access, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.ingest import IngestReport, ingest

__all__ = ["ARCHIVIST", "PUBLIC", "Access", "Archive", "IngestReport", "Reader", "ingest"]
