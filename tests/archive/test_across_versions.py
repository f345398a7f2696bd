from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.across import messages, take_in

BODY = """I was received by Kim Il Sung at 11 o'clock on 29 September. He said that General MacArthur had landed 5
divisions at Inchon. The situation in the area of Seoul is extremely grave. Kim Il Sung asked for the direct military
aid of the Soviet Union. He stressed that without it the country could not hold out for more than two weeks. I replied
that I would report this to Moscow without delay.
"""
OTHER = """On 29 September at 11 o'clock Kim Il Sung received me. He stated that General MacArthur had landed
5 divisions at Inchon. The situation around Seoul is extremely grave. Kim Il Sung requested direct military aid from
the Soviet Union. He emphasised that without it the country could not hold out for more than 2 weeks. I answered that
I would report this to Moscow without delay.
"""


def cable(body: str, readers: str = "") -> str:
    copies = f"\n{readers}\n" if readers else ""
    heading = "CIPHERED TELEGRAM No. 1351\n\nFrom: Shtykov, Pyongyang\nTo: Moscow\n30 September 1950"
    return f"{heading}\n\n{body}\nSHTYKOV\n{copies}"


def found(folder: Path, kind: str, one: str, other: str) -> list[str]:
    with take_in(folder, one=one, other=other) as archive:
        assert len(archive.neighbours(next(archive.ids())).links) == 1
        return messages(archive, kind)


def test_two_translations_of_one_text_differ_in_nothing_that_counts(tmp_path: Path) -> None:
    assert found(tmp_path, "version.differs", cable(BODY), cable(OTHER)) == []


@pytest.mark.parametrize("first", [True, False])
def test_a_passage_that_one_version_lacks(tmp_path: Path, first: bool) -> None:
    cut = "He emphasised that without it the country could not hold out for more than 2 weeks. "
    short = OTHER.replace("\n", " ").replace(cut, "")
    papers = (cable(BODY), cable(short)) if first else (cable(short), cable(BODY))
    [said] = found(tmp_path, "version.differs", *papers)
    assert "a passage of 16 words" in said and "He stressed that without it" in said


def test_a_number_that_differs(tmp_path: Path) -> None:
    [said] = found(tmp_path, "version.differs", cable(BODY), cable(OTHER.replace("5 divisions", "6 divisions")))
    assert "5" in said and "6" in said


LIST = "5 copies printed:\n1 - Stalin\n2 - Molotov\n3 - Malenkov\n4 - Beria\n5 - Bulganin"


def test_a_list_of_readers_that_one_version_lacks(tmp_path: Path) -> None:
    [said] = found(tmp_path, "version.differs", cable(BODY, LIST), cable(OTHER))
    assert "Stalin, Molotov, Malenkov, Beria, Bulganin" in said


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("Bulganin", []),
        ("Kaganovich", ["Bulganin", "Kaganovich"]),
    ],
)
def test_two_versions_that_list_different_readers(tmp_path: Path, instead: str, said: list[str]) -> None:
    other = LIST.replace("Bulganin", instead).replace("Stalin", "Сталин")
    got = found(tmp_path, "copies.conflict", cable(BODY, LIST), cable(OTHER, other))
    assert len(got) == bool(said)
    assert all(name in got[0] for name in said)


@pytest.mark.parametrize(
    ("said", "instead"),
    [("To: Moscow", "To: Peking"), ("From: Shtykov, Pyongyang", "From: American Embassy Seoul")],
)
def test_one_number_and_day_at_two_posts_make_no_versions(tmp_path: Path, said: str, instead: str) -> None:
    one = cable(BODY, LIST).replace("From: Shtykov, Pyongyang", "From: American Embassy Tokyo")
    other = cable(OTHER.replace("5 divisions", "6 divisions"), LIST)
    other = other.replace(said, instead).replace("From: Shtykov, Pyongyang", "From: American Embassy Tokyo")
    with take_in(tmp_path, one=one, other=other) as archive:
        assert messages(archive, "version.differs") == []
