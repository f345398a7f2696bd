"""The directory of an index: its generations, which of them is in use, and how far it is complete.

A directory of an index holds one or more generations (`g-1`, `g-2`, …) and a file CURRENT that names the one in use, so
that a rebuilt index takes the old one's place in one step while searches go on. Beside Tantivy's files a generation has
`state.json`: the version of the schema, and up to which change of the archive (`seq`) it is complete.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import tantivy

from mabillon.errors import ArchiveError
from mabillon.search.schema import VERSION, build_schema, register_analyzers

CURRENT, STATE, META = "CURRENT", "state.json", "meta.json"
_FOOTER_MAGIC = 1337
_CHUNK = 1 << 20


class IndexMissing(ArchiveError):
    """There is no index in the directory: `mabillon reindex` makes one."""


class IndexDamaged(ArchiveError):
    """The index cannot be read: `mabillon reindex` makes it anew from the archive, which is not touched by this."""


class IndexBusy(ArchiveError):
    """Another process is writing to the index; it takes up whatever the archive has, so nothing is lost by waiting."""


@dataclass(frozen=True, slots=True)
class State:
    """What `state.json` says."""

    seq: int = 0
    version: int = VERSION


def current(folder: Path) -> str:
    """Return the name of the generation in use. Raises IndexMissing, or IndexDamaged if it names none."""
    try:
        name = (folder / CURRENT).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as failure:
        raise IndexMissing(f"{folder}: no index here; run: mabillon reindex") from failure
    if not name.startswith("g-") or "/" in name or not (folder / name).is_dir():
        raise IndexDamaged(f"{folder}: {CURRENT} names no index ({name[:40]!r}); run: mabillon reindex")
    return name


def new_generation(folder: Path) -> Path:
    """Make a directory with an empty index that nobody uses yet, and return it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = [int(path.name[2:]) for path in folder.glob("g-*") if path.name[2:].isdigit()]
        generation = folder / f"g-{max(taken, default=0) + 1}"
        generation.mkdir()
        tantivy.Index(build_schema(), str(generation))
        write_state(generation, State())
    except (OSError, ValueError) as failure:
        raise ArchiveError(f"{folder}: no index can be made here: {failure}") from failure
    return generation


def put_in_place(folder: Path, generation: Path) -> None:
    """Make `generation` the one in use, in one step, and remove the others. Open searches go on with theirs."""
    _replace(folder / CURRENT, generation.name + "\n")
    for old in folder.glob("g-*"):
        if old != generation:
            shutil.rmtree(old, ignore_errors=True)


def open_generation(generation: Path, schema: tantivy.Schema) -> tantivy.Index:
    """Open a generation for reading. Raises IndexDamaged if it cannot be, or if another version made it."""
    state = read_state(generation)
    if state.version != VERSION:
        raise IndexDamaged(f"{generation}: index of version {state.version}, not {VERSION}; run: mabillon reindex")
    try:
        index = tantivy.Index(schema, str(generation))
        register_analyzers(index)
        index.config_reader("manual")
        index.reload()
    except (ValueError, OSError) as failure:
        raise IndexDamaged(f"{generation}: {failure}; run: mabillon reindex") from failure
    except BaseException as failure:
        raise_if_panic(failure, generation)
        raise
    return index


def raise_if_panic(failure: BaseException, place: Path) -> None:
    """Raise IndexDamaged for a panic of Tantivy's, which derives from BaseException and has no name to import."""
    if type(failure).__name__ == "PanicException":
        raise IndexDamaged(f"{place}: {failure}; run: mabillon reindex") from failure


def read_state(generation: Path) -> State:
    try:
        found = json.loads((generation / STATE).read_text("utf-8"))
        return State(int(found["seq"]), int(found["version"]))
    except (OSError, ValueError, KeyError, TypeError) as failure:
        raise IndexDamaged(f"{generation / STATE}: cannot be read; run: mabillon reindex") from failure


def write_state(generation: Path, state: State) -> None:
    _replace(generation / STATE, json.dumps({"seq": state.seq, "version": state.version}) + "\n")


def _replace(path: Path, content: str) -> None:
    """Write a file so that a crash leaves the old one or the new one."""
    beside = path.with_name(path.name + ".new")
    with open(beside, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def identity(generation: Path) -> str:
    """Return a short name of exactly this state of the index: the same in every process that sees it."""
    try:
        meta = json.loads((generation / META).read_bytes())
        segments = [segment["segment_id"] for segment in meta["segments"]]
        return f"{generation.name}-{short_hash(','.join(segments) + str(meta['opstamp']))}"
    except (OSError, ValueError, KeyError, TypeError) as failure:
        raise IndexDamaged(f"{generation / META}: cannot be read; run: mabillon reindex") from failure


def short_hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def damaged_files(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the files of the index in use, one sentence a file; nothing if all is well.

    Every file that Tantivy writes ends with the CRC-32 of what stands before: `[body][JSON with crc][length][magic]`.
    """
    generation = folder / current(folder)
    meta = json.loads((generation / META).read_bytes())
    for segment in meta["segments"]:
        stem = segment["segment_id"].replace("-", "")
        files = sorted(generation.glob(f"{stem}.*"))
        if not files:
            yield f"{generation / stem}: the segment is missing"
        for path in files:
            if (wrong := _wrong(path)) is not None:
                yield f"{path}: {wrong}"


def _wrong(path: Path) -> str | None:
    size = path.stat().st_size
    with open(path, "rb") as file:
        file.seek(max(0, size - 8))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if len(tail) < 8 or int.from_bytes(tail[4:], "little") != _FOOTER_MAGIC or length > size - 8:
            return "the file is cut off"
        file.seek(size - 8 - length)
        try:
            stated = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return "the file's end cannot be read"
        file.seek(0)
        left, crc = size - 8 - length, 0
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            crc, left = zlib.crc32(chunk, crc), left - len(chunk)
    return None if crc == stated else "the file was changed since it was written"
