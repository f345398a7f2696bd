"""Records made up by Hypothesis: all that the contract allows, sense or not."""

from __future__ import annotations

from hypothesis import strategies as st

from mabillon.evidence import Agent, Citation, Count, Mark, Mention, Number, Value, Word
from mabillon.record import (
    DIRECTIONS,
    EVENT_TYPES,
    Body,
    Catalogue,
    Copies,
    Copy,
    Event,
    Finding,
    Record,
    Reference,
    SourceNote,
)

TEXT = (
    "No. 88\n\nPYONGYANG, 30 Sept. 1950.\x0c\n\tTo Comrade  FYN SI\n\n\nSend guns & <butter>.\u2028End \U0001f4dc\x07\n"
)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12) | st.sampled_from(
    ["Shtykov", "a & b", "<p>", " two  spaces ", "tab\there", "bell\x07", "", "Ким Ир Сен", "]]>"]
)
tokens = st.sampled_from(["message", "x", "top-secret", "дело"])
dates = st.sampled_from(
    ["1950-09-30", "1950-09-30T20:35", "1950", "1950-09", "1950~", "1950-09-29/1950-09-30", "1950-09-XX", "195X",
     "1950-09-31", "../1950", "not a date", ""]
)  # fmt: skip
spans = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: (min(pair), max(pair))), max_size=3
)


def value(what, said=words, /, **more):  # type: ignore[no-untyped-def]
    return st.builds(
        what, value=said, text=words, spans=spans, confidence=st.floats(0, 1),
        reason=st.none() | st.sampled_from(["content", "editor"]),
        alternatives=st.none() | st.lists(said, min_size=1, max_size=2), **more,
    )  # fmt: skip


word, date = value(Word), value(Word, dates)
maybe, maybe_date = st.none() | word, st.none() | date
count = st.none() | value(Count, st.integers(-3, 500))
languages = value(Word, st.sampled_from(["en", "zh-Hant", "x", "no tag at all", ""]))
kinds = st.sampled_from(["message", "sender", "incoming", "file", "other"])


def some(strategy):  # type: ignore[no-untyped-def]
    return st.lists(strategy, max_size=2)


agent = value(
    Agent, role=maybe, place=maybe, org=maybe, capacity=st.none() | st.sampled_from(["action", "info"]),
    via=st.none() | words, authority=st.none() | tokens,
)  # fmt: skip
event = st.builds(
    Event, type=value(Word, st.sampled_from(EVENT_TYPES)), time=maybe_date, zone=maybe, place=maybe, agent=maybe,
    org=maybe,
)  # fmt: skip
copies = st.builds(
    Copies, stated=count, entries=some(st.builds(Copy, number=count, count=count, recipient=maybe))
).filter(lambda made: made.stated is not None or made.entries)
reference = st.builds(
    Reference, kind=st.none() | words, number=maybe, date=maybe_date, from_=maybe, to=maybe,
    direction=st.sampled_from(DIRECTIONS), status=st.none() | st.sampled_from(["not-printed", "withdrawn"]),
)  # fmt: skip
catalogue = st.builds(
    Catalogue, summary=maybe, sponsor=maybe, people=some(word), places=some(word), topics=some(word),
    citation=st.none() | value(Citation, parts=st.none() | st.just({"repository": "APRF", "fonds": "45", "item": "3"})),
    obtained_by=maybe, translator=maybe, rights=maybe, contact=maybe, date=maybe_date, collection=maybe,
    identifiers=st.dictionaries(tokens, words, max_size=2),
).filter(lambda made: made != Catalogue())  # fmt: skip
finding = st.builds(
    Finding, id=st.just("date.year-slip"), message=words, severity=st.sampled_from(["error", "warning", "note"]),
    evidence=some(value(Value, words | st.integers(0, 9))),
)  # fmt: skip
body = st.none() | st.builds(Body, spans=spans)
source = st.builds(
    SourceNote, filename=words, media_type=st.just("text/plain"), sha256=st.just("ab" * 32),
    text=st.just(TEXT) | st.just("") | words, url=st.none() | st.just("https://example.org/?a=1&b"),
    part=st.none() | words,
)  # fmt: skip


def records(enclosures=st.just([]), source=source, ids=st.sampled_from(["ml36h5xavzs3ltia", "ml36.d 1/2", "a.é"])):  # type: ignore[no-untyped-def]
    return st.builds(
        Record, id=ids, source=source, type=maybe, title=maybe, date=maybe_date,
        numbers=some(value(Number, kind=kinds)),
        senders=some(agent), recipients=some(agent), signatories=some(agent), precedence=maybe, classification=maybe,
        handling=some(word), channel=maybe, language=st.none() | languages, translated_from=st.none() | languages,
        witness=maybe, events=st.lists(event, max_size=3), copies=st.none() | copies,
        marks=some(value(Mark, kind=st.sampled_from(["stamp", "handwritten", "editorial"]))),
        references=some(reference), enclosures=enclosures,
        mentions=some(value(Mention, kind=st.sampled_from(["person", "place", "organization", "ship"]),
                            authority=st.none() | tokens, certainty=st.none() | st.floats(0, 1))),
        body=body, catalogue=st.none() | catalogue, findings=some(finding),
    )  # fmt: skip


enclosed = records(source=st.none(), ids=st.just(""))
any_record = records(enclosures=some(enclosed))
