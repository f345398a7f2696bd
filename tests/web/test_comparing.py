from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from mabillon.evidence import Agent
from mabillon.record import Body, Record, SourceNote
from mabillon.web.compare import compare, share
from mabillon.web.typeset import proper_lines
from tests.web.papers import word

lines = st.lists(st.text(st.sampled_from("ab 19."), min_size=1, max_size=30), max_size=12)


@given(lines, lines)
def test_a_comparison_loses_no_word(left: list[str], right: list[str]):
    pairs = compare(left, right)
    for side, shown in ((left, [pair.left for pair in pairs]), (right, [pair.right for pair in pairs])):
        assert "".join("".join(Markup(cell).striptags() for cell in shown).split()) == "".join("".join(side).split())
    assert share(compare(left, left)) == 1.0


def test_a_translation_stands_opposite_its_text():
    german = ["Am 17. Juli überschritt das 12. Regiment die Linie.", "Ich bitte um Weisung.", "Nr. 13908"]
    english = ["On 17 July the 12th regiment crossed the line.", "I ask for instructions.", "No. 13908", "[stamp]"]
    pairs = compare(german, english, same_language=False)
    assert [(pair.left, pair.right) for pair in pairs[:2]] == [*zip(german[:2], english[:2], strict=True)]
    assert pairs[2].left == german[2] and str(pairs[2].right).startswith(english[2])


def test_only_words_that_differ_are_marked():
    [pair] = compare(["The six trucks wait."], ["The eight trucks wait."])
    assert (pair.left, pair.right) == ("The <del>six</del> trucks wait.", "The <ins>eight</ins> trucks wait.")


def test_hostile_words_stay_words():
    [pair] = compare(["<b>a</b> one two three"], ["<b>a</b> one two four"])
    assert "<b>" not in pair.left + pair.right


def test_what_a_page_says_around_a_document_is_not_compared():
    text = "Menu of the site\n\nTo VETROV.\nThe trucks\n\nwait here.\n\nAll rights reserved"
    note = SourceNote(filename="x", media_type="t", sha256="0", text=text)
    start, end = text.index("The"), text.index("here.") + 5
    sender = word("Vetrov", Agent, (text.index("VETROV"), text.index("VETROV") + 6))
    record = Record(id="x", source=note, recipients=[sender], body=Body(spans=[(start, end)]))
    assert proper_lines(record) == ["To VETROV.", "The trucks", "wait here."]
