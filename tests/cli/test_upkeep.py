"""`mabillon verify`, `backup`, `restore`: an archive is checked, copied and brought back."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.command import Command


def test_an_archive_is_verified_copied_and_brought_back(mabillon: Command, samples: Path, tmp_path: Path) -> None:
    korea, saved = tmp_path / "korea", tmp_path / "saved"
    assert mabillon("ingest", "--archive", korea, samples / "seed").returncode == 0
    checked = mabillon("verify", "--archive", korea)
    assert checked.returncode == 0 and "all is well" in checked.stdout and checked.stderr == ""
    assert mabillon("backup", "--archive", korea, saved).returncode == 0
    original = next(path for path in (korea / "originals").rglob("content/*"))
    original.write_bytes(b"altered")
    damaged = mabillon("verify", "--archive", korea)
    assert damaged.returncode == 1 and "has been altered" in damaged.stderr
    refused = mabillon("restore", saved, "--archive", korea)
    assert refused.returncode == 1 and "move it away" in refused.stderr
    shutil.rmtree(korea)
    assert mabillon("restore", saved, "--archive", korea).returncode == 0
    assert "all is well" in mabillon("verify", "--archive", korea).stdout
    assert "600308" in mabillon("search", "--archive", korea, "Shtykov").stdout
