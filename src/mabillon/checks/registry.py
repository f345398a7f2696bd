"""The findings that a record can show: a registry of small functions, one for each id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources

import yaml

from mabillon.evidence import Value
from mabillon.record import Finding, Record

Check = Callable[[Record], Iterator[tuple[str, list[Value]]]]
"""Takes a record, yields a message and the values on both sides of each contradiction."""

CHECKS: dict[str, Check] = {}


def finding(identifier: str) -> Callable[[Check], Check]:
    """Register the decorated function as the check of the finding `identifier`."""

    def register(check: Check) -> Check:
        CHECKS[identifier] = check
        return check

    return register


@cache
def definitions() -> dict[str, dict[str, str]]:
    """Return id → {severity, definition} of every finding; `among` is `records` where no record shows it alone."""
    content = resources.files("mabillon.vocabulary").joinpath("findings.yaml").read_bytes()
    table: dict[str, dict[str, str]] = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return table


def check(record: Record) -> list[Finding]:
    """Return what contradicts itself in `record`, in the order of the registry; one finding for an id and message."""
    found: dict[tuple[str, str], Finding] = {}
    for identifier, test in CHECKS.items():
        for message, evidence in test(record):
            found.setdefault(
                (identifier, message),
                Finding(
                    id=identifier, message=message, evidence=evidence, severity=definitions()[identifier]["severity"]
                ),
            )
    return list(found.values())
