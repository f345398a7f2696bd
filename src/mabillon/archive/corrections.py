"""An editor's corrections, laid over whatever a reader read: they survive reading anew by a better reader."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import msgspec

from mabillon.checks import check
from mabillon.errors import ArchiveError
from mabillon.record import Record
from mabillon.store.history import Correction

PROTECTED = ("schema", "id", "source")
"""What no correction may change: who the record is, and the text that all offsets count in."""


def corrected(record: Record, corrections: Sequence[Correction]) -> Record:
    """Return `record` with the corrections laid over it, and its findings checked anew.

    A correction that no longer fits (its place is of another kind now) is passed over and stays on file.
    """
    if not corrections:
        return record
    ordinary = [found for found in corrections if _steps(found.path)[0] != "findings"]
    about_findings = [found for found in corrections if _steps(found.path)[0] == "findings"]
    for found in ordinary:
        record = _laid_over(record, found.path, found.anchors, found.value) or record
    if ordinary:
        record.findings = check(record)
    for found in about_findings:
        record = _laid_over(record, found.path, found.anchors, found.value) or record
    return record


def anchors_of(record: Record, path: str) -> list[Any]:
    """Return for each step of `path` the value of the list member that it names, None for other steps.

    Raises `ArchiveError` if the path may not be corrected.
    """
    node: Any = msgspec.to_builtins(record)
    found: list[Any] = []
    for step in _steps(path):
        member = _member(node, step)
        found.append(member.get("value") if isinstance(node, list) and isinstance(member, dict) else None)
        node = member
    return found


def fits(record: Record, path: str, value: Any) -> bool:
    """Tell whether the record would still be one with `value` at `path`."""
    whole = _laid_over(record, path, anchors_of(record, path), value)
    return whole is not None and (value is None or _has_place(msgspec.to_builtins(whole), _steps(path)))


def _steps(path: str) -> list[str]:
    """Return the steps of a JSON pointer (RFC 6901); the slash in front may be left out."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in path.removeprefix("/").split("/")]
    if not steps[0]:
        raise ArchiveError("a correction needs the path of what it corrects, such as date or senders/0/place")
    if any(step in PROTECTED for step in (steps[0], steps[-1])):
        raise ArchiveError(f"{path}: this cannot be corrected; it says which document this is")
    return steps


def _member(node: Any, step: str) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list) and step.isdecimal() and int(step) < len(node):
        return node[int(step)]
    return None


def _laid_over(record: Record, path: str, anchors: Sequence[Any], value: Any) -> Record | None:
    """Return a copy of `record` with `value` at `path`; None if that would be no record."""
    plain = msgspec.to_builtins(record)
    for wording in (value, _evidence(value)):
        changed = copy.deepcopy(plain)
        _put(changed, _steps(path), list(anchors), wording)
        try:
            whole = msgspec.convert(changed, type=Record)
        except msgspec.ValidationError:
            continue
        if _survives(changed, msgspec.to_builtins(whole)):
            return whole
    return None


def _has_place(node: Any, steps: list[str]) -> bool:
    """Tell whether a record knows the field that a path names."""
    for step in steps:
        if isinstance(node, list):
            node = node[min(int(step), len(node) - 1) if step.isdecimal() else -1] if node else None
        elif not isinstance(node, dict) or step not in node:
            return False
        else:
            node = node[step]
    return True


def _survives(given: Any, kept: Any) -> bool:
    """Tell whether a record holds every `value` that it was given: what it has no place for, it would drop unsaid."""
    if isinstance(given, dict):
        if not isinstance(kept, dict) or ("value" in given) != ("value" in kept):
            return not given
        return all(_survives(entry, kept[key]) for key, entry in given.items() if key in kept)
    if isinstance(given, list):
        return isinstance(kept, list) and all(map(_survives, given, kept))
    return True


def _evidence(value: Any) -> Any:
    """Return a bare value as one with evidence: no words of the document state it, an editor does."""
    return {"value": value, "text": "", "spans": [], "confidence": 1.0, "reason": "editor"}


def _put(node: Any, steps: list[str], anchors: list[Any], value: Any) -> None:
    """Put `value` where `steps` lead; what is missing on the way is made."""
    step, *rest = steps
    anchor = anchors[0] if anchors else None
    if isinstance(node, list):
        _put_in_list(node, _index(node, step, anchor), rest, anchors[1:], value)
    elif isinstance(node, dict):
        if rest:
            missing: Any = [] if rest[0].isdecimal() or rest[0] == "-" else {}
            _put(node.setdefault(step, missing), rest, anchors[1:], value)
        elif value is None or _is_nothing(value):
            node.pop(step, None)
        else:
            node[step] = _renewed(node.get(step), value)


def _put_in_list(node: list[Any], index: int, rest: list[str], anchors: list[Any], value: Any) -> None:
    if not rest and _is_nothing(value):
        del node[index : index + 1]
        return
    if index == len(node):
        node.append({} if rest else value)
    if rest:
        _put(node[index], rest, anchors, value)
    else:
        node[index] = _renewed(node[index], value)


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and "value" in value and value["value"] is None)


def _index(members: list[Any], step: str, anchor: Any) -> int:
    """Return the index of the member that was meant: by its value where that still stands, else by its place."""
    if anchor is not None:
        for n, member in enumerate(members):
            if isinstance(member, dict) and member.get("value") == anchor:
                return n
    return min(int(step), len(members)) if step.isdecimal() else len(members)


def _renewed(before: Any, value: Any) -> Any:
    """A corrected value keeps the words it was read from: they are what the editor read better."""
    if isinstance(before, dict) and isinstance(value, dict) and value.get("reason") == "editor" and not value["spans"]:
        kept = {key: entry for key, entry in before.items() if key != "alternatives"}
        return kept | {"value": value["value"], "confidence": 1.0, "reason": "editor"}
    return value
