"""What was meant, where a word typed is in no record that the reader may find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import tantivy
from tantivy import Occur

from mabillon.search.analysis import folded, words
from mabillon.search.facets import count
from mabillon.search.glance import Fetch, Shown, shown_text
from mabillon.search.query import And, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word, describe
from mabillon.search.snapshot import Clause, Snapshot
from mabillon.search.sought import Folded, Sought

_SAMPLE = 12
"""Records whose words are looked at: the more frequent a word, the surer it is among them."""

_MOST_WORDS = 5
_MOST_PLACES = 20
_SHORTEST = 3
_LONGEST = 300
"""Letters of a query that is still mended: nobody slips in a longer one and asks what he meant."""


def suggest(
    snapshot: Snapshot,
    root: Node,
    unknown: Sequence[str],
    allowed: Clause | None,
    fetch: Fetch,
) -> str | None:
    """Return the query with unknown words changed into known ones close to them; None if there are none.

    The words come out of records that the reader may see, as he may see them, so that nothing is given away.
    """
    if len(describe(root)) > _LONGEST:
        return None
    better = {}
    for word in [*unknown, *_unseen(snapshot, root, allowed)][:_MOST_WORDS]:
        if word not in better and (found := _closest(snapshot, word, allowed, fetch)):
            better[word] = found
    return describe(_mended(root, better)) if better else None


def _unseen(snapshot: Snapshot, root: Node, allowed: Clause | None) -> list[str]:
    """Return the words of the text that the index has, but in no record that the reader may find."""
    if allowed is None:
        return []
    typed = dict.fromkeys(word for text in _texts(root) for word in words(text))
    return [word for word in list(typed)[:_MOST_WORDS] if not _count(snapshot, word, allowed)]


def _texts(node: Node) -> Iterable[str]:
    match node:
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from _texts(child)
        case Word(text) | Phrase(text) | Near(text, _):
            yield text


def _closest(snapshot: Snapshot, word: str, allowed: Clause | None, fetch: Fetch) -> str | None:
    found = words(word)
    if len(found) != 1 or len(found[0]) < _SHORTEST:
        return None
    for distance in (1, 2) if len(found[0]) > 4 else (1,):
        sought = Sought.of_fuzzy(found[0], distance)
        texts = map(shown_text, _sample(snapshot, found[0], distance, allowed, fetch))
        near = {folded(text[slice(*span)]) for text in texts for span in sought.spans(Folded(text), _MOST_PLACES)}
        if near:
            return max(near, key=lambda other: (other[0] == found[0][0], _count(snapshot, other, allowed), other))
    return None


def _sample(
    snapshot: Snapshot, word: str, distance: int, allowed: Clause | None,
    fetch: Fetch,
) -> Iterable[Shown]:  # fmt: skip
    fuzzy = tantivy.Query.fuzzy_term_query(snapshot.schema, "words", word, distance, True)
    hits = snapshot.searcher.search(_with(fuzzy, allowed), _SAMPLE, count=False).hits
    ids = [str(snapshot.searcher.doc(address).get_first("id")) for _, address in hits]
    return fetch(ids) if ids else ()


def _count(snapshot: Snapshot, word: str, allowed: Clause | None) -> int:
    query = tantivy.Query.term_query(snapshot.schema, "words", word)
    return count(snapshot.searcher, _with(query, allowed))


def _with(query: tantivy.Query, allowed: Clause | None) -> tantivy.Query:
    return query if allowed is None else tantivy.Query.boolean_query([(Occur.Must, query), allowed])


def _mended(node: Node, better: dict[str, str]) -> Node:
    match node:
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(_mended(child, better) for child in nodes))
        case Not() | Field():
            return node
        case Word(text) | Phrase(text) | Near(text, _) | Fuzzy(text, _) | Prefix(text):
            return replace(node, text=_changed(text, better))
    return node


def _changed(text: str, better: dict[str, str]) -> str:
    if text in better:
        return better[text]
    parts = text.split(" ")
    return " ".join(better.get("".join(words(part)), part) for part in parts)
