"""Where the documents of a bundle begin, and what is one document though it has several pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.document import Document, Metadatum
from mabillon.form import split
from mabillon.form.bundles import cut
from mabillon.form.training import Example, read_examples
from mabillon.text import Region, Text

LABELLED = Path(__file__).resolve().parents[2] / "training" / "zones"
EXAMPLES = list(read_examples(LABELLED))

PAGE = (
    "CONFIDENTIAL\n\nPAGE 0{page}  LUSAKA {number}  161128Z\n\nACTION AF-12\nR 161015Z MAY 73\nFM AMEMBASSY LUSAKA\n\n"
)
BODY = "1. THE TALKS WILL BE TAKEN UP AGAIN AFTER THE HOLIDAY.\nWILKOWSKI\n\nCONFIDENTIAL\n\nNNN\n"


def document(value: str, regions: tuple[Region, ...] = (), metadata: tuple[Metadatum, ...] = ()) -> Document:
    return Document("bundle.txt", "text/plain", "0" * 64, Text(value, regions), metadata=metadata)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.family}/{example.name}")
def test_labelled_texts_are_cut_where_the_labels_say(example: Example) -> None:
    cuts = cut(document(example.text.value))
    first_lines = {n: line.start for line, n in reversed(list(zip(example.lines, example.documents, strict=True)))}
    starts = [sum(len(each.text) for each in cuts[:at]) for at in range(len(cuts))]
    assert starts == [0, *(first_lines[n] for n in sorted(first_lines) if n > 1)]


def test_cuts_put_together_are_the_text() -> None:
    text = "".join(PAGE.format(page=1, number=f"0{n}231") + BODY + "\f\n" for n in range(4))
    cuts = cut(document(text))
    assert len(cuts) == 4
    assert "".join(each.text.value for each in cuts) == text
    assert [each.part for each in cuts] == ["1", "2", "3", "4"]
    assert len({each.id for each in cuts}) == 4


def test_two_pages_of_one_message_are_one_document() -> None:
    text = PAGE.format(page=1, number="02231") + "1. FIRST.\n\n" + PAGE.format(page=2, number="02231") + BODY
    (part,) = split(document(text))
    assert part.document.part is None


def test_two_sections_of_one_message_are_one_document() -> None:
    text = "".join(PAGE.format(page=1, number=f"02231  0{n} OF 02") + BODY for n in (1, 2))
    assert len(split(document(text))) == 1


def test_numbered_documents_of_a_briefing_book_are_parted() -> None:
    paper = "Document {n}: Lusaka to State\n\nFM AMEMBASSY LUSAKA\nTO SECSTATE WASHDC\nSECRET\n\n1. NOTHING NEW.\n\n"
    assert len(cut(document("The Documents\n\n" + "".join(paper.format(n=n) for n in (1, 2, 3))))) == 3


def test_a_document_that_names_other_documents_is_one() -> None:
    text = (
        "1. Note of May 2\n2. Memorandum on the loan\n\nTelegram\n\nDocument 4 of the file was seen. See 12.\n\n"
        "No. 12.\n\nNo. 13.\n\nSmith\n"
    )
    assert len(cut(document(text))) == 1


def test_letters_marked_off_by_a_transcriber_are_parted() -> None:
    assert len(cut(document("/START LETTER/\nSerenissimo Principe\n" * 3))) == 3


def test_regions_and_metadata_move_with_their_words() -> None:
    first, second = (PAGE.format(page=1, number=f"0{n}231") + BODY for n in (1, 2))
    at = len(first) + second.index("FM ")
    regions = (Region("preformatted", 0, len(first) + len(second)), Region("place", at + 3, at + 19))
    metadata = (Metadatum("place", "Lusaka", (at + 3, at + 19)), Metadatum("title", "Two cables"),
                Metadatum("rights", "free"))  # fmt: skip
    _, cut_second = cut(document(first + second, regions, metadata))
    (place,) = cut_second.text.regions_of("place")
    assert cut_second.text[place.start, place.end] == "AMEMBASSY LUSAKA"
    assert [cut_second.text[each.span] for each in cut_second.metadata if each.span] == ["AMEMBASSY LUSAKA"]
    assert [each.field for each in cut_second.metadata] == ["place", "rights"]
    assert all(0 <= region.start <= region.end <= len(cut_second.text) for region in cut_second.text.regions)
