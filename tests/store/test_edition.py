from __future__ import annotations

from pathlib import Path

from mabillon.store.counters import take
from mabillon.store.engine import Store
from mabillon.store.setup import create_tables


def test_an_edition_is_another_after_every_change_whoever_makes_it(tmp_path: Path):
    store, other = Store.at(tmp_path / "a.db"), Store.at(tmp_path / "a.db")
    create_tables(store)
    before = store.edition()
    assert before is not None and store.edition() == before
    for writer in (store, other):
        with writer.writing() as connection:
            take(connection, "seq")
        after = store.edition()
        assert after != before
        before = after
    store.close()
    other.close()
