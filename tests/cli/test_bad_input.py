"""Bad input gets one clear line that names the file and the reason; every other file is read; nothing is obeyed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.command import Command

GOOD = "TELEGRAM\nFrom: Seoul\nTo: Secretary of State\nNo. 12, June 25, 1950, 10 a.m.\n\nQuiet day.\n\nMuccio\n"
ENTITIES = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
LAUGHS = f"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{ENTITIES}]>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>&l9;</p></body></text></TEI>"""


def bad(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "picture.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(300),
    "archive.zip": b"PK\x03\x04" + bytes(range(256)) * 4,
    "malformed.xml": b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>open",
    "laughs.xml": LAUGHS.encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(mabillon: Command, tmp_path: Path, name: str) -> None:
    path, good = bad(tmp_path, name, BAD[name]), bad(tmp_path, "good.txt", GOOD)
    said = mabillon("read", "--json", path, good)
    assert said.returncode == 1
    first, *more = said.stderr.splitlines()
    assert first.startswith(f"mabillon: {path}: ") and len(first) > len(f"mabillon: {path}: ")
    assert "Traceback" not in said.stderr and "report this" not in said.stderr
    assert more == ["mabillon: 1 of 2 sources could not be read; 1 records read"]
    assert said.stdout.count("good.txt") >= 1


def test_a_path_that_does_not_exist(mabillon: Command, tmp_path: Path) -> None:
    said = mabillon("read", tmp_path / "nowhere")
    assert (said.returncode, said.stderr) == (1, f"mabillon: {tmp_path / 'nowhere'}: does not exist\n")


def test_an_empty_folder_says_so(mabillon: Command, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    said = mabillon("read", tmp_path / "nothing")
    assert said.returncode == 1
    assert said.stderr == "mabillon: no documents to read: the folders named are empty\n"


def test_no_path_is_a_question_of_usage(mabillon: Command) -> None:
    said = mabillon("read")
    assert said.returncode == 2 and "Missing argument" in said.stderr


def test_a_file_that_may_not_be_read(mabillon: Command, tmp_path: Path) -> None:
    """Permissions do not bind root, so the unreadable thing here is one that nobody may read as a document."""
    os.mkfifo(tmp_path / "pipe.txt")
    said = mabillon("read", "--json", tmp_path)
    assert said.returncode == 1
    assert said.stderr.startswith(f"mabillon: {tmp_path / 'pipe.txt'}: is not a regular file")


def test_external_entities_are_not_followed(mabillon: Command, tmp_path: Path) -> None:
    secret = bad(tmp_path, "secret", "the secret word")
    text = (
        f'<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY x SYSTEM "file://{secret}">]>'
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader/><text><body><p>To Stalin &x;</p></body></text></TEI>"
    )
    said = mabillon("read", "--json", bad(tmp_path, "entity.xml", text))
    assert "the secret word" not in said.stdout + said.stderr
    assert "Traceback" not in said.stderr


def test_scripts_are_never_part_of_the_text(mabillon: Command, tmp_path: Path) -> None:
    page = f"<html><head><title>Telegram</title><script>alert(1)</script></head><body><pre>{GOOD}</pre></body></html>"
    said = mabillon("read", "--json", bad(tmp_path, "page.html", page))
    assert said.returncode == 0, said.stderr
    assert "alert(1)" not in said.stdout


def test_broken_encoding_is_read_with_marks_where_it_broke(mabillon: Command, tmp_path: Path) -> None:
    said = mabillon("read", "--json", bad(tmp_path, "broken.txt", GOOD.encode() + b"\xff\xfe\x00 caf\xe9 \xc3\x28\n"))
    assert "Traceback" not in said.stderr
    assert said.returncode in (0, 1)
    assert said.returncode == 0 or "broken.txt: " in said.stderr


def test_a_terminal_is_never_obeyed(mabillon: Command, tmp_path: Path) -> None:
    hostile = GOOD.replace("Muccio", "Muccio\x1b[2J\x1b]0;owned\x07 \u202egnorw")
    said = mabillon("read", bad(tmp_path, "escape.txt", hostile))
    assert said.returncode in (0, 1)
    assert not set("\x1b\x07\u202e") & set(said.stdout + said.stderr)


def test_names_of_files_may_hold_anything(mabillon: Command, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9\n\x1b[31m.txt")
    odd.write_text(GOOD)
    empty = tmp_path / "a\nb.txt"
    empty.write_bytes(b"")
    said = mabillon("read", "--json", tmp_path)
    assert "Traceback" not in said.stderr
    assert "\x1b" not in said.stdout + said.stderr
    assert len(said.stdout.splitlines()) == 1
    assert len(said.stderr.splitlines()) == 2, said.stderr


def test_a_folder_of_many_mixed_files(mabillon: Command, tmp_path: Path) -> None:
    for n in range(300):
        kind = n % 3
        bad(tmp_path, f"{n:03}.txt", GOOD if kind == 0 else b"" if kind == 1 else bytes(range(256)))
    said = mabillon("read", "--json", tmp_path, "--workers", "2")
    assert said.returncode == 1
    assert len(said.stdout.splitlines()) == 100
    assert len(said.stderr.splitlines()) == 201
    assert "200 of 300 sources could not be read; 100 records read" in said.stderr


def test_a_text_of_500_megabytes_is_refused_at_once(mabillon: Command, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        for _ in range(500):
            file.write(GOOD.encode() * (1_000_000 // len(GOOD)))
    said = mabillon("read", "--json", tmp_path / "huge.txt", bad(tmp_path, "good.txt", GOOD))
    assert said.returncode == 1
    assert said.stderr.startswith(f"mabillon: {tmp_path / 'huge.txt'}: too large")
    assert len(said.stdout.splitlines()) == 1


@pytest.mark.parametrize("name", ["deep.xml", "deep.html"])
def test_endless_nesting_is_refused_or_read_but_never_a_crash(mabillon: Command, tmp_path: Path, name: str) -> None:
    said = mabillon("read", "--json", bad(tmp_path, name, "<div>" * 100_000), bad(tmp_path, "good.txt", GOOD))
    assert said.returncode in (0, 1)
    assert "Traceback" not in said.stderr and "report this" not in said.stderr
    assert "good.txt" in said.stdout
