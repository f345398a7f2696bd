"""The numbers that a pattern over token codes has matched."""

from __future__ import annotations

import re

from mabillon.dates.calendar import full_year
from mabillon.dates.tokens import Tokens


class Groups:
    """The numbers of a match by the name of their group."""

    def __init__(self, match: re.Match[str], tokens: Tokens) -> None:
        self.match, self.tokens = match, tokens
        self.names = match.re.groupindex

    def __call__(self, *names: str) -> int | None:
        for name in names:
            if name in self.names and (at := self.match.start(name)) >= 0:
                return self.tokens.values[at]
        return None

    def code(self, *names: str) -> str:
        for name in names:
            if name in self.names and (at := self.match.start(name)) >= 0:
                return self.tokens.codes[at]
        return ""

    def year(self, near: int | None, *names: str) -> int | None:
        """The year of the first of the groups that stands, two digits made four; a leading apostrophe is skipped."""
        for name in names:
            if name not in self.names or (at := self.match.start(name)) < 0:
                continue
            at += self.tokens.codes[at] == "'"
            value = self.tokens.values[at]
            return value if self.tokens.codes[at] == "4" else full_year(value, near)
        return None
