"""TEI of several styles: set as an edition prints it, with what the header states and the text marks."""

from __future__ import annotations

import pytest

from mabillon.document import Document, Metadatum
from mabillon.errors import SourceError
from mabillon.source import open_bytes
from tests.source.laws import assert_holds, words_of

SPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'


def letter(body: str, header: str = "", space: str = SPACE) -> Document:
    (document,) = open_bytes(
        f"<TEI {space}><teiHeader>{header}</teiHeader><text><body>{body}</body></text></TEI>".encode(), "letter.xml"
    )
    assert_holds(document)
    return document


def said(document: Document, name: str) -> list[Metadatum]:
    return [entry for entry in document.metadata if entry.field == name]


CORRESPONDENCE = """
<profileDesc><correspDesc>
  <correspAction type="sent"><persName ref="#k1">Shtykov</persName><placeName>Pyongyang</placeName>
    <date when="1950-09-30">30. 9. 50</date></correspAction>
  <correspAction type="transmitted"><placeName ref="#p1"/><date from="1950-09-30" to="1950-10-01"/></correspAction>
  <correspAction type="received"><orgName>8th Directorate</orgName>
    <persName>Stalin, <roleName>chairman</roleName></persName></correspAction>
</correspDesc>
<particDesc><listPlace><place xml:id="p1"><placeName>Vladivostok</placeName></place></listPlace></particDesc>
</profileDesc>"""


@pytest.mark.parametrize("space", [SPACE, ""], ids=["namespace", "none"])
def test_correspondence_actions_are_stated_with_their_words(space: str) -> None:
    document = letter("<p>text</p>", CORRESPONDENCE, space)
    assert document.text.value == (
        "Sent: Shtykov; Pyongyang; 30. 9. 50\nReceived: 8th Directorate; Stalin; chairman\n\ntext"
    )
    (sender,), (place,), (date,) = (said(document, f"sent.{name}") for name in ("person", "place", "date"))
    assert (sender.value, sender.attributes["ref"], place.value) == ("Shtykov", "#k1", "Pyongyang")
    assert (date.value, date.attributes["when"]) == ("30. 9. 50", "1950-09-30")
    assert [entry.value for entry in said(document, "received.role")] == ["chairman"]
    assert {entry.group for entry in document.metadata if entry.field.startswith("received.")} == {2}


def test_what_attributes_alone_state_has_no_span_and_is_resolved() -> None:
    document = letter("<p>text</p>", CORRESPONDENCE)
    (place,), (date,) = said(document, "transmitted.place"), said(document, "transmitted.date")
    assert (place.value, place.span) == ("Vladivostok", None)
    assert (date.value, date.span, date.attributes["to"]) == ("1950-09-30", None, "1950-10-01")


def test_a_prefixed_namespace_is_read_alike() -> None:
    raw = CORRESPONDENCE.replace("<", "<t:").replace("<t:/", "</t:")
    (document,) = open_bytes(
        f'<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:teiHeader>{raw}</t:teiHeader>'
        "<t:text><t:body><t:p>text</t:p></t:body></t:text></t:TEI>".encode(),
        "a.xml",
    )
    same = letter("<p>text</p>", CORRESPONDENCE)
    assert (document.text, document.metadata) == (same.text, same.metadata)


def test_two_descriptions_are_told_apart() -> None:
    header = "<profileDesc>" + "".join(
        f"<correspDesc><correspAction type='sent'><persName>{name}</persName></correspAction></correspDesc>"
        for name in ("Kot", "Embassy")
    )
    senders = said(letter("<p>x</p>", header + "</profileDesc>"), "sent.person")
    assert [(entry.value, entry.attributes["desc"]) for entry in senders] == [("Kot", "1"), ("Embassy", "2")]


def test_the_archive_stands_from_the_widest_part_to_the_narrowest() -> None:
    header = (
        "<fileDesc><titleStmt><title>Letter</title></titleStmt><sourceDesc><msDesc><msIdentifier>"
        "<settlement>Venice</settlement><repository>Archivio</repository><collection>Senato</collection>"
        "<idno type='bundle'>2</idno><idno type='shelf'>Senato, filza 2, 81r</idno>"
        "</msIdentifier></msDesc></sourceDesc></fileDesc>"
    )
    document = letter("<p>x</p>", header)
    (citation,) = said(document, "citation")
    assert citation.value == "Venice, Archivio, Senato, filza 2, 81r"
    assert citation.attributes["collection"] == "Senato"
    assert [entry.value for entry in said(document, "identifier")] == ["2"]
    assert [entry.value for entry in said(document, "title")] == ["Letter"]


def test_profile_and_publication_are_stated() -> None:
    header = (
        "<fileDesc><titleStmt><title level='s'>Papers</title><title level='a'>Note</title>"
        "<respStmt><resp>translated by</resp>"
        "<name>V. Petrenko</name></respStmt></titleStmt><publicationStmt><publisher>Institute</publisher>"
        "<availability><licence target='https://l.example/'>CC BY</licence></availability></publicationStmt></fileDesc>"
        "<profileDesc><langUsage><language ident='ru'>Russian</language></langUsage>"
        "<abstract><p>About rice.</p></abstract>"
        "<textClass><keywords><term>Rice</term><term>Trade</term></keywords></textClass></profileDesc>"
    )
    document = letter("<p>x</p>", header)
    found = {entry.field: entry for entry in document.metadata}
    expected = {
        "title": "Note",
        "collection": "Papers",
        "translator": "V. Petrenko",
        "publisher": "Institute",
        "rights": "CC BY",
        "summary": "About rice.",
    }
    assert {name: found[name].value for name in expected} == expected
    assert found["language"].attributes["ident"] == "ru"
    assert [entry.value for entry in said(document, "topic")] == ["Rice", "Trade"]
    assert found["rights"].attributes["target"] == "https://l.example/"


def test_openers_and_closers_are_lines() -> None:
    document = letter(
        "<opener><dateline>Kuibyshev, <date when='1942-06-24'>24 June</date></dateline><idno>No. 5</idno>"
        "<salute>Sir,</salute></opener><p>One.</p><p>Two.</p><closer>Yours, <signed>Kot</signed></closer>"
    )
    assert document.text.value == "Kuibyshev, 24 June\nNo. 5\nSir,\n\nOne.\n\nTwo.\n\nYours,\nKot"
    kinds = {kind: words_of(document.text, kind) for kind in ("dateline", "date", "number", "salutation", "signature")}
    assert list(kinds.values()) == [["Kuibyshev, 24 June"], ["24 June"], ["No. 5"], ["Sir,"], ["Kot"]]
    assert next(document.text.regions_of("date")).attributes == {"when": "1942-06-24"}


def test_lines_of_the_manuscript_are_kept_and_words_joined() -> None:
    document = letter("<p><lb/>wich<lb break='no'/>\n tige Nach<lb/>\nricht inten-<lb/>der <pb n='2'/>Ende</p>")
    assert document.text.value == "wichtige Nach\nricht inten-\nder\nEnde"
    (break_,) = document.text.regions_of("page-break")
    assert break_.attributes == {"n": "2"}
    assert document.text.value[break_.start :] == "Ende"


def test_notes_are_marked_in_place_and_printed_at_the_end() -> None:
    document = letter(
        "<head>To Delhi<note n='1' xml:id='d1fn1' type='source'>Source: RG 59.</note></head>"
        "<p>See Deptel<note n='2'><p>Not printed.</p></note>.</p>"
    )
    assert document.text.value == "To Delhi[1]\n\nSee Deptel[2].\n\n[1] Source: RG 59.\n[2] Not printed."
    assert words_of(document.text, "footnote") == ["[1] Source: RG 59.", "[2] Not printed."]
    assert words_of(document.text, "source-note") == ["[1] Source: RG 59."]


def test_notes_that_stand_elsewhere_are_marked_by_their_pointers() -> None:
    document = letter(
        "<p>lettere<ptr target='#tn1' n='1'/> fu</p>"
        "<div type='notes'><note xml:id='tn1'><p><hi>1</hi> Added.</p></note></div>"
    )
    assert document.text.value == "lettere[1] fu\n\n[1] Added."


def test_inline_notes_are_the_source_note_above_the_heading() -> None:
    document = letter("<note rend='inline' type='source'>795.00/9–2750: Telegram</note><head>To Delhi</head>")
    assert words_of(document.text, "source-note") == ["795.00/9–2750: Telegram"]


@pytest.mark.parametrize(
    "markup",
    [
        "<floatingText><body>{}</body></floatingText>",
        "<f:attachment xmlns:f='http://history.state.gov/frus/ns/1.0'>{}</f:attachment>",
        "<div type='enclosure'>{}</div>",
    ],
)
def test_enclosures_are_regions(markup: str) -> None:
    document = letter("<p>Cover.</p>" + markup.format("<head>Enclosure</head><p>Note.</p>"))
    assert words_of(document.text, "enclosure") == ["Enclosure\n\nNote."]


def test_choices_follow_the_paper_and_the_editor() -> None:
    document = letter(
        "<p><choice><abbr>u.</abbr><expan>und</expan></choice> <choice><sic>teh</sic><corr>the</corr></choice> "
        "<del>old</del> <add>new</add> <gap reason='illegible'/> <supplied>by</supplied> <q>misunderstanding</q></p>"
    )
    assert document.text.value == "u. the new [illegible] [by] “misunderstanding”"


def test_tables_and_lists() -> None:
    document = letter(
        "<list type='participants'><head>Present:</head><item>A</item><item>B</item></list>"
        "<table><row><cell>1</cell><cell>Stalin</cell></row></table>"
        "<list type='ordered'><item>x</item><item>y</item></list>"
    )
    assert document.text.value == "Present:\nA\nB\n\n1\tStalin\n\n1. x\n2. y"
    assert words_of(document.text, "participants") == ["Present:\nA\nB"]


def test_ragged_white_space_is_not_printed() -> None:
    document = letter(
        "<head>The Ambassador (<persName>\n  Gifford\n </persName>) at <placeName> London </placeName>, 1951</head>"
    )
    assert document.text.value == "The Ambassador (Gifford) at London, 1951"
    assert words_of(document.text, "person") == ["Gifford"]


def test_names_carry_their_attributes() -> None:
    document = letter(
        "<p><persName type='from' ref='#p1' corresp='#x'>Young</persName> <rs type='place' key='k'>Peking</rs></p>"
    )
    (person,), (place,) = document.text.regions_of("person"), document.text.regions_of("place")
    assert person.attributes == {"type": "from", "ref": "#p1", "corresp": "#x"}
    assert place.attributes == {"type": "place", "key": "k"}


def test_a_letter_without_its_text_is_still_described() -> None:
    raw = f"<TEI {SPACE}><teiHeader>{CORRESPONDENCE}</teiHeader></TEI>"
    (document,) = open_bytes(raw.encode(), "described.xml")
    assert said(document, "sent.person")[0].value == "Shtykov"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("<ead><archdesc/></ead>", "XML of another kind (root element <ead>)"),
        ("<TEI><teiHeader/><standOff/></TEI>", "describes no document"),
        ("<TEI><text>\n<body><p>x</body></text></TEI>", "not well-formed XML: Opening and ending tag mismatch"),
        ("<TEI><text><p>a&nbsp;b</p></text></TEI>", "Entity 'nbsp' not defined"),
        ("<TEI><text><body/></text></TEI>", "holds no words"),
    ],
)
def test_what_is_no_letter_is_refused_with_a_reason(raw: str, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(open_bytes(b'<?xml version="1.0"?>' + raw.encode(), "x.xml"))
    assert reason in caught.value.reason


def test_a_malformed_file_names_its_line() -> None:
    with pytest.raises(SourceError, match=r"x\.xml: .*\(line 3\)"):
        list(open_bytes(b"<TEI>\n<text>\n<p>x</text></TEI>", "x.xml"))


def test_two_elements_may_have_one_identifier() -> None:
    assert letter("<p xml:id='a'>one</p><p xml:id='a'>two</p>").text.value == "one\n\ntwo"


@pytest.mark.parametrize("encoding", ["windows-1251", "UTF-16", "UTF-8"])
def test_declared_encodings(encoding: str) -> None:
    raw = f'<?xml version="1.0" encoding="{encoding}"?><TEI><text><p>Пхеньян</p></text></TEI>'
    (document,) = open_bytes(raw.encode(encoding), "x.xml")
    assert document.text.value == "Пхеньян"


def test_a_file_that_is_not_in_the_encoding_it_declares_is_read_in_its_own() -> None:
    raw = '<?xml version="1.0" encoding="UTF-8"?><TEI><text><p>café</p></text></TEI>'
    (document,) = open_bytes(raw.encode("cp1252"), "x.xml")
    assert document.text.value == "café"
