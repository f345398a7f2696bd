"""The telegram profile of TEI as data: where each value of a record stands (`tei_profile.yaml`)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one plain value: `under` is a path below the header, `kind` one of text, date, language."""

    field: str
    under: str
    element: str
    attributes: dict[str, str] = dataclasses.field(default_factory=dict)
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Party:
    """The names of one side of a correspondence, and the event in whose correspAction they stand."""

    field: str
    action: str
    type: str


@cache
def _table() -> dict[str, Any]:
    content = resources.files("mabillon.vocabulary").joinpath("tei_profile.yaml").read_bytes()
    found: dict[str, Any] = yaml.load(content, Loader=_Loader)
    return found


@cache
def slots() -> tuple[Slot, ...]:
    return tuple(Slot(**entry) for entry in _table()["slots"])


@cache
def parties() -> tuple[Party, ...]:
    return tuple(Party(**entry) for entry in _table()["parties"])


@cache
def mention_elements() -> dict[str, str]:
    """Return kind of a mention → its element."""
    return dict(_table()["mentions"])


def schema_key() -> str:
    """Return what `schemaRef/@key` says in a file of this profile."""
    return str(_table()["schema"])


def namespace() -> str:
    return str(_table()["namespace"])
