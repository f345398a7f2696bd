"""Papers of services that no labelled text shows, line by line with the zone that an editor would give it."""

from __future__ import annotations

import pytest

from mabillon.document import Document
from mabillon.form import split
from mabillon.text import Text

PAPERS = {
    "canadian telegram": """\
heading|High Commissioner in United Kingdom
heading|to Secretary of State for External Affairs
masthead|SECRET. IMMEDIATE.
reference|Reference: Your telegram No. 980 of July 1.
body|1. The Foreign Office tells us that they have had no reply from Moscow and do not expect one this week.
body|2. On the question of troops they are, as one of them said, looking for somebody else to move first.
signature|WILGRESS""",
    "irish letter": """\
heading|Letter from Thomas Kiernan to Sean Murphy (Dublin)
masthead|(No. 7) (Secret)
dateline|LONDON, 3 May 1940
body|I saw the Secretary of State this afternoon. He was alone and asked that no note should be taken of it.
body|He hoped that the matter of the ports would not be raised by the newspapers before the end of the month.
signature|High Commissioner""",
    "german teleprinter message": """\
masthead|BLITZ-FERNSCHREIBEN
addressing|Von: Botschaft Moskau
addressing|An: MfAA, Abteilung Sowjetunion, Gen. Weiss
masthead|Nr. 121/68
body|Gen. Orlow hat mich heute früh um drei Uhr empfangen und die bekannte Mitteilung übergeben, deren Text folgt.
body|Eine Stellungnahme wird nicht erwartet. Weitere Informationen folgen im Laufe des Tages.
signature|Bittner
signature|Botschafter
distribution|Verteiler:
distribution|1 x Gen. Weiss
distribution|1 x Ablage""",
    "dutch code telegram": """\
masthead|CODETELEGRAM
masthead|Geheim
addressing|Van: Hr. Ms. Ambassadeur te Washington
addressing|Aan: Minister van Buitenlandse Zaken
dateline|Washington, 12 juli 1950
apparatus|ontvangen 13 juli 1950, 02.15 uur
body|Hedenmiddag werd ik door de onderminister ontvangen, die mij mededeelde dat nog geen besluit was genomen.
signature|Van Dam""",
    "chinese telegram": """\
masthead|绝密
salutation|部长同志：
body|来电收到。我方认为应当等待代表团回国之后再作答复，请即派人到沈阳与我方代表会商各项问题，并将商谈结果电告。
signature|周恩来
signature|一九五三年三月二日""",
    "act of the holy see": """\
heading|263. Le nonce à Paris Valeri au cardinal Maglione
dateline|Tél. nr. 80 (A.E.S. 3456/40)                     Paris, 4 mars 1940, 18 h. 35
apparatus|reçu, 4 mars, 21 h. 10
body|Le ministre m'a reçu ce matin et m'a dit que le gouvernement ne prendrait aucune décision avant le retour.
footnote|1 Cf. nr. 251.""",
    "foreign office telegram of 1982": """\
masthead|CONFIDENTIAL
apparatus|FM LUSAKA 021835Z APR 82
addressing|TO IMMEDIATE F C O
masthead|TELEGRAM NUMBER 188 OF 2 APRIL
addressing|INFO IMMEDIATE UKMIS NEW YORK
body|1. I SAW THE SECRETARY OF STATE THIS AFTERNOON. HE SAID THAT HE HAD
body|NOTHING TO ADD TO WHAT HE HAD TOLD ME LAST NIGHT.
distribution|COPIES TO""",
    "venetian despatch": """\
salutation|Serenissimo Principe,
body|heri ricevei le lettere di Vostra Serenità, con quello che in esse mi viene commesso intorno al negotio delle navi.
body|Mi risposero che la materia era grave et che ne haverebbono trattato nella prima assemblea, come spero.
closing|Gratie etc.
dateline|Dall'Haya, a' 18 di settembre 1617.""",
}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_zones_of_a_paper(paper: str) -> None:
    rows = [row.split("|", 1) for row in paper.split("\n")]
    text = Text("\n".join(text for _, text in rows))
    (part,) = split(Document("paper.txt", "text/plain", "0" * 64, text))
    assert [[line.zone, line.text] for line in part.lines] == rows
