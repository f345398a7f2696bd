"""`mabillon export package`: whole, the same each time, described as RO-Crate wants it, and without what is closed."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema_rs
import pyarrow.parquet
import pytest

from mabillon.archive import Access, Archive, ingest
from mabillon.archive.indexing import open_index
from mabillon.pipeline import read_path
from tests.cli.command import Command

ROOT = Path(__file__).resolve().parents[2]
TERMS = ("--licence", "https://spdx.org/licenses/CC-BY-4.0", "--address", "https://archive.example.org/")


@pytest.fixture(scope="module")
def filled(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "archive"
    with Archive.create(path) as made:
        ingest([samples / "seed", samples / "frus"], made, read_path, workers=1)
        open_index(made).close()
    return path


@pytest.fixture
def archive(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "archive"))


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def files_in(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_the_same_archive_makes_the_same_bytes(mabillon: Command, archive: Path, tmp_path: Path) -> None:
    for target in ("one", "two", "one.zip", "two.zip"):
        run = mabillon("export", "package", "-o", target)
        assert run.returncode == 0, run.stderr
        os.utime(tmp_path / target, (1_000_000_000, 1_000_000_000))
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two") == files_in(tmp_path / "one.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "one", "one.zip", "two", "two.zip"]


def test_every_file_is_what_its_checksum_and_description_say(mabillon: Command, archive: Path, tmp_path: Path) -> None:
    assert mabillon("export", "package", "-o", "p").returncode == 0
    files = files_of(tmp_path / "p")
    sums = dict(reversed(line.split("  ")) for line in files["manifest-sha256.txt"].decode().splitlines())
    assert sums.keys() == files.keys() - {"manifest-sha256.txt"}
    assert all(hashlib.sha256(files[name]).hexdigest() == sum for name, sum in sums.items())
    crate = {entity["@id"]: entity for entity in json.loads(files["ro-crate-metadata.json"])["@graph"]}
    assert {part["@id"] for part in crate["./"]["hasPart"]} == files.keys() - {"ro-crate-metadata.json"}
    for name in files.keys() - {"ro-crate-metadata.json", "manifest-sha256.txt"}:
        assert (crate[name]["sha256"], int(crate[name]["contentSize"])) == (sums[name], len(files[name]))
    assert int(crate["manifest-sha256.txt"]["contentSize"]) == len(files["manifest-sha256.txt"])
    assert crate["./"]["version"].endswith(sums["records.jsonl"][:12])
    assert crate["./"]["creditText"] in files["README.md"].decode()


def test_lines_and_tables_hold_the_records_of_the_archive(mabillon: Command, archive: Path, tmp_path: Path) -> None:
    assert mabillon("export", "package", "-o", "p").returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "p/records.jsonl").read_text("utf-8").splitlines()]
    assert (tmp_path / "p/records.jsonl").read_text("utf-8") == mabillon("export", "jsonl").stdout
    judge = jsonschema_rs.Draft202012Validator(json.loads((tmp_path / "p/record.schema.json").read_bytes()))
    assert lines and all(judge.is_valid(line) for line in lines) and not judge.is_valid({"id": 1})
    with (tmp_path / "p/records.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    columnar = pyarrow.parquet.read_table(tmp_path / "p/records.parquet").to_pylist()
    ids = [line["id"] for line in lines]
    assert [row["id"] for row in rows] == ids == [row["id"] for row in columnar]
    assert [json.loads(row["record"]) for row in columnar] == lines
    crate = {one["@id"]: one for one in json.loads((tmp_path / "p/ro-crate-metadata.json").read_bytes())["@graph"]}
    assert crate["records.csv"]["variableMeasured"] == list(rows[0])
    assert crate["records.parquet"]["variableMeasured"] == list(columnar[0])


@pytest.mark.parametrize("target", ["p", "p.zip"])
def test_what_is_closed_is_in_no_file(target: str, mabillon: Command, archive: Path, tmp_path: Path) -> None:
    with Archive.open(archive) as opened:
        numbered = (record for record in opened.records() if record.numbers)
        closed = next(record for record in numbered if record.numbers[0].value == "600308/sh")
        opened.set_access(closed.id, Access("restricted"), "an archivist", "closed")
    assert mabillon("export", "package", "-o", target).returncode == 0
    files = files_in(tmp_path / target) if target.endswith(".zip") else files_of(tmp_path / target)
    assert not [name for name, content in files.items() if closed.id.encode() in content or b"600308" in content]
    ids = pyarrow.parquet.read_table(pyarrow.BufferReader(files["records.parquet"])).column("id").to_pylist()
    assert ids and closed.id not in ids


def test_roc_validator_finds_no_rule_broken(mabillon: Command, archive: Path, shared: Path, tmp_path: Path) -> None:
    pytest.importorskip("rocrate_validator", reason="needs roc-validator (pip install roc-validator)")
    context = shared / "data/schemas/contexts/ro-crate-1.2.jsonld"

    def judged(crate: str) -> list[list[str]]:
        judge = [sys.executable, "-m", "tests.publish.ro_crate_judge", tmp_path / crate, context]
        run = subprocess.run(judge, cwd=ROOT, capture_output=True, text=True, check=True)
        return json.loads(run.stdout.splitlines()[-1])  # type: ignore[no-any-return]

    assert mabillon("export", "package", "-o", "all.zip", *TERMS).returncode == 0
    assert mabillon("export", "package", "-o", "bare").returncode == 0
    said = judged("all.zip")
    assert [issue for issue in said if "ROR" not in issue[1] and "contactPoint" not in issue[1]] == []
    assert not [issue for issue in judged("bare") if issue[0] == "REQUIRED"]
    (tmp_path / "bare/records.csv").unlink()
    assert [issue for issue in judged("bare") if issue[0] == "REQUIRED"], "the judge sees what is missing"


def test_a_search_and_a_version_of_its_own(mabillon: Command, archive: Path, tmp_path: Path) -> None:
    run = mabillon("export", "package", "-o", "p", "--version", "1.2", *TERMS, "from:Shtykov")
    assert run.returncode == 0 and run.stdout.endswith("version 1.2\n"), run.stderr
    readme = (tmp_path / "p/README.md").read_text("utf-8")
    assert "from:Shtykov" in readme and "CC-BY-4.0" in readme
    lines = (tmp_path / "p/records.jsonl").read_text("utf-8").splitlines()
    with Archive.open(archive) as opened:
        assert 0 < len(lines) < opened.count()


def test_what_cannot_be_is_said_and_nothing_is_overwritten(mabillon: Command, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for asked, words in (
        ((), "say with -o"),
        (("-o", "full"), "something is there already"),
        (("-o", "file"), "a file is there"),
        (("-o", "no/such/place"), "cannot be written"),
    ):
        run = mabillon("export", "package", *asked)
        assert run.returncode and words in run.stderr and "Traceback" not in run.stderr
    assert "Only a package" in mabillon("export", "tei", "--version", "2").stderr
    assert (tmp_path / "full/mine.txt").read_text() == (tmp_path / "file").read_text() == "mine"


def test_without_pyarrow_it_says_how_to_get_it(archive: Path, tmp_path: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = None; import mabillon.cli.main as m; m.mabillon(sys.argv[1:])"
    for asked in (("package", "-o", "p"), ("parquet",)):
        run = subprocess.run(
            [sys.executable, "-c", code, "export", *asked], cwd=tmp_path, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        assert run.returncode == 1 and "pip install 'mabillon[parquet]'" in run.stderr and "Traceback" not in run.stderr
    assert not (tmp_path / "p").exists()
