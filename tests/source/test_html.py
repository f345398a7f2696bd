"""Pages as people save them: set as a browser shows them, with what the markup says of the parts."""

from __future__ import annotations

import pytest

from mabillon.document import Document
from mabillon.source import open_bytes
from tests.source.laws import assert_holds, words_of


def page(body: str, head: str = "") -> Document:
    (document,) = open_bytes(
        f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "page.html"
    )
    assert_holds(document)
    return document


def stated(document: Document, name: str) -> list[str]:
    return [said.value for said in document.metadata if said.field == name]


def test_blocks_breaks_and_white_space() -> None:
    document = page("<p>To Cde.\n   GROMYKO<br>Moscow</p><div>one</div><div>two</div><p>No.&nbsp;&nbsp;5</p>")
    assert document.text.value == "To Cde. GROMYKO\nMoscow\n\none\ntwo\n\nNo.  5"


def test_preformatted_text_stands_as_it_is() -> None:
    document = page("<h1>Cable</h1><pre>\nTO   BELL\n     IN 0061\n\nEND</pre>after")
    assert document.text.value == "Cable\n\nTO   BELL\n     IN 0061\n\nEND\n\nafter"
    assert words_of(document.text, "preformatted") == ["TO   BELL\n     IN 0061\n\nEND"]


def test_blank_lines_between_the_elements_of_preformatted_text_stay() -> None:
    assert page("<pre>a\n\n\n<b>b</b>\n\n\nc\n\n\n\n</pre><p>d").text.value == "a\n\n\nb\n\n\nc\n\nd"


def test_quotations_have_their_marks() -> None:
    assert page("<p>the word <q>misunderstanding</q>.").text.value == "the word “misunderstanding”."


def test_scripts_and_styles_are_no_words() -> None:
    document = page("<script>alert('x')</script><p onclick='y()'>words<style>p{}</style></p><noscript>no</noscript>")
    assert document.text.value == "words"


@pytest.mark.parametrize(
    "markup",
    [
        "<nav>{}</nav>", "<footer>{}</footer>", "<aside>{}</aside>", "<div class='cookie-banner'>{}</div>",
        "<div id='sidebar-left'>{}</div>", "<div role='navigation'>{}</div>", "<ul class='breadcrumb'><li>{}</ul>",
        "<div id='mw-navigation'>{}</div>", "<header class='site-header'>{}</header>", "<div hidden>{}</div>",
        "<a class='visually-hidden focusable' href='#c'>{}</a>", "<h3>Related documents</h3><ul><li>{}</ul>",
        "<div style='display: none'>{}</div>", "<button>{}</button>", "<p class='printfooter'>{}</p>",
    ],
)  # fmt: skip
def test_site_furniture_is_kept_and_named(markup: str) -> None:
    document = page("<article><p>" + "The text of a cable. " * 9 + "</p></article>" + markup.format("Of the site"))
    assert "Of the site" in document.text.value
    assert [words for words in words_of(document.text, "furniture") if "Of the site" in words]


def test_what_holds_most_of_the_words_is_no_furniture_by_its_class() -> None:
    document = page("<div class='links'><p>" + "The text of a cable. " * 9 + "</p></div><p>end</p>")
    assert words_of(document.text, "furniture") == []


def test_the_header_that_shows_the_title_is_the_documents() -> None:
    document = page("<header><h1>Cable No. 5</h1></header><p>text</p>", "<title>Cable No. 5 | Archive</title>")
    assert words_of(document.text, "furniture") == []


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<p class='dateline'>X</p>", "dateline"), ("<p class='tei-signed'>X</p>", "signature"),
        ("<p align='right'>X</p>", "right"), ("<p style='text-align: right'>X</p>", "right"),
        ("<span style='font-variant: small-caps'>X</span>", "small-capitals"), ("<b>X</b>", "emphasis"),
        ("<blockquote>X</blockquote>", "quotation"), ("<h3>X</h3>", "heading"), ("<p class='fn'>X</p>", "footnote"),
        ("<div class='enclosure'>X</div>", "enclosure"), ("<p class='source-note'>X</p>", "source-note"),
        ("<span class='tei-pb1'>X</span>", "page-break"),
        ("<time datetime='1950-09-30'>X</time>", "date"),
    ],
)  # fmt: skip
def test_markup_names_the_kind_of_a_part(markup: str, kind: str) -> None:
    assert words_of(page(f"<p>before</p>{markup}<p>after</p>").text, kind) == ["X"]


def test_footnotes_have_their_mark_in_the_text_and_before_the_note() -> None:
    document = page(
        "<p>Urtel 949.<a class='fn' href='#fn:1.3.1' id='fnref:1.3.1'><sup>1</sup></a> Go.</p>"
        "<ol class='footnotes'><li id='fn:1.3.1' value='1'>Not printed. <a href='#fnref:1.3.1'>↩</a></li></ol>"
    )
    assert document.text.value == "Urtel 949.[1] Go.\n\n[1] Not printed."
    assert words_of(document.text, "footnote-mark") == ["[1]"]
    assert words_of(document.text, "footnote") == ["[1] Not printed."]


def test_a_raised_number_may_be_a_power() -> None:
    assert page("<p>12 km<sup>2</sup> and 10<sup>6</sup>; seen<sup>3</sup></p>").text.value == (
        "12 km2 and 106; seen[3]"
    )


def test_lists_show_their_numbers() -> None:
    assert page("<ol start='3'><li>three<li value='7'>seven<li>eight</ol><ul><li>one").text.value == (
        "3. three\n7. seven\n8. eight\n\none"
    )


def test_definition_lists_are_lines_of_label_and_value() -> None:
    document = page("<dl><dt>Source</dt><dd>APRF, fond 45</dd><dt>People:</dt><dd>Stalin</dd><dd>Mao</dd></dl>")
    assert document.text.value == "Source: APRF, fond 45\nPeople: Stalin; Mao"
    assert stated(document, "citation") == ["APRF, fond 45"]
    assert stated(document, "person") == ["Stalin", "Mao"]


def test_tables_of_fields_are_lines_of_label_and_value() -> None:
    document = page(
        "<table><tr><td>Draft Date</td><td>24 JUL 1976</td><td>&nbsp;</td></tr>"
        "<tr><td>From</td><td>KATHMANDU</td><td>Embassy</td></tr></table>"
    )
    assert document.text.value == "Draft Date: 24 JUL 1976\nFrom: KATHMANDU\tEmbassy"
    assert stated(document, "date") == ["24 JUL 1976"]
    assert stated(document, "sender") == ["KATHMANDU", "Embassy"]


def test_a_table_with_heads_states_its_one_record() -> None:
    document = page(
        "<table><tr><th>Reference ID</th><th>Classification</th></tr><tr><td>88X1</td><td>SECRET</td></tr></table>"
    )
    assert document.text.value == "Reference ID\tClassification\n88X1\tSECRET"
    assert stated(document, "identifier") == ["88X1"]
    assert stated(document, "classification") == ["SECRET"]


def test_columns_of_names_are_not_labels() -> None:
    document = page(
        "<table><tr><td>Gen Collins</td><td>Gen Hickey</td></tr><tr><td>Rusk</td><td>Wright</td></tr></table>"
    )
    assert document.text.value == "Gen Collins\tGen Hickey\nRusk\tWright"


def test_a_table_that_lays_out_the_page_is_none() -> None:
    document = page("<table><tr><td>menu</td><td><h3>Title</h3><p>text</p></td></tr></table>")
    assert document.text.value == "menu\n\nTitle\n\ntext"
    assert words_of(document.text, "table") == []


def test_headings_that_are_labels_state_what_stands_below() -> None:
    document = page(
        "<section><h3>Source</h3><p>AVP RF, f. 059</p><h3>Places</h3><ul><li>Rome<li>Paris</ul></section><p>end</p>"
    )
    assert stated(document, "citation") == ["AVP RF, f. 059"]
    assert stated(document, "place") == ["Rome", "Paris"]


def test_labels_at_the_start_of_a_block_state_the_rest() -> None:
    document = page(
        "<div><span class='label'>People</span> <a>Thant, U</a>, <a>Stevenson, Adlai</a></div>"
        "<p><b>Source:</b> APRF, f. 3</p>"
    )
    assert stated(document, "person") == ["Thant, U", "Stevenson, Adlai"]
    assert stated(document, "citation") == ["APRF, f. 3"]


def test_meta_tags_quote_the_page_where_it_shows_the_same_words() -> None:
    document = page(
        "<h1>Cable No. 5</h1><p>30 September 1950</p>",
        "<title>Cable No. 5 - Archive</title><meta name='DC.date' content='30 September 1950'>"
        "<meta name='DC.language' content='ru'><link rel=canonical href='https://archive.example/5'>",
    )
    said = {entry.field: entry for entry in document.metadata}
    assert said["title"].value == "Cable No. 5"
    assert said["date"].span is not None
    assert said["language"].span is None
    assert document.url == "https://archive.example/5"


def test_json_ld_is_read_and_broken_json_ld_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type":"Letter","name":"Note 7","about":[{"name":"Rice"}]}</script>'
    document = page("<p>Note 7</p>", head + '<script type="application/ld+json">{"@type":</script>')
    assert stated(document, "title") == ["Note 7"]
    assert stated(document, "topic") == ["Rice"]


def test_a_title_that_the_page_does_not_show_goes_on_top() -> None:
    document = page("<p>text</p>", "<title>Shtykov to Stalin, 1950</title>")
    assert document.text.value == "Shtykov to Stalin, 1950\n\ntext"
    assert words_of(document.text, "metadata") == ["Shtykov to Stalin, 1950"]


def test_dates_floated_to_the_right_are_lines() -> None:
    document = page("<p>(Extract.)<span style='float:right'>Adrianople, June 16.</span></p>")
    assert document.text.value == "(Extract.)\nAdrianople, June 16."
