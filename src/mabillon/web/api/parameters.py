"""Parameters of the API: declared once, so that what is checked is what the description promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from mabillon.web.api.answers import Refusal


@dataclass(frozen=True, slots=True)
class Text:
    """Words. Surrounding space does not count."""

    name: str
    description: str
    longest: int = 2000
    required: bool = False

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest}

    def read(self, raw: str) -> str:
        if len(raw) > self.longest:
            raise Refusal(400, f"{self.name} is longer than {self.longest} characters", parameter=self.name)
        return raw.strip()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    name: str
    description: str
    least: int
    most: int
    default: int | None = None
    required: bool = False

    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return schema if self.default is None else {**schema, "default": self.default}

    def read(self, raw: str) -> int:
        digits = raw.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 12 and self.least <= int(raw) <= self.most):
            raise Refusal(400, f"{self.name} is a whole number from {self.least} to {self.most}", parameter=self.name)
        return int(raw)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    name: str
    description: str
    values: Sequence[str]
    default: str | None = None
    required: bool = False

    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "enum": list(self.values)}
        return schema if self.default is None else {**schema, "default": self.default}

    def read(self, raw: str) -> str:
        if raw not in self.values:
            raise Refusal(400, f"{self.name} is one of: {', '.join(self.values)}", parameter=self.name)
        return raw


Parameter = Text | Whole | Choice


def read_parameters(request: Request, declared: Sequence[Parameter]) -> dict[str, Any]:
    """Return the values of the declared query parameters, defaults filled in.

    Raises Refusal (400) for one that is not declared, given twice, missing, or not what it should be.
    """
    given = request.query_params.multi_items()
    names = {parameter.name: parameter for parameter in declared}
    values: dict[str, Any] = {}
    for name, raw in given:
        if name not in names:
            known = ", ".join(names) or "none"
            raise Refusal(400, f"there is no parameter {name[:60]!r} here; there are: {known}", parameter=name[:60])
        if name in values:
            raise Refusal(400, f"{name} is given twice", parameter=name)
        values[name] = names[name].read(raw)
    for parameter in declared:
        if parameter.name not in values:
            if parameter.required:
                raise Refusal(400, f"{parameter.name} is missing", parameter=parameter.name)
            values[parameter.name] = getattr(parameter, "default", None)
    return values
