"""Connecting records: which document a reference names, and the exchange that the links make."""

from mabillon.connect.graph import Graph, Resolution
from mabillon.connect.judging import Judgement
from mabillon.connect.threads import Mentioned, Thread, threads
from mabillon.connect.traits import Held, Named, Traits, traits_of

__all__ = [
    "Graph", "Held", "Judgement", "Mentioned", "Named", "Resolution", "Thread", "Traits", "threads", "traits_of",
]  # fmt: skip
