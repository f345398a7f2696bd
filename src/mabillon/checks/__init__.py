"""Record → Findings: what a document itself contradicts. Each module registers its checks."""

from mabillon.checks import chain, copies, dating, enclosure, numbers, reference, sender  # noqa: F401  they register
from mabillon.checks.registry import CHECKS, check, definitions

__all__ = ["CHECKS", "check", "definitions"]
