"""The fields of the index. A change of anything here raises VERSION: an older index is then rebuilt, never misread."""

from __future__ import annotations

import tantivy

from mabillon.search.analysis import PLAIN, STEM_FIELDS

VERSION = 2

FACET_FIELDS = {
    "year": "year", "type": "type", "sender": "sender", "recipient": "recipient", "place": "place",
    "language": "language", "classification": "classification", "collection": "collection", "finding": "finding",
}  # fmt: skip
"""Facet → field of the index."""

NAMES = {
    "from": ("from_names", "sender"), "to": ("to_names", "recipient"), "copy": ("copy_names", "copy"),
    "signed": ("signed_names", "signatory"), "about": ("about_names", "mention"), "place": ("place_names", "place"),
}  # fmt: skip
"""Field of the language → field of words, field of whole values."""

VALUES = {
    "type": "type", "class": "classification", "finding": "finding", "lang": "language", "in": "level", "id": "id",
}  # fmt: skip

ANY = "any"
"""The value of the field of findings that every record with a finding has."""

_FAST = frozenset(FACET_FIELDS.values())
_WHOLE = ("access", "signatory", "copy", "mention", "level", "number", "cites", "precision")
_KEYS = ("tie", "by_date", "by_latest", "by_number")


def build_schema() -> tantivy.Schema:
    """Return the schema. Of a record only its id and the values of its facets are stored (a few records are counted
    faster from these than from the columns): texts come from the archive, which decides what a reader may see."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("facets", stored=True)
    builder.add_text_field("words", tokenizer_name="plain", index_option="position")
    for name in STEM_FIELDS:
        builder.add_text_field(name, tokenizer_name="plain", index_option="freq")
    builder.add_text_field("title", tokenizer_name="plain", index_option="position")
    builder.add_text_field("title_stem", tokenizer_name="plain", index_option="freq")
    for words, _ in NAMES.values():
        builder.add_text_field(words, tokenizer_name="plain", index_option="position")
    for name in sorted(_FAST - {"year"}):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in _WHOLE:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    for name in ("first_day", "last_day"):
        builder.add_integer_field(name, fast=True)
    for name in _KEYS:
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def register_analyzers(index: tantivy.Index) -> None:
    index.register_tokenizer("plain", PLAIN)
