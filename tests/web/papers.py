"""Documents written for these tests, and records made by hand where a value must be hostile."""

from __future__ import annotations

from typing import Any

from mabillon.evidence import Agent, Citation, Count, Mark, Mention, Number, Word
from mabillon.record import Body, Catalogue, Copies, Copy, Event, Finding, Record, Reference, SourceNote

CABLE = """\
March 3, 1951
Cable No. 4127, Orlov to Vetrov, forwarding a letter of Han Mu-jin
CABLE Nº 4127/sh
from PYONGYANG sent at 2110 3 March 1951
received at 2302 3 March
arrived in the 8th Directorate of the General Staff at 2255 3 March 1951
by wire
urgent
Moscow
MINISTRY OF FOREIGN AFFAIRS
to Cde. VETROV
Below is the text of a letter from HAN MU-JIN.
ORLOV
4 copies printed
Copy Nº 1 to Cde. Vetrov
Copy Nº 2 to Cde. Molotov
Copy Nº 3 to Cde. Beria
DEAR Comrade VETROV
The bridges over the river are down, and the trucks wait on its northern bank near Anju.
HAN MU-JIN
2 March 1951
"""

LETTER = """\
Vienna, 14 May 1898

Dear Baron,

I saw the minister this morning. He would not hear of the loan until the harvest is in.

Yours sincerely,
Albert Feld
"""

NOTE = """\
Telegram

To: Embassy, Lagos
From: Ministry of Foreign Affairs
Date: 9 June 1966

The delegation arrives on Friday. Please find rooms for six.
"""

LONG_NOTE = (
    NOTE.replace("Telegram\n", "Telegram No. 417\n", 1)
    + """
They will stay until the conference ends and then go on by road to the north. The minister wishes the governor to be
told of it beforehand, and the police of each province that they pass. Nothing need be said to the press before Sunday,
and what is said then should be confined to the names of the delegates and the hours at which they can be seen.
"""
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "</title></style></textarea><script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    "{{ 7919 * 7919 }}{% raw %}",
    "<!--<iframe srcdoc='<script>1</script>'>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<b onmouseover=alert(1)>\u0000",
)


def word(value: Any, form: type[Any] = Word, span: tuple[int, int] | None = None, **more: Any) -> Any:
    return form(value=value, text=str(value), spans=[span] if span else [], confidence=0.9, **more)


def record_of(words: str, id: str = "hostile") -> Record:
    """A record that has `words` in every place that can hold words."""
    text = f"{words}\n\n{words}\n{words}"
    said = (0, len(words))
    agent = word(words, Agent, said, role=word(words), place=word(words), org=word(words), via=words, capacity=words)
    return Record(
        id=id,
        source=SourceNote(filename=words, media_type=words, sha256=words, text=text, url=words),
        type=word(words), title=word(words, span=said), date=word(words), numbers=[word(words, Number, kind="message")],
        senders=[agent], recipients=[agent], signatories=[agent], precedence=word(words), classification=word(words),
        handling=[word(words)], channel=word(words), language=word(words), translated_from=word(words),
        witness=word(words),
        events=[Event(type=word(words), time=word(words), zone=word(words), place=word(words), agent=word(words))],
        copies=Copies(stated=word(3, Count), entries=[Copy(number=word(1, Count), recipient=word(words, span=said))]),
        marks=[word(words, Mark, kind="stamp")],
        references=[Reference(kind=words, number=word(words), date=word(words), from_=word(words), to=word(words),
                              direction="mentions", status=words)],
        enclosures=[Record(title=word(words), body=Body(spans=[(len(words) + 2, 2 * len(words) + 2)]))],
        mentions=[word(words, Mention, said, kind="person")],
        body=Body(spans=[said]),
        catalogue=Catalogue(summary=word(words), people=[word(words)], places=[word(words)], topics=[word(words)],
                            citation=word(words, Citation, parts={words: words}), rights=word(words),
                            contact=word(words), date=word(words)),
        findings=[Finding(id=words, message=words, evidence=[word(words, span=said), word(words)], severity="error"),
                  Finding(id="copies.unaccounted", message=words, evidence=[], severity="warning")],
    )  # fmt: skip
