"""The same question put to each engine: a function from a question to the number of records found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import tantivy

from bench.search.corpora import FACETS, THREE, Corpora, Records, bare_schema
from bench.search.questions import Question
from mabillon.search import Index, search

Ask = Callable[[Question], int]
READER = frozenset({"public", "group:nobody"})


def whole_search(corpora: Corpora, facets: tuple[str, ...] = FACETS) -> Ask:
    """Parsing, access rules, facets, 20 hits with snippets, records read from a store."""
    index, records = Index.open(corpora.index), Records(corpora.store)

    def ask(question: Question) -> int:
        index.snapshot().forget()
        return search(index, question.text, visible=READER, facets=facets, fetch=records.fetch).total

    return ask


class Bare:
    """Tantivy and nothing else."""

    def __init__(self, corpora: Corpora) -> None:
        self.schema = bare_schema()
        self.index = tantivy.Index(self.schema, str(corpora.bare))
        self.searcher = self.index.searcher()

    def query(self, question: Question) -> tantivy.Query:
        ask = tantivy.Query
        match question.kind:
            case "prefix":
                return ask.regex_query(self.schema, "body", f"{question.words[0]}.*")
            case "fuzzy":
                return ask.fuzzy_term_query(self.schema, "body", question.words[0], 1, True)
            case "date range with facets":
                first, last = question.days
                return ask.range_query(self.schema, "day", tantivy.FieldType.Integer, first, last)
            case "AND of 2–3":
                return self.index.parse_query(" AND ".join(question.words), ["body"])
        return self.index.parse_query(question.text, ["body"])

    def plain(self, question: Question) -> int:
        """The 20 best hits and their number; for a date range three facets besides."""
        query = self.query(question)
        if question.kind == "date range with facets":
            self.searcher.aggregate(query, {name: {"terms": {"field": name, "size": 100}} for name in THREE})
        return int(self.searcher.search(query, 20).count)  # type: ignore[attr-defined]

    def equal(self, question: Question) -> int:
        """The same work as a whole search: all facets, 20 stored texts, Tantivy's own snippets where it can."""
        query = self.query(question)
        found = self.searcher.search(query, 20)
        self.searcher.aggregate(query, {name: {"terms": {"field": name, "size": 100}} for name in FACETS})
        snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "body")
        for _, address in found.hits:
            snippets.snippet_from_doc(self.searcher.doc(address)).to_html()
        return int(found.count)  # type: ignore[attr-defined]


def fts5(corpora: Corpora) -> Ask:
    """SQLite FTS5: the number of hits, the 20 best, three facets."""
    database = sqlite3.connect(corpora.fts)

    def ask(question: Question) -> int:
        if question.kind == "date range with facets":
            source, where, given = "record", "day between ? and ?", question.days
        else:
            source, where = "words join record on number = words.rowid", "words match ?"
            given = (_fts(question),)  # type: ignore[assignment]
            database.execute("select rowid from words where words match ? order by rank limit 20", given).fetchall()
        for name in THREE:
            database.execute(f"select {name}, count(*) from {source} where {where} group by {name}", given).fetchall()
        [(count,)] = database.execute(f"select count(*) from {source} where {where}", given)
        return int(count)

    return ask


def _fts(question: Question) -> str:
    if question.kind == "phrase":
        return f'"{" ".join(question.words)}"'
    return " AND ".join(question.words) + ("*" if question.kind == "prefix" else "")
