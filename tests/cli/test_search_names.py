"""Names typed into `mabillon search`, as people spell them, over an archive of the samples."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.cli.conftest import ROOT

CABLE = """CABLE No. 3{n}
From: Shtykov, Pyongyang
To: {to}
5 October 1950

{text}
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, made = tmp_path_factory.mktemp("named"), tmp_path_factory.mktemp("held") / "archive"
    texts = {
        "incheon": ("Comrade Vyshinsky", "The landing at Incheon goes on. Pyongyang is calm."),
        "filippov": ("Filippov", "To Filippov personally. Pyongyang. Pak Heon-Yeong asks for help."),
        "mao": ("Comrade Gromyko", "Mao Zedong answered from Peking."),
        "stalin": ("Stalin", "The front is at the 38th parallel."),
    }
    for n, (name, (to, text)) in enumerate(texts.items()):
        (folder / f"{name}.txt").write_text(CABLE.format(n=n, to=to, text=text), encoding="utf-8")
    command = [sys.executable, "-m", "mabillon", "ingest", "--archive", made, folder]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True)
    return made


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("Chemulpo", "Incheon"),
        ("from:Штыков", "Pyongyang"),
        ("from:Chtykov", "Pyongyang"),
        ("Mao Tse-tung", "Mao Zedong"),
        ("Pak Hon-yong", "Pak Heon-Yeong"),
        ("朴憲永", "Pak Heon-Yeong"),
    ],
)
def test_any_spelling_finds_the_others_and_says_so(mabillon: Command, archive: Path, words: str, marked: str) -> None:
    said = mabillon("search", "--archive", archive, words)
    assert said.returncode == 0 and marked in " ".join(said.stdout.split()), said.stderr
    assert "also spelt:" in said.stderr


def test_quoted_exactly_a_name_is_that_spelling_only(mabillon: Command, archive: Path) -> None:
    assert mabillon("search", "--archive", archive, '"Chemulpo"').stdout == "0 found\n"
    assert mabillon("search", "--archive", archive, 'about:"Mao Tse-tung"').stdout == "0 found\n"


def test_a_message_to_a_cover_name_is_one_to_the_person_and_says_why(mabillon: Command, archive: Path) -> None:
    said = mabillon("search", "--archive", archive, "to:Stalin")
    assert said.stdout.endswith("2 found\n"), said.stdout
    assert "Filippov: cover name of Stalin, Iosif Vissarionovich, 1949/1953-03" in " ".join(said.stdout.split())
