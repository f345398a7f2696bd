from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mabillon.collation import align, collate, compare_words, sentences

TEXTS = st.lists(st.text(st.sampled_from("ab 19.И\n"), max_size=40), max_size=8).map("\n\n".join)


@given(TEXTS)
def test_sentences_lie_in_their_text_in_order_and_lose_no_letter(text: str) -> None:
    found = sentences(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    letters = "".join(char for one in found for char in one.text if char.isalnum())
    assert letters == "".join(char for char in text if char.isalnum())


@given(TEXTS, TEXTS, st.booleans())
def test_each_sentence_stands_once_and_in_order_on_its_side(left: str, right: str, same_language: bool) -> None:
    one, other = sentences(left), sentences(right)
    beads = align(one, other, same_language)
    assert [n for bead in beads for n in bead.left] == list(range(len(one)))
    assert [n for bead in beads for n in bead.right] == list(range(len(other)))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    found = collate(text, text)
    assert found.differences == []
    assert all(len(bead.left) == len(bead.right) for bead in found.beads)


@given(TEXTS, TEXTS)
def test_words_compared_lose_none(left: str, right: str) -> None:
    runs = compare_words(sentences(left), sentences(right))
    for side, its in ((left, [run.left_tokens for run in runs]), (right, [run.right_tokens for run in runs])):
        said = [token.key for tokens in its for token in tokens]
        assert "".join(said).count("a") == side.count("a")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He left on 3 Sept. 1950. Gen. A. B. Smith followed. No. 47 was not sent.", 3),
        ("1. The first point. 2. The second one.", 2),
        ("Это г. Сеул. Тов. Сталин знает.", 2),
        ("第一句。第二句！", 2),
        ("One line\nwrapped in two.\n\nAnother", 2),
    ],
)
def test_a_full_stop_is_not_always_an_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


RUSSIAN = """29 сентября в 11 часов меня принял Ким Ир Сен. Он заявил, что генерал Макартур высадил 5 дивизий в Инчоне.
Положение тяжелое. Он подчеркнул, что без помощи страна не продержится больше двух недель."""
ENGLISH = """On 29 September at 11 o'clock Kim Il Sung received me. He stated that General MacArthur had landed
5 divisions at Inchon. The situation is grave. He stressed that without help the country would not hold out longer than
two weeks."""


def test_a_translation_is_aligned_by_its_numbers_and_names() -> None:
    beads = align(sentences(ENGLISH), sentences(RUSSIAN), same_language=False)
    assert [(list(bead.left), list(bead.right)) for bead in beads] == [([n], [n]) for n in range(4)]


@pytest.mark.parametrize("instead", ["five", "5", "15"])
def test_a_number_is_one_however_it_is_written(instead: str) -> None:
    other = ENGLISH.replace("landed\n5", f"landed\n{instead}").replace("two weeks", "2 weeks")
    found = [(one.left_value, one.right_value) for one in collate(ENGLISH, other).differences]
    assert found == ([("5", "15")] if instead == "15" else [])


def test_what_is_no_version_has_no_differences() -> None:
    other = (
        "The committee took note of the report on the harvest. Members agreed to meet again next spring."
    )
    assert collate(ENGLISH, other).differences == []
