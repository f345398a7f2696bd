"""python -m bench.corpus DIR COUNT [SEED]: write cables as text files, each with its truth beside it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from bench.corpus.generate import Generated, generate
from mabillon.evidence import Value
from mabillon.record import Finding, Record


def truth(record: Record) -> dict[str, Any]:
    """Return a record in the form of the specimens' gold files: plain values in place of values with evidence."""
    found = msgspec.to_builtins(_plain(record))
    for key in ("schema", "id", "source", "body"):
        found.pop(key, None)
    return {key: value for key, value in found.items() if value not in (None, [], {})}


def _plain(node: Any) -> Any:
    if isinstance(node, Finding):
        return node.id
    if isinstance(node, msgspec.Struct):
        fields = {f.encode_name: _plain(getattr(node, f.name)) for f in msgspec.structs.fields(node)}
        if isinstance(node, Value):
            for key in ("text", "spans", "confidence", "reason", "alternatives"):
                fields.pop(key)
        kept = {key: value for key, value in fields.items() if value not in (None, [], {})}
        return kept["value"] if isinstance(node, Value) and (set(kept) - {"kind"}) == {"value"} else kept
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return node


def write(folder: Path, cable: Generated) -> None:
    (folder / cable.filename).write_text(cable.text, "utf-8", newline="\n")
    gold = folder / (cable.filename.removesuffix(".txt") + ".gold.json")
    gold.write_text(json.dumps(truth(cable.record), ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(arguments: list[str]) -> None:
    folder, count, *seed = arguments
    Path(folder).mkdir(parents=True, exist_ok=True)
    for cable in generate(int(count), int(seed[0]) if seed else 1950):
        write(Path(folder), cable)


if __name__ == "__main__":
    main(sys.argv[1:])
