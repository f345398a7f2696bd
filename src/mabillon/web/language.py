"""Page text in the reader's language: `locale/<code>.yaml`, chosen by cookie or `Accept-Language`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from starlette.requests import Request

from mabillon.record import Record

FOLDER = Path(__file__).with_name("locale")
DEFAULT = "en"
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


@dataclass(frozen=True)
class Language:
    """The page text of one language. Keys are dotted paths into its file: `search.button`."""

    code: str
    texts: Mapping[str, Any]

    def __call__(self, key: str, /, **parts: object) -> str:
        """Return the text of `key` with `{name}` filled from `parts`. Raises KeyError where the file lacks it.

        A text with the forms `one` and `other` is chosen by `parts["count"]`.
        """
        text = self.texts[key]
        if isinstance(text, dict):
            text = text["one" if parts.get("count") == 1 else "other"]
        return str(text).format_map({name: self.shown(part) for name, part in parts.items()}) if parts else str(text)

    def term(self, group: str, code: str) -> str:
        """Return what `code` of a vocabulary is called, the code itself where the file has no name for it."""
        return str(self.texts.get(f"{group}.{code}", code))

    def shown(self, part: object) -> str:
        """Return a number with this language's thousands separator, anything else as it is."""
        if isinstance(part, int) and not isinstance(part, bool):
            return f"{part:,}".replace(",", self.texts["thousands"])
        return str(part)


def language_tag(record: Record) -> str | None:
    """Return the language of a record for the attribute `lang`, None where it is none that BCP 47 could have."""
    code = str(record.language.value) if record.language else ""
    return code if _TAG.match(code) else None


def _flatten(node: Mapping[Any, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in node.items():
        if isinstance(value, dict) and set(value) != {"one", "other"}:
            flat.update(_flatten(value, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = value
    return flat


@cache
def languages() -> dict[str, Language]:
    """Return all languages of the site by code, the default one first."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = {
        path.stem: Language(path.stem, _flatten(yaml.load(path.read_text("utf-8"), Loader=loader)))
        for path in sorted(FOLDER.glob("*.yaml"))
    }
    return dict(sorted(found.items(), key=lambda item: item[0] != DEFAULT))


def choose(cookie: str | None, accepted: str) -> Language:
    """Return the language of the cookie, else the best of an `Accept-Language` header, else English."""
    known = languages()
    if cookie in known:
        return known[cookie]
    wanted: list[tuple[float, str]] = []
    for part in accepted[:500].split(","):
        code, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((float(quality or 1), code.split("-")[0].lower()))
        except ValueError:
            continue
    for _, code in sorted(wanted, key=lambda pair: -pair[0]):
        if code in known:
            return known[code]
    return known[DEFAULT]


def language_of(request: Request) -> Language:
    """Return the language that a page is asked for in."""
    return choose(request.cookies.get("language"), request.headers.get("accept-language", ""))
