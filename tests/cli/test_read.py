"""`mabillon read`: cards for a person, JSON Lines for a program."""

from __future__ import annotations

import json
from pathlib import Path

from mabillon.record import decode
from tests.cli.command import Command

SEED = "seed/cable-600308-paraphrase.txt"


def test_a_card_shows_findings_before_the_anatomy_and_quotes_the_words(mabillon: Command, samples: Path) -> None:
    said = mabillon("read", samples / SEED)
    assert said.returncode == 0 and said.stderr == ""
    assert said.stdout.startswith("Cable No. 600308, Shtykov to Stalin")
    assert said.stdout.index("[copies.unaccounted]") < said.stdout.index("Type  ")
    assert "“12 copies printed”" in said.stdout
    assert "“Copy Nº 3 to Cde. Molotov”" in said.stdout
    assert "Enclosure 1" in said.stdout
    assert "\x1b" not in said.stdout, "no colours where the output is no terminal"


def test_json_is_one_record_a_line_with_its_text(mabillon: Command, samples: Path) -> None:
    said = mabillon("read", "--json", samples / SEED)
    (line,) = said.stdout.splitlines()
    record = json.loads(line)
    assert record["schema"] == "mabillon/record/1"
    start, end = record["date"]["spans"][0]
    assert record["source"]["text"][start:end] == record["date"]["text"] == "2035 30 September 1950"


def test_without_text_the_evidence_stays(mabillon: Command, samples: Path) -> None:
    (line,) = mabillon("read", "--json", "--no-text", samples / SEED).stdout.splitlines()
    record = decode(line)
    assert record.source is not None and record.source.text is None
    assert all(e.source is None or e.source.text is None for e in record.enclosures)
    assert record.date is not None and record.date.spans


def test_processes_give_what_one_gives_in_the_same_order(mabillon: Command, samples: Path) -> None:
    alone = mabillon("read", "--json", samples, "--workers", "1")
    assert alone.returncode == 0, alone.stderr
    together = mabillon("read", "--json", samples, samples / "soviet", "--workers", "2")
    assert together.stdout.startswith(alone.stdout)
    files = [json.loads(line)["source"]["filename"] for line in alone.stdout.splitlines()]
    assert files.count("tei-volume-korea-four-documents.xml") == 4
    assert "README.md" not in files


def test_the_report_counts_and_names_failures(mabillon: Command, samples: Path, tmp_path: Path) -> None:
    said = mabillon("read", "--json", samples / SEED, tmp_path / "absent.txt", "--report", tmp_path / "run.json")
    assert said.returncode == 1
    report = json.loads((tmp_path / "run.json").read_text())
    assert (report["sources"], report["records"]) == (2, 1)
    assert report["failures"] == [{"path": str(tmp_path / "absent.txt"), "reason": "does not exist"}]


def test_what_is_known_of_the_seed_is_its_three_findings(mabillon: Command, samples: Path) -> None:
    record = decode(mabillon("read", "--json", samples / SEED).stdout)
    found = {finding.id for finding in record.findings}
    assert found == {"chain.out-of-order", "copies.unaccounted", "date.year-slip"}
