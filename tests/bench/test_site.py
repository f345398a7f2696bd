from __future__ import annotations

import sqlite3
from pathlib import Path

from bench.site.holdings import build, read_pack, write_packs
from bench.site.report import questions
from mabillon.archive import Archive


def test_the_archive_and_the_table_hold_the_same_records(tmp_path: Path):
    both = build(tmp_path / "both", 40)
    with Archive.open(both.archive) as archive:
        held = {record.id: record.source.text for record in archive.records() if record.source}
    rows = dict(sqlite3.connect(both.table).execute("select id, text from records").fetchall())
    assert rows == held and len(rows) == 40
    assert set(both.ids) <= set(rows)
    assert build(tmp_path / "both", 40) == both


def test_packs_stand_for_cables_that_differ(tmp_path: Path):
    write_packs(tmp_path, 3, first=10)
    [pack] = tmp_path.iterdir()
    texts = [record.source.text for record in read_pack(pack) if record.source]
    assert len(set(texts)) == 3


def test_questions_differ_and_come_again_with_their_seed():
    asked = questions(50, 7)
    assert len(set(asked)) == 50 and asked == questions(50, 7) != questions(50, 8)
