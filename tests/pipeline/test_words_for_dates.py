"""A header that dates a letter in words alone gives no anchor for other dates, and stops no reading."""

from __future__ import annotations

from mabillon.pipeline import read_document
from mabillon.source import open_bytes

LETTER = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>
<fileDesc><titleStmt><title>Thun an Rauscher</title></titleStmt></fileDesc>
<profileDesc><correspDesc><correspAction type="sent"><persName>Leo Thun</persName>
<date>24. Mai [1851?]</date></correspAction></correspDesc></profileDesc></teiHeader>
<text><body><opener><dateline>am 3. d. M., 24. Mai</dateline></opener>
<p>Euer Eminenz!</p><p>Ich habe Ihr Schreiben vom 20. Mai erhalten.</p>
<closer><signed>Thun, 24. Mai</signed></closer></body></text></TEI>"""


def test_a_date_in_words_alone_stops_no_reading() -> None:
    (record,) = [record for document in open_bytes(LETTER, "letter.xml") for record in read_document(document)]
    assert [sender.value for sender in record.senders] == ["Leo Thun"]
