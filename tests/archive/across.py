"""Small archives for the tests of findings across them."""

from __future__ import annotations

from pathlib import Path

from mabillon.archive import PUBLIC, Archive, Reader, ingest, link_names
from mabillon.archive.across.following import follow_findings
from mabillon.pipeline import read_path


def telegram(sender: str, recipient: str, number: int, date: str, *sentences: str) -> str:
    said = " ".join(("The Foreign Minister received me this morning and said nothing new.", *sentences))
    return f"TELEGRAM\n\nFrom: {sender}\nTo: {recipient}\nNo. {number}\n{date}\n\n{said}\n"


def take_in(folder: Path, **papers: str) -> Archive:
    """Return the archive in this folder with these papers taken in, names linked and findings derived."""
    place = folder / "in"
    place.mkdir(exist_ok=True)
    for name, text in papers.items():
        (place / f"{name}.txt").write_text(text)
    archive = Archive.open(folder / "archive", create=True)
    ingest([place], archive, read_path)
    follow(archive)
    return archive


def follow(archive: Archive) -> None:
    link_names(archive)
    follow_findings(archive.store)


def messages(archive: Archive, kind: str, reader: Reader = PUBLIC) -> list[str]:
    """Return what the findings of a kind across the archive say."""
    return [one.message for one in archive.all_findings(reader) if one.origin == "archive" and one.finding == kind]
