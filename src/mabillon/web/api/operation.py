"""One thing that the API is asked. From its declaration come the route, the check of a request and the description."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from starlette.requests import Request

from mabillon.web.api.answers import JSON, Refusal
from mabillon.web.api.desk import Desk

_AT = re.compile(r" - at `\$\.(\w+)")
_UNKNOWN = re.compile(r"unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"missing required field `(\w+)`")


@dataclass(frozen=True, slots=True)
class Body:
    """An answer that is written already. next: the cursor of the page after it."""

    content: bytes
    media_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer of any length. tag: an entity tag that changes when the answer may."""

    chunks: Iterator[bytes]
    media_type: str
    filename: str
    tag: str


@dataclass(frozen=True, slots=True)
class Operation:
    """path: below /api/v1, with `{names}`; asks: a struct of all parameters, those of the path included; gives: the
    type of the JSON that comes back, or the media types of files; handler: answers with that type, a Body or a Stream;
    missing: what a 404 says, "" where there is none."""

    path: str
    name: str
    summary: str
    asks: type[msgspec.Struct]
    gives: Any
    handler: Callable[[Desk, Any], Any]
    missing: str = ""

    @property
    def in_path(self) -> tuple[str, ...]:
        """The names of the parameters that stand in the path."""
        return tuple(re.findall(r"{(\w+)", self.path))


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """Asks nothing."""


def read_request(operation: Operation, request: Request) -> Any:
    """Return what a request asks, as `operation.asks`. Raises Refusal (422) for a parameter that is unknown, missing,
    given twice, or not what it should be."""
    hints = get_type_hints(operation.asks, include_extras=True)
    listed = {name for name, hint in hints.items() if _is_list(hint)}
    given: dict[str, Any] = dict(request.path_params)
    for name, value in request.query_params.multi_items():
        if name in operation.in_path:
            raise Refusal(422, f"{name} stands in the path", name)
        if name in listed:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise Refusal(422, f"{name} is given twice", name)
        else:
            given[name] = value
    return understood(given, operation.asks, strict=False)


def understood(given: dict[str, Any], asks: type[msgspec.Struct], strict: bool = True) -> Any:
    """Return `given` as what is asked; `strict` where numbers are no words. Raises Refusal (422)."""
    hints = get_type_hints(asks, include_extras=True)
    try:
        asked = msgspec.convert(given, asks, strict=strict)
    except msgspec.ValidationError as error:
        raise _explained(str(error), hints) from error
    for name, value in given.items():
        if getattr(asked, name) is None:  # the word "null", which is no number
            raise Refusal(422, f"{name}: {str(value)[:60]!r} is not a value; leave the parameter out", name)
    return asked


def _choices(hint: Any) -> str:
    """Return the words that a parameter may be, "" where it may be any."""
    bare = hint.__origin__ if get_origin(hint) is Annotated else hint
    return f"; there are: {', '.join(map(str, get_args(bare)))}" if get_origin(bare) is Literal else ""


def _is_list(hint: Any) -> bool:
    return get_origin(hint.__origin__ if get_origin(hint) is Annotated else hint) is list


def _explained(message: str, known: dict[str, Any]) -> Refusal:
    if found := _UNKNOWN.search(message):
        here = ", ".join(known) or "none"
        return Refusal(422, f"there is no parameter {found[1][:60]!r} here; there are: {here}", found[1][:60])
    if found := _MISSING.search(message):
        return Refusal(422, f"{found[1]} is missing", found[1])
    if found := _AT.search(message):
        said = message[0].lower() + message[1 : found.start()]
        return Refusal(422, f"{found[1]}: {said}{_choices(known[found[1]])}", found[1])
    return Refusal(422, message[:300])
