"""What the columns of a table hold: a mapping file beside it, or the names of the columns themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mabillon.document import ACTION_FIELDS, METADATA_FIELDS
from mabillon.errors import SourceError
from mabillon.source.markdown import FIELDS
from mabillon.source.original import Original
from mabillon.source.walk import MAPPING

TEXT, ID, NOTHING = "text", "id", "nothing"
"""The words of the document; what tells it from others; a column that is left out altogether."""

ACTIONS = ("sent", "received", "transmitted", "forwarded", "redirected", "delivered")
_OWN = {"text": TEXT, "transcript": TEXT, "transcription": TEXT, "body": TEXT, "full text": TEXT}
_SEVERAL = frozenset({"sender", "recipient", "person", "place", "topic", "sent.person", "received.person"})
_KEYS = frozenset({"columns", "constant", "several", "delimiter", "encoding"})
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class TableMapping:
    """columns: the field of each column that has one; constant: fields that every row has; several: what parts values
    in a cell of persons, places and topics; delimiter, encoding: empty where they are to be found out."""

    columns: Mapping[str, str]
    constant: Mapping[str, str] = field(default_factory=dict)
    several: str = ";"
    delimiter: str = ""
    encoding: str = ""

    def values(self, name: str, cell: str) -> list[str]:
        """Return the values that a cell of this field holds."""
        if name not in _SEVERAL or not self.several:
            return [cell]
        return [value.strip() for value in cell.split(self.several) if value.strip()]


def is_field(name: str) -> bool:
    action, _, part = name.partition(".")
    return name in METADATA_FIELDS or name in (TEXT, ID, NOTHING) or (action in ACTIONS and part in ACTION_FIELDS)


def mapping_path(table: Path) -> Path:
    """Return where the mapping of a table lies: `letters.mapping.yaml` beside `letters.csv`."""
    return table.with_name(table.stem + MAPPING)


def find_mapping(original: Original) -> TableMapping | None:
    """Return the mapping beside a table, None where there is none. Raises SourceError if it says what cannot be."""
    path = mapping_path(original.path) if original.path is not None else None
    if path is None or not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST)
        said = yaml.safe_load(content)
    except (OSError, yaml.YAMLError, RecursionError) as error:
        words = " ".join(str(error).split())
        raise SourceError(str(path), f"is no mapping that can be read: {words}") from error
    return _checked(str(path), said)


def _checked(path: str, said: Any) -> TableMapping:
    if not isinstance(said, dict) or not isinstance(said.get("columns"), dict):
        raise SourceError(path, "is no mapping: it needs `columns:`, and below it a line `column: field` for each")
    unknown = [str(key) for key in said if key not in _KEYS]
    if unknown:
        raise SourceError(path, f"has keys that mean nothing: {', '.join(unknown)} (known: {', '.join(sorted(_KEYS))})")
    columns, constant = _words(said["columns"]), _words(said.get("constant") or {})
    wrong = [name for name in (*columns.values(), *constant) if not is_field(name)]
    if wrong:
        known = ", ".join(sorted({*METADATA_FIELDS, TEXT, ID, NOTHING}))
        raise SourceError(
            path, f"names fields that there are not: {', '.join(wrong)} (known: {known}, sent.date and its like)"
        )
    delimiter = str(said.get("delimiter") or "")
    if len(delimiter) > 1:
        raise SourceError(path, f"has a delimiter of {len(delimiter)} characters: it must be one")
    several = said.get("several", ";")
    return TableMapping(columns, constant, str(several or ""), delimiter, str(said.get("encoding") or ""))


def _words(said: Any) -> dict[str, str]:
    return {str(key).strip(): str(value).strip() for key, value in said.items()} if isinstance(said, dict) else {}


def guess_mapping(columns: Sequence[str]) -> TableMapping:
    """Return a mapping by the names of the columns, in English; the same as in the front matter of Markdown."""
    known = {**FIELDS, **_OWN, "id": ID}
    return TableMapping({name: known[name.casefold()] for name in columns if name.casefold() in known})
