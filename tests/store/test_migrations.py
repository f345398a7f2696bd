from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.archive import Archive
from mabillon.errors import ArchiveError
from mabillon.store.engine import Store
from mabillon.store.schema import HEAD, versions
from mabillon.store.setup import create_tables, schema_version
from mabillon.store.upgrade import MIGRATIONS, differences, upgrade_tables


def test_migrations_lead_to_the_tables_that_the_program_states(tmp_path: Path) -> None:
    store = Store.at(tmp_path / "archive.db")
    upgrade_tables(store)
    assert differences(store) == []
    assert schema_version(store) == HEAD
    store.close()


def test_migrations_lead_there_in_a_server_too(server: str) -> None:
    store = Store.connect(server)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    upgrade_tables(store)
    assert differences(store) == []
    assert schema_version(store) == HEAD
    store.close()


def test_a_new_database_is_as_one_that_was_migrated(tmp_path: Path) -> None:
    made, migrated = Store.at(tmp_path / "made.db"), Store.at(tmp_path / "migrated.db")
    create_tables(made)
    upgrade_tables(migrated)
    assert differences(made) == []
    assert _tables(made) == _tables(migrated)
    made.close()
    migrated.close()


def _tables(store: Store) -> set[str]:
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT type || ' ' || name || ' ' || tbl_name FROM sqlite_master").all()
        counters = connection.exec_driver_sql("SELECT name || value FROM counters").all()
    return {row[0] for row in rows + counters}


def test_the_head_is_the_last_migration() -> None:
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("v*.py"))
    assert names[-1].startswith(f"v{HEAD}_")


def _older(folder: Path) -> None:
    """Make the database of an archive as the first version made it."""
    (folder / "archive.db").unlink()
    store = Store.at(folder / "archive.db")
    upgrade_tables(store, "0001")
    store.close()


def test_an_older_archive_is_migrated_and_a_copy_kept(tmp_path: Path) -> None:
    Archive.create(tmp_path / "archive").close()
    _older(tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        assert schema_version(archive.store) == HEAD
        assert archive.count() == 0
    kept = Store.at(tmp_path / "archive" / "archive.db.0001.bak", read_only=True)
    assert schema_version(kept) == "0001"
    kept.close()


def test_a_newer_archive_is_refused_and_left_alone(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive, archive.store.writing() as connection:
        connection.execute(versions.update().values(version_num="9001"))
    before = (tmp_path / "archive" / "archive.db").read_bytes()
    with pytest.raises(ArchiveError, match="has schema 9001"):
        Archive.open(tmp_path / "archive")
    assert (tmp_path / "archive" / "archive.db").read_bytes() == before


def test_a_strange_database_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"")
    with pytest.raises(ArchiveError, match="not an archive"):
        Archive.open(tmp_path)
    (tmp_path / "archive.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(ArchiveError, match="not a database"):
        Archive.open(tmp_path)
