"""Search: the query language, the full-text index, facets, snippets, paging, suggestions.

The index is derived from the records and may be thrown away at any time; see docs/search.md for the language.
"""

from mabillon.search.aliases import Alias
from mabillon.search.answer import FACETS, SORTS, search
from mabillon.search.entry import Entry
from mabillon.search.glance import Glance, glance
from mabillon.search.index import Index, IndexBusy, IndexDamaged, IndexMissing, damaged_files, rebuilding
from mabillon.search.parse import parse
from mabillon.search.results import Hit, Results, SnippetPart

__all__ = [
    "FACETS",
    "SORTS",
    "Alias",
    "Entry",
    "Glance",
    "Hit",
    "Index",
    "IndexBusy",
    "IndexDamaged",
    "IndexMissing",
    "Results",
    "SnippetPart",
    "damaged_files",
    "glance",
    "parse",
    "rebuilding",
    "search",
]
