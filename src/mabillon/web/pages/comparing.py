"""Two records side by side: versions word by word, a translation sentence by sentence."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from mabillon.web.compare import MOST_LINES, compare, share
from mabillon.web.holdings import Entry, entry_view
from mabillon.web.language import language_of, language_tag
from mabillon.web.pages.record import found_record
from mabillon.web.rendering import render
from mabillon.web.typeset import proper_lines


def compared(request: Request) -> Response:
    """Show two records side by side, without what their pages say around them."""
    language = language_of(request)
    left, right = found_record(request, "id"), found_record(request, "other")
    lines = [proper_lines(found)[:MOST_LINES] for found in (left, right)]
    codes = [language_tag(found) for found in (left, right)]
    translated = None not in codes and codes[0] != codes[1]
    pairs = compare(lines[0], lines[1], not translated)
    views = [entry_view(Entry.of(found), language) for found in (left, right)]
    return render(
        request, "compare.html", left=views[0], right=views[1], pairs=pairs, languages_of=codes,
        percent=None if translated else round(100 * share(pairs)),
    )  # fmt: skip
