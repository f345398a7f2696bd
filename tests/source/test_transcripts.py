"""DOCX, ODT and RTF: one transcript said in three formats gives one text; hostile containers are refused."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.document import Document
from mabillon.errors import SourceError
from mabillon.pipeline import read_document
from mabillon.source import open_bytes, open_source
from tests.source.laws import assert_holds, words_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


def zipped(packed: int = zipfile.ZIP_DEFLATED, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body: str, notes: str = "", **more: str) -> bytes:
    """Return a DOCX with this content of `w:body` and these footnotes."""
    return zipped(
        **{
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
            "word/styles.xml": f"<w:styles {W}>"
            '<w:style w:styleId="Kop"><w:name w:val="heading 2"/></w:style>'
            '<w:style w:styleId="Own"><w:name w:val="my own"/><w:basedOn w:val="Kop"/></w:style></w:styles>',
            **more,
        }
    )


def odt(body: str, styles: str = "", **more: str) -> bytes:
    """Return an ODT with this content of `office:text` and these automatic styles."""
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


def rtf(body: str) -> bytes:
    head = (
        r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\froman Times;}{\f1\fcharset204 Times Cyr;}}"
        r"{\stylesheet{\s0 Normal;}{\s2 heading 2;}}{\info{\title Never seen}}"
    )
    return (head + body + "}").encode("cp1252")


def one(content: bytes, name: str) -> Document:
    (document,) = open_bytes(content, name)
    assert_holds(document)
    return document


def p(words: str, properties: str = "") -> str:
    runs = "".join(
        piece if piece.startswith("<w:r>") else f'<w:r><w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in re.split("(<w:r>.*?</w:r>)", words)
        if piece
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


WORD = docx(
    p("Telegram", '<w:pStyle w:val="Own"/>')
    + p("From Moscow, 3 March 1950")
    + p("")
    + p('The note<w:r><w:footnoteReference w:id="7"/></w:r> was '
        "<w:r><w:rPr><w:i/></w:rPr><w:t>handed over</w:t></w:r>.")
    + "<w:tbl><w:tr><w:tc>" + p("Copies") + "</w:tc><w:tc>" + p("Stalin") + "</w:tc></w:tr>"
    "<w:tr><w:tc>" + p("") + "</w:tc><w:tc>" + p("Molotov") + "</w:tc></w:tr></w:tbl>"
    + p('<w:r><w:br w:type="page"/></w:r>Shtykov', '<w:jc w:val="right"/>'),
    '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="7">'
    + p("<w:r><w:footnoteRef/></w:r> Not found.") + "</w:footnote>",
)  # fmt: skip
OPEN = odt(
    '<text:h text:outline-level="2">Telegram</text:h><text:p>From Moscow, 3 March 1950</text:p><text:p/>'
    "<text:p>The note<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Not found.</text:p>"
    '</text:note-body></text:note> was <text:span text:style-name="I">handed over</text:span>.</text:p>'
    "<table:table><table:table-row><table:table-cell><text:p>Copies</text:p></table:table-cell><table:table-cell>"
    "<text:p>Stalin</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p/>"
    "</table:table-cell><table:table-cell><text:p>Molotov</text:p></table:table-cell></table:table-row></table:table>"
    '<text:p text:style-name="P2">Shtykov</text:p>',
    '<style:style style:name="I"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="P1"><style:paragraph-properties fo:text-align="end"/></style:style>'
    '<style:style style:name="P2" style:parent-style-name="P1"><style:paragraph-properties fo:break-before="page"/>'
    "</style:style>",
)
RICH = rtf(
    r"\pard\s2 Telegram\par\pard\s0 From Moscow, 3 March 1950\par\par "
    r"The note{\super\chftn{\footnote\pard\plain\chftn  Not found.}} was {\i handed over}.\par"
    r"\trowd\pard\intbl Copies\cell Stalin\cell\row\trowd\pard\intbl\cell Molotov\cell\row"
    r"\pard\qr\page Shtykov\par"
)


@pytest.mark.parametrize(("content", "name"), [(WORD, "a.docx"), (OPEN, "a.odt"), (RICH, "a.rtf"), (WORD, "bare")])
def test_a_transcript_is_the_same_in_every_format(content: bytes, name: str) -> None:
    document = one(content, name)
    assert document.text.value == (
        "Telegram\n\nFrom Moscow, 3 March 1950\n\nThe note[1] was handed over.\n\nCopies\tStalin\n\tMolotov\n\n"
        "[1] Not found.\n\nShtykov"
    )
    assert words_of(document.text, "heading") == ["Telegram"]
    assert words_of(document.text, "footnote-mark") == ["[1]"]
    assert words_of(document.text, "footnote") == ["[1] Not found."]
    assert words_of(document.text, "emphasis") == ["handed over"]
    assert words_of(document.text, "cell") == ["Copies", "Stalin", "Molotov"]
    assert words_of(document.text, "right") == ["Shtykov"]
    (page,) = document.text.regions_of("page-break")
    assert document.text.value[page.start :] == "Shtykov"


def test_the_notes_of_a_bundle_stay_with_their_letters() -> None:
    letter = (
        p("/START LETTER/") + p("") + p("2 March 1950") + p('Sir<w:r><w:footnoteReference w:id="{}"/></w:r>, I write.')
    )
    note = '<w:footnote w:id="{0}">' + p("Note {0}.") + "</w:footnote>"
    content = docx("".join(letter.replace("{}", str(n)) for n in (1, 2, 3)), "".join(note.format(n) for n in (1, 2, 3)))
    records = list(read_document(one(content, "bundle.docx")))
    texts = [record.source.text or "" for record in records if record.source]
    assert len({record.id for record in records}) == 3
    assert [re.findall(r"\[1\] Note (\d)\.", text) for text in texts] == [["1"], ["2"], ["3"]]


def test_word_what_nobody_sees_is_not_read() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>kept </w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>"
        '<w:r><w:tab/><w:t xml:space="preserve">a   b</w:t></w:r></w:p>'
    )
    assert one(docx(body), "a.docx").text.value == "kept linked\ta   b"


def test_word_numbers_its_lists_as_word_does() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="%1%2)"/></w:lvl></w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num>'
        "</w:numbering>"
    )
    body = "".join(
        p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="9"/></w:numPr>')
        for words, level in (("one", 0), ("two", 0), ("below", 1), ("beside", 1), ("three", 0), ("below", 1))
    )
    document = one(docx(body, **{"word/numbering.xml": numbering}), "a.docx")
    lines = ["3. one", "4. two", "4a) below", "4b) beside", "5. three", "5a) below"]
    assert words_of(document.text, "item") == lines


def test_odt_lists_spaces_and_changes() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="I" '
        'style:num-suffix="."/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:list text:style-name="L"><text:list-item><text:p>one</text:p></text:list-item><text:list-item>'
        "<text:p>two<text:s text:c='3'/>wide<text:tab/>x</text:p><text:list><text:list-item><text:p>below</text:p>"
        "</text:list-item></text:list></text:list-item></text:list><office:annotation><text:p>no</text:p></office:annotation>"
    )
    document = one(odt(body, styles), "a.odt")
    assert words_of(document.text, "item") == ["I. one", "II. two   wide\tx", "below"]


def test_rtf_in_every_encoding_that_it_has() -> None:
    body = r"caf\'e9 {\f1 \'cc\'ee\'f1\'ea\'e2\'e0} \u1052?\u1080\u63? {\uc2\u26481??}\u-10179?\u-9214?"
    unseen = r"{\*\unknown x}{\v y}{\field{\*\fldinst PAGE}{\fldrslt}}"
    assert one(rtf(body + unseen), "a.rtf").text.value == "café Москва Ми? 東\U0001f402"
    listed = one(rtf(r"{\listtext\pard 1.\tab}first\par{\listtext 2.\tab}second\par"), "a.rtf")
    assert words_of(listed.text, "item") == ["1. first", "2. second"]


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (docx(p("x"), **{"../../etc/passwd": "x"}), "a.docx", "is a hostile ZIP container: it holds a file named"),
        (docx(p("x"), **{"/etc/passwd": "x"}), "a.docx", "is a hostile ZIP container"),
        (docx("", **{"word/document.xml": f"{LAUGHS}<w:document {W}/>"}), "a.docx", "declares entities"),
        (odt("", **{"content.xml": f"{LAUGHS}<x>&b;</x>"}), "a.odt", "declares entities"),
        (docx("", **{"word/document.xml": " " * (33 << 20)}), "a.docx", "unpacks to more than"),
        (docx("<w:p>" * 400), "a.docx", "is not well-formed XML"),
        (docx(p("x"))[:-40], "a.docx", "is a damaged ZIP container"),
        (docx(""), "a.docx", "holds no words"),
        (zipped(**{"word/other.xml": "x"}), "a.docx", "without word/document.xml"),
        (zipped(zipfile.ZIP_LZMA, **{"word/document.xml": "x"}), "a.docx", "is packed in a way that no word processor"),
        (zipped(**{"xl/workbook.xml": "x"}), "a.xlsx", "is a ZIP container"),
        (odt("<text:p>x</text:p>", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "a.odt", "is encrypted"),
        (b"{\\rtf1" + b"{" * 2000, "a.rtf", "is nested more than 1,000 groups deep"),
        (b"{\\rtf1 }", "a.rtf", "holds no words"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_and_broken_files_are_refused_with_the_reason(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(SourceError, match=re.escape(reason)) as caught:
        list(open_bytes(content, name))
    assert str(caught.value).startswith(f"{name}: ")


TOKENS = st.sampled_from(
    ["{", "}", "\\par", r"\cell", r"\row", r"\intbl ", r"{\footnote ", r"\u-3", r"\'e9", r"\bin3 ", r"\f1 ", r"\*",
     "a b", r"{\listtext ", r"\page ", r"{\stylesheet{\s1 heading 1;}}", r"\s1 ", r"\v ", "\\", r"e\u769?"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(TOKENS, max_size=40))
def test_any_rtf_is_read_or_refused(tokens: list[str]) -> None:
    read_or_refused(rtf("".join(tokens)), "a.rtf")


@settings(max_examples=100)
@given(
    st.sampled_from([WORD, OPEN]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3)), max_size=4),
)
def test_mutilated_containers_are_read_or_refused(content: bytes, edits: list[tuple[float, bytes]]) -> None:
    for place, words in edits:
        at = int(place * len(content))
        content = content[:at] + words + content[at + 2 :]
    read_or_refused(content, "a.docx" if content.startswith(WORD[:40]) else "a.odt")


def read_or_refused(content: bytes, name: str) -> None:
    try:
        for document in open_bytes(content, name):
            assert_holds(document)
    except SourceError as error:
        assert error.reason


@pytest.mark.parametrize(("name", "letters", "notes"), [("02.docx", 19, 275), ("06.docx", 40, 1278)])
def test_a_printed_edition_is_cut_at_its_marks(name: str, letters: int, notes: int, shared: Path) -> None:
    path = shared / "data" / "docx" / "suriano" / name
    if not path.is_file():
        pytest.skip(f"needs {path}")
    (document,) = open_source(path)
    assert_holds(document)
    assert len(words_of(document.text, "footnote")) == len(words_of(document.text, "footnote-mark")) == notes
    records = list(read_document(document))
    assert len(records) == letters
    starts = [found.start() for found in re.finditer("/START LETTER/", document.text.value)]
    for start, end in zip(starts, [*starts[1:], len(document.text)], strict=True):  # the notes of a letter are its own
        inside = [region for region in document.text.regions if start <= region.start < end]
        marks = [region.attributes["n"] for region in inside if region.kind == "footnote-mark"]
        assert marks == [region.attributes["n"] for region in inside if region.kind == "footnote"]
        assert marks == [str(n) for n in range(1, len(marks) + 1)]
