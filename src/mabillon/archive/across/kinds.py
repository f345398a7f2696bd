"""The kinds of findings across the archive, all in the registry."""

from __future__ import annotations

from mabillon.archive.across import persons, references, versions
from mabillon.archive.across.registry import KINDS

__all__ = ["KINDS", "persons", "references", "versions"]
