"""Who sent it, to whom, who signed (TEI correspDesc; persons, offices and posts alike)."""

from __future__ import annotations

import re
from functools import cache

from mabillon.document import Metadatum
from mabillon.clocks import hours_ahead
from mabillon.evidence import Agent, Word
from mabillon.parts import PartLine
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.reading.posts import is_machine, machine_agents, repeated_posts
from mabillon.reading.places import bare_place, dateline_place
from mabillon.reading.names import agents_in, as_agent, has_office, parse_name, presentable, strip
from mabillon.vocabulary import alternation, canon, wordings


@cache
def _label(name: str) -> re.Pattern[str]:
    words = alternation(wordings(f"labels.{name}"))
    return re.compile(rf"^[\s\[*]*(?:{words})\**[\]]?(?:\s*[:.—]\s*|\s+|$)\**\s*", re.IGNORECASE)


@cache
def _kind_lead() -> re.Pattern[str]:
    kinds = alternation(sorted(canon("kind")))
    return re.compile(
        rf"^\W*(?:(?:No\.?\s*)?\d+[A-Z]?\.?\s+)?(?:(?:\w+\s+){{0,3}}?{kinds})(?:\s+(?:No\.?|Nº|#)?\s*[\w/-]*\d[\w/-]*)?\s*,?\s*(?:(?:from|by|of|von|de)\s+)?", re.IGNORECASE)


# --- signatories ------------------------------------------------------------------------------------------------

_SIGNED_NOISE = re.compile(
    r"\(?(?:signed|signé|gez\.?|подпись)\)?\s*:?|\[signature\]|/s/|\bm\.\s?p\.|\[initial\w*\]|\bfor the [A-Z]\w+(?: \w+){0,3}:", re.IGNORECASE)
_NAME_PART = re.compile(r"(?:^|\s{2,}|/|\()(?P<name>[^\W\d_][^\d/()]{1,60}?)(?:\)|/|$)")


def read_signatories(context: Context) -> list[Agent]:
    """Return who signed; a line of office without a name signs only where no name stands beside it."""
    found: list[Agent] = []
    offices: list[Agent] = []
    for line in context.zone("signature") or _run_in_signature(context):
        for agent in _signed(context, line):
            (offices if _is_office_only(agent.text) else found).append(agent)
    roles = [office for office in offices]
    for agent in found:
        if agent.role is None and roles and len(found) == 1:
            agent.role = Word(value=roles[0].value, text=roles[0].text, spans=roles[0].spans, confidence=LIKELY)
    return found or [office for office in offices if not _is_nameless(office.text)][:1]


def _run_in_signature(context: Context) -> list[PartLine]:
    """`REPORT HOURLY. KISSINGER`: machine telegrams may end the last sentence with the name that signs them."""
    body = context.zone("body")
    found = re.search(r"[.?]\s+(?P<name>[A-Z]{4,}(?:\s[A-Z]{3,})?)\s*$", context.text[body[-1].start : body[-1].end]) if body and is_machine(context) else None
    if not found:
        return []
    start, end = body[-1].start + found.start("name"), body[-1].start + found.end("name")
    return [PartLine(body[-1].index, start, end, context.text[start:end], "signature", 0.8)]


def _is_office_only(words: str) -> bool:
    return has_office(words)


def _is_nameless(words: str) -> bool:
    return bool(re.match(r"\s*(?:secretary|chief|chairman|секретарь)\b", words, re.IGNORECASE))


def _signed(context: Context, line: PartLine) -> list[Agent]:
    """Return the names on a line of signature, dates and numbers beside them left out."""
    text = list(context.text[line.start : line.end])
    for mention in context.dates_in(line.start, line.end):
        text[mention.start - line.start : mention.end - line.start] = " " * (mention.end - mention.start)
    masked = "".join(text)
    if initials := re.fullmatch(r"\s*(?P<name>(?:[A-ZА-Я]\.\s?){2,4})\s*", masked):
        return [Agent(value=initials["name"].strip(), text=initials["name"].strip(), spans=[context.trim(line.start + initials.start("name"), line.start + initials.end("name"))], confidence=FAIR)]
    for noise in (_SIGNED_NOISE, re.compile(r"(?:№|N[ºo°]\.?|#)\s*[\w/-]+(?:\s[-–]\s*$)?"), re.compile(r"(?<=\w)\s+\d{2,6}\s*$"), re.compile(r"\[[^\]]*\]")):
        masked = noise.sub(lambda found: " " * len(found[0]), masked)
    masked = re.sub(r"(?<=[^\W\d])\d{1,2}\s*$", lambda found: " " * len(found[0]), masked)
    if not re.search(r"[^\W\d_]{2}", masked):
        return []
    found = []
    pieces = [piece for piece in re.finditer(r"\S(?:.*?\S)?(?=\s{2,}|\t|$)", masked)]
    for piece in _unspaced(pieces, masked):
        start, end = line.start + piece[0], line.start + piece[1]
        slashed = re.search(r"[/(]\s*([^/()]{2,40}?)\s*[/)]\s*$", context.text[start:end])
        if slashed and not has_office(slashed[1]):
            start, end = start + slashed.start(1), start + slashed.end(1)
        found += list(agents_in(context, start, end, LIKELY)) if not has_office(context.text[start:end]) else _office(context, start, end)
    return found


def _unspaced(pieces: list[re.Match[str]], masked: str) -> list[tuple[int, int]]:
    """Letter-spaced signatures are one piece."""
    if re.fullmatch(r"\s*(?:\S\s+)+\S\s*", masked):
        return [(len(masked) - len(masked.lstrip()), len(masked.rstrip()))]
    return [piece.span() for piece in pieces]


def _office(context: Context, start: int, end: int) -> list[Agent]:
    named = parse_name(context.text, start, end)
    return [as_agent(context, named, FAIR)] if named else []


# --- heading ----------------------------------------------------------------------------------------------------


def _heading_agents(context: Context) -> tuple[list[Agent], list[Agent]]:
    """Return senders and recipients of the heading `The Ambassador in Korea (Muccio) to the Secretary of State`."""
    for zone, confidence in (("heading", CERTAIN), ("title", LIKELY)):
        for run in context.runs(zone):
            start, end = context.unmarked(run[0].start, run[-1].end)
            words = re.sub(r"\s", " ", context.text[start:end])
            offset = _lead_end(words)
            cut = _cut(words, offset)
            if cut is None:
                continue
            senders = _agents_of(context, start + offset, start + cut[0], confidence, heading=True)
            recipients = _agents_of(context, start + cut[1], start + _recipient_end(words, cut[1]), confidence, heading=True)
            if senders or recipients:
                return senders, recipients
    return [], []


_SENDER_WORD = re.compile(r"^[^()]*?\b(?:From|FROM|[Bb]y|BY|[Bb]etween|BETWEEN)\s+(?:the\s+)?(?=[A-Z(])")


def _lead_end(words: str) -> int:
    """Return where the sender begins: behind the running number, the kind of document and "From"."""
    start = _SENDER_WORD.match(words) or re.match(r"^\W*[IVXLC]+,\s*\d+\.\s+", words) or _kind_lead().match(words) or re.match(r"^\W*(?:No\.?\s*)?\d+[A-Z]?\.?\s+(?=[A-Z])", words)
    return start.end() if start else 0


_TO = re.compile(r"\s+(?:to|TO|an|à|À|al|кому)\s+(?:the\s+)?(?=[\w(\[“\"А-Я])")


_AND = re.compile(r"\s+and\s+(?:the\s+)?(?=[\w(\[“\"А-Я])")


def _cut(words: str, offset: int) -> tuple[int, int] | None:
    """Return where the sender ends and the recipient begins: at the first "to" outside brackets before a name."""
    between = re.search(r"\b[Bb]etween\b", words[:offset])
    cuts = []
    for found in (_AND if between else _TO).finditer(words, offset):
        after = words[found.end() : found.end() + 1]
        if words.count("(", offset, found.start()) == words.count(")", offset, found.start()) and (after.isupper() or after in "([“\""):
            cuts.append(found.span())
    held = [cut for cut in cuts if words[: cut[0]].rstrip().endswith(")")]
    if held:
        return held[0]
    if len(cuts) == 1 and _ALWAYS_TAKES_TO.search(words[offset : cuts[0][0]]):
        return None
    # "the Ambassador to Japan", "the Political Adviser to SCAP": that "to" belongs to the office
    return next((cut for cut in cuts if cut == cuts[-1] or not _TAKES_TO.search(words[offset : cut[0]])), None)


_ALWAYS_TAKES_TO = re.compile(r"\b(?:(?:ambassadeur|ministre|consul(?: général)?|chargé d['’]affaires) d(?:e|u|es)? ?['’]?\w+|ambassador|envoy|minister|mission|delegation)$", re.IGNORECASE)
_TAKES_TO = re.compile(r"\b(?:ambassador|advis[eo]r|assistant|representative|delegate|observer|aide|counsel|envoy|mission|minister|delegation|emissary)$", re.IGNORECASE)


def _recipient_end(words: str, begin: int) -> int:
    """Return where the recipient ends: before the subject of the letter, the date, the note of receipt."""
    found = re.compile(
        r",?\s+(?:about|concerning|regarding|re:|on the|containing|transmitting|conveying|approved|dated|relaying|with)\b|,\s+(?:Department of State|The White House|[A-Z][\w ]+),\s+[A-Z][a-z]+ \d{1,2}, \d{4}|"
        r",\s+(?=(?:Approved|Containing|Transmitting|Conveying|Regarding)\b)|\s*[—–-]?\s*\(\s*Received|,?\s+\d{1,2}\.?\s+[A-ZÀ-Þ][a-zà-ÿ]+\.?\s+\d{4}|"
        r",?\s+[A-Z][a-z]+ \d{1,2}, \d{4}|\.\s*$|\s*\(\d{1,2} [A-Z]", re.IGNORECASE).search(words, begin)
    if found is None or words.rstrip().endswith(")") and "(" in words[found.start() :]:
        return len(words)
    return found.start()


def _agents_of(context: Context, start: int, end: int, confidence: float, heading: bool = False) -> list[Agent]:
    """Return the agents named between two offsets; in a heading one office with its commas is one agent."""
    start, end = strip(context.text, start, end)
    words = context.text[start:end]
    if not words:
        return []
    if heading and has_office(words) and not re.search(r"\)\s*(?:,|and)\s", words):
        named = parse_name(context.text, start, end)
        agents = [as_agent(context, named, confidence)] if named else []
    else:
        agents = list(agents_in(context, start, _before_grades(context.text, start, end), confidence))
    for agent in agents:
        _place_in_brackets(context, agent, end)
        _place_behind_at(context, agent)
    return agents


def _place_behind_at(context: Context, agent: Agent) -> None:
    """`the Secretary of State, at Paris`: where an officer is for the time being is no part of his office."""
    found = re.compile(r",\s+(?:at\s+|in\s+)?(?P<place>[A-Z][\w -]+),?$").search(agent.text)
    if found and (found[0].lstrip(", ").startswith(("at ", "in ")) or has_office(agent.text[: found.start()]) and hours_ahead(found["place"]) is not None and not re.match(r"(?i)chief of", agent.text)):
        start = agent.spans[0][0]
        agent.place = context.word(start + found.start("place"), start + found.end("place"), confidence=LIKELY)
        agent.text = agent.text[: found.start()]
        agent.value = presentable(agent.text)
        agent.spans = [(start, start + len(agent.text))]


@cache
def _grades() -> re.Pattern[str]:
    words = alternation([*wordings("precedence"), *wordings("handling"), *wordings("classification")])
    return re.compile(rf"\s*[,;(]\s*\d{{0,2}}\s*(?:{words})(?![^\W_])", re.IGNORECASE)


def _before_grades(text: str, start: int, end: int) -> int:
    """Return where the names end: `To: WINIEWICZ,1 IMMEDIATE, EYES ONLY` goes on with how urgent it is."""
    found = _grades().search(text, start + 1, end)
    return found.start() if found else end


def _place_in_brackets(context: Context, agent: Agent, end: int) -> None:
    """`Sir N. Henderson (Berlin)`: a place in brackets behind a person is where he wrote from."""
    if agent.alternatives and agent.role is None and not has_office(agent.value):
        after = re.compile(r"\s*\((?P<place>[A-Z][\w .'-]+)\)").match(context.text, agent.spans[0][1])
        if after and after.end() <= end + 1 and not _looks_like_person(after["place"]):
            agent.place = context.word(*after.span("place"), confidence=FAIR)
            agent.alternatives = None


def _looks_like_person(words: str) -> bool:
    return bool(re.search(r"\b[A-Z]\.", words)) or words.isupper()


# --- From and To lines --------------------------------------------------------------------------------------------


def _labelled(context: Context, name: str, capacity: str | None = None) -> list[Agent]:
    """Return the agents behind the label `name` in the addressing, with the lines that continue it."""
    found: list[Agent] = []
    for run in context.runs("addressing"):
        for start, end in _cells(context, run, name):
            found += _address(context, start, end)
    for agent in found:
        if capacity:
            agent.capacity = capacity
    return found


def _cells(context: Context, run: list[PartLine], name: str) -> list[tuple[int, int]]:
    """Return the stretches that the label `name` leads: a cell of a form's line and the lines that go on with it."""
    found: list[tuple[int, int]] = []
    open_label = False
    for line in run:
        empty = False
        for cell in re.finditer(r"\S(?:.*?\S)?(?=\s{3,}\S|\s*$)", context.text[line.start : line.end]):
            start, end = line.start + cell.start(), line.start + cell.end()
            words = context.text[start:end]
            label = _label(name).match(words)
            if empty:
                found.append((start + (2 if words.startswith(": ") else 0), end))
                empty = False
            elif label:
                open_label = True
                empty = label.end() >= len(words)
                if not empty:
                    found.append((start + label.end(), end))
            elif any(_label(other).match(words) for other in _ADDRESS_LABELS if other != name):
                open_label = False
            elif open_label and cell.start() == len(context.text[line.start : line.end]) - len(context.text[line.start : line.end].lstrip()):
                previous, following = context.text[slice(*found[-1])].rstrip() if found else "", words
                if found and previous.endswith((",", " of", " de")) and has_office(previous) or following.startswith(("of ", "for ")):
                    found[-1] = (found[-1][0], end)
                else:
                    found.append((start, end))
    return found


def _address(context: Context, start: int, end: int) -> list[Agent]:
    """`the Deputy Minister / of Foreign Affairs of the USSR, / Comrade Zorin, V.A.`: an office over lines, then its holder."""
    holder = re.compile(r"[,\n]\s*(?=(?:Comrade|Cde|Com|Mr|Hon|тов)\b)", re.IGNORECASE).search(context.text, start, end)
    if holder and "\n" in context.text[start:end] and has_office(context.text[start : holder.start()]):
        named = parse_name(context.text, holder.end(), end)
        if named:
            first = strip(context.text, start, holder.start())
            agent = as_agent(context, named, LIKELY)
            agent.role = context.word(*first, confidence=LIKELY)
            return [agent]
    return _addressees(context, start, end)


def _addressees(context: Context, start: int, end: int) -> list[Agent]:
    """Return the addressees in a stretch of an address: bodies keep their commas, persons are parted at them."""
    start, end = strip(context.text, start, _before_columns(context.text, start, end))
    if end <= start:
        return []
    return _agents_of(context, start, end, LIKELY)


def _before_columns(text: str, start: int, end: int) -> int:
    """Return where the first column of a printed form ends: at four spaces and more, or before a captioned column."""
    found = re.compile(r"\S\s{4,}\S|\S\s{2,}(?:DATE|INFO|CITE)\b").search(text, start, end)
    return found.start() + 1 if found else end


_ADDRESS_LABELS = ("recipient", "sender", "info", "copy", "subject", "reference", "date", "annex", "destination")


def _inside_address(context: Context) -> list[Agent]:
    """`Hon. William H. Seward, / Secretary of State, Washington, D. C.`, `ВЫШИНСКОМУ`: an address without a label."""
    found: list[Agent] = []
    for run in context.runs("addressing"):
        lines = [line for line in run if not any(_label(name).match(context.text[line.start : line.end]) for name in _ADDRESS_LABELS)]
        for line in lines:
            words = context.text[line.start : line.end].strip()
            if _opens_with_city(words) and len(lines) > 1:
                continue
            if any(sender.spans and sender.spans[0][0] >= line.start and sender.spans[0][1] <= line.end for sender in _from_place_to_office(context)):
                continue
            for agent in _agents_of(context, line.start, line.end, FAIR):
                if found and not has_office(words) and (hours_ahead(agent.value) is not None or line is run[-1] and _is_place_line(words) and len(run) > 2):
                    found[-1].place = found[-1].place or _with_district(context, agent, line)
                elif found and has_office(words) and not has_office(found[-1].value) and not _honoured(words):
                    found[-1].role = found[-1].role or context.word(line.start, line.end, words.strip(" ,."), FAIR)
                elif hours_ahead(agent.value) is None or has_office(agent.value) or len(lines) == 1:
                    found.append(agent)
    return found


def _opens_with_city(words: str) -> bool:
    """Whether a line of an address is a place: a known city alone, or with what stands in it (`Moscow - the Kremlin`)."""
    head = re.split(r"\s+[-–—]\s+|,", words)[0]
    return hours_ahead(head) is not None and not has_office(head) and len(head.split()) <= 3


def _above(context: Context, agents: list[Agent]) -> list[Agent]:
    """Give labelled recipients the place and body that stand above them: `Moscow / MINISTRY OF FOREIGN AFFAIRS / to Cde. GROMYKO`."""
    if not agents or any(has_office(agent.value) for agent in agents):
        return []
    place = org = None
    bare = []
    for line in context.zone("addressing"):
        words = context.text[line.start : line.end].strip()
        if line.start > agents[0].spans[0][0] or any(_label(name).match(words) for name in _ADDRESS_LABELS):
            continue
        if hours_ahead(re.split(r"\s+[-–—]\s+", words)[0]) is not None or _is_place_line(words) and not has_office(words):
            place = context.word(line.start, line.end, presentable(bare_place(words)), LIKELY)
        elif has_office(words):
            org = context.word(line.start, line.end, presentable(words), LIKELY)
        else:
            bare.append(line)
    for agent in agents:
        agent.place = agent.place or place
        agent.org = agent.org or org
    return []


def _honoured(words: str) -> bool:
    """Whether a line names a further person and not the office of the one above."""
    return bool(re.search(r"\b(?:Cde|Comrade|Mr|Hon|Tov)\b", words))


def _with_district(context: Context, agent: Agent, line: PartLine) -> Word:
    """`Washington, D. C.` is one place."""
    start, end = agent.spans[0]
    district = re.compile(r",\s*D\.\s?C\.").match(context.text, end, line.end)
    end = district.end() if district else end
    return context.word(start, end, presentable(context.text[start:end]), FAIR)


def _is_place_line(words: str) -> bool:
    bare = words.strip(" ,.:;")
    return bool(bare) and len(bare.split()) <= 3 and not re.search(r"\b[A-Z]\.", bare) and not has_office(bare) and not bare.isdigit() and bool(
        re.fullmatch(r"[A-ZÀ-ÞА-Я][\w'’.-]+(?:[ ,]+[A-ZÀ-ÞА-Я][\w'’.-]*)*", bare)) and not re.match(r"(?:Cde|Com|Mr|To)\b", bare)


# --- metadata -----------------------------------------------------------------------------------------------------


def _described(context: Context, action: str) -> list[Agent]:
    """Return the agents that the source's metadata gives for a correspAction."""
    found: list[Agent] = []
    persons = context.metadata.get(f"{action}.person", []) or context.metadata.get(f"{action}.organization", [])
    for datum in persons:
        agent = _stated_agent(context, datum)
        agent.place = _beside(context, f"{action}.place", datum)
        agent.role = _beside(context, f"{action}.role", datum)
        found.append(agent)
    return found


def _stated_agent(context: Context, datum: Metadatum) -> Agent:
    word = context.stated(datum)
    if datum.span:
        named = parse_name(context.text, *datum.span)
        if named:
            return as_agent(context, named, CERTAIN)
    return Agent(value=word.value, text=word.text, spans=word.spans, confidence=word.confidence, reason=word.reason)


def _beside(context: Context, field: str, datum: Metadatum) -> Word | None:
    for other in context.metadata.get(field, []):
        if other.group == datum.group:
            return context.stated(other)
    return None


# --- together -----------------------------------------------------------------------------------------------------


def read_senders(context: Context, signatories: list[Agent]) -> list[Agent]:
    """Return who sent it: as the header, the form or the heading says, else who signed."""
    described = _described(context, "sent")
    if not described and is_machine(context):
        senders, _ = machine_agents(context)
        if senders:
            return _with_origin(context, senders)
    if between := _from_place_to_office(context):
        return between
    heading, _ = _heading_agents(context)
    labelled = [agent for agent in _labelled(context, "sender")]
    place = _origin(context, labelled)
    if signatories and any(_is_place_line(agent.value) for agent in labelled):
        labelled_people = [agent for agent in _people(labelled) if has_office(agent.value)]
    else:
        labelled_people = [agent for agent in labelled if hours_ahead(agent.value) is None]
    senders = described or labelled_people or (heading if _heading_leads(context) else [])
    if not senders:
        senders = _of_signatures(signatories) or heading or _posts(labelled) or _announced(context)
    for sender in senders:
        if sender.place is None and place is not None:
            sender.place = place
    return senders


_FROM_WHOM = re.compile(r"\b(?:following|telegram|message|letter|note|despatch)\b[^.:\n]{0,60}?\bfrom\s+(?:the\s+)?(?P<who>[A-ZА-Я][^.:,;\n]{2,60}?)\s*[:.]")


def _announced(context: Context) -> list[Agent]:
    """An unsigned message inside another is from whom its cover says: `the following from the Consul General at Nanking:`"""
    if context.cover is None:
        return []
    for line in context.cover.zone("body", "reference"):
        found = _FROM_WHOM.search(context.text, line.start, line.end)
        if found:
            agents = _agents_of(context, *found.span("who"), FAIR)
            for agent in agents:
                at = re.search(r"\bat\s+(?P<place>[A-Z][\w ]+)$", agent.text)
                if at:
                    start = agent.spans[0][0] + at.start("place")
                    agent.place = context.word(start, start + len(at["place"]), confidence=FAIR)
            return agents[:1]
    return []


def _from_place_to_office(context: Context) -> list[Agent]:
    """`FROM PEKING TO FOREIGN OFFICE / Mr. Hutchison`: the heading names the post, the line below who writes."""
    for position, line in enumerate(context.lines):
        found = re.match(r"\s*FROM\s+(?P<place>[A-Z][A-Z .'-]+?)\s+TO\s+[A-Z]", context.text[line.start : line.end])
        if not found or line.zone not in ("heading", "addressing", "masthead"):
            continue
        place = context.word(line.start + found.start("place"), line.start + found.end("place"), presentable(found["place"].title()), LIKELY)
        below = context.lines[position + 1] if position + 1 < len(context.lines) else None
        if below is not None and below.zone in ("addressing", "heading", "signature"):
            named = parse_name(context.text, below.start, below.end)
            if named and not has_office(context.text[slice(*named.name)]):
                agent = as_agent(context, named, LIKELY)
                agent.place = place
                return [agent]
    return []


def _heading_leads(context: Context) -> bool:
    """Whether the heading stands in the document or edition and not only in the title that an archive made."""
    return bool(context.zone("heading"))


def _of_signatures(signatories: list[Agent]) -> list[Agent]:
    return [Agent(value=agent.value, text=agent.text, spans=agent.spans, confidence=agent.confidence, role=agent.role) for agent in signatories]


def _people(labelled: list[Agent]) -> list[Agent]:
    return [agent for agent in labelled if has_office(agent.value) or not _is_place_line(agent.value)]


def _posts(labelled: list[Agent]) -> list[Agent]:
    return labelled


def _origin(context: Context, labelled: list[Agent]) -> Word | None:
    """Return the place that the document was written or sent from."""
    for line in context.zone("apparatus", "masthead"):
        found = re.compile(r"(?<!\S)(?:from|из|von)[:\s]+(?P<place>[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Яa-zà-ÿа-я'’ -]+?)(?=\s*(?:,|\(|№|No\b|Nº|sent|Sent|\d|to\b|TO\b|on\b|at\b|$|\n))", re.IGNORECASE).search(context.text, line.start, line.end)
        if found and not has_office(found["place"]):
            return context.word(*found.span("place"), presentable(found["place"]), LIKELY)
    for line in context.zone("dateline"):
        if word := dateline_place(context, line):
            return word
    for line in context.zone("title", "masthead"):
        found = re.compile(r"\b(?:from|aus|из)\s+(?P<place>[A-ZА-Я][\w'-]+(?: [A-ZА-Я][\w'-]+)?)").search(context.text, line.start, line.end)
        for words in (found["place"], found["place"].split()[0]) if found else ():
            if hours_ahead(words) is not None:
                return context.word(found.start("place"), found.start("place") + len(words), confidence=FAIR)
    for agent in labelled:
        if _is_place_line(agent.value):
            return Word(value=agent.value, text=agent.text, spans=agent.spans, confidence=FAIR)
    return None


def read_recipients(context: Context) -> list[Agent]:
    """Return whom it is for: as the header, the form, the address or the heading says."""
    described = _described(context, "received")
    if not described and is_machine(context):
        _, recipients = machine_agents(context)
        if recipients:
            return recipients + _attention_line(context)
    _, heading = _heading_agents(context)
    action = _labelled(context, "recipient", None)
    info = _labelled(context, "info", "info")
    if info:
        for agent in action:
            agent.capacity = "action"
    if described:
        return described
    if heading and _heading_leads(context):
        return _placed(heading, _inside_address(context)) + _sent_to(context) + _attention(context, heading)
    _above(context, action)
    inside = [] if action and not any(has_office(agent.value) for agent in action) else _inside_address(context)
    _destination(context, action)
    action = _cities_below(context, action)
    named = _once(action + info + repeated_posts(context) + inside) or _saluted(context) or heading
    return named + _passed_on(context, named)


_SENT_TO = re.compile(r"\b[Ss]ent (?:by \w+ )?to (?P<list>[A-Z](?:\b[A-Z]\.|[^.;()])*)")


def _sent_to(context: Context) -> list[Agent]:
    """An edition's note names the posts that a circular was sent to."""
    found: list[Agent] = []
    heading = " ".join(context.text[line.start : line.end] for line in context.zone("heading", "title"))
    if not re.search(r"\b(?:circular|certain|all|posts)\b", heading, re.IGNORECASE):
        return []
    for line in context.zone("source-note"):
        for clause in _SENT_TO.finditer(context.text, line.start, line.end):
            found += agents_in(context, *clause.span("list"), LIKELY)
    return found


def _cities_below(context: Context, agents: list[Agent]) -> list[Agent]:
    """`To the Foreign Ministry / Tirana`: a city on the line below its addressee is his place."""
    found: list[Agent] = []
    for agent in agents:
        above = found[-1] if found else None
        if above is not None and hours_ahead(agent.value) is not None and not has_office(agent.value) and "\n" in context.text[above.spans[0][1] : agent.spans[0][0]]:
            above.place = above.place or Word(value=presentable(agent.value), text=agent.text, spans=agent.spans, confidence=LIKELY)
        else:
            found.append(agent)
    return found


def _destination(context: Context, agents: list[Agent]) -> None:
    """`Destination: PEKING    To Whom: SovAmbassador`: where an outgoing form sends it."""
    for run in context.runs("addressing"):
        for start, end in _cells(context, run, "destination"):
            for agent in agents:
                agent.place = agent.place or context.word(start, end, presentable(context.text[start:end].strip()), LIKELY)


def _with_origin(context: Context, senders: list[Agent]) -> list[Agent]:
    """Give senders that are named by their city alone (`FROM: LA PAZ`) that place."""
    for sender in senders:
        if sender.place is None and _is_place_line(sender.value):
            sender.place = Word(value=presentable(sender.value), text=sender.text, spans=sender.spans, confidence=FAIR)
    return senders


def _attention_line(context: Context) -> list[Agent]:
    """`FOR: BRENT SCOWCROFT` below the address of a message by a special channel."""
    found: list[Agent] = []
    for line in context.zone("addressing"):
        label = re.match(r"\s*(?:FOR|EYES ONLY FOR)\s*:?\s+(?=[A-Z])", context.text[line.start : line.end])
        if label:
            found += agents_in(context, line.start + label.end(), line.end)
    return found


def _placed(heading: list[Agent], inside: list[Agent]) -> list[Agent]:
    """Give the recipient of a heading the place of the address at the foot: `Hon. William H. Seward, …, Washington, D. C.`"""
    if len(heading) == 1 and inside and inside[0].place and heading[0].place is None:
        heading[0].place = inside[0].place
    return heading


def _saluted(context: Context) -> list[Agent]:
    """`DEAR / Iosif Vissarionovich STALIN`, `Cde. Mao Zedong!`: a salutation that names, where no address does."""
    found: list[Agent] = []
    for line in context.zone("salutation"):
        start = line.start
        lead = _dear().match(context.text[line.start : line.end])
        if lead:
            start += lead.end()
        for agent in agents_in(context, start, line.end, FAIR):
            if len(agent.value) > 2 and not has_office(agent.value) and not _dear().match(agent.value + " "):
                found.append(agent)
    place = next((context.word(line.start, line.end, presentable(bare_place(context.text[line.start : line.end].split(" - ")[0])), FAIR)
                  for line in context.zone("addressing") if _opens_with_city(context.text[line.start : line.end])), None)
    for agent in found:
        agent.place = agent.place or place
    return found[:1]


@cache
def _dear() -> re.Pattern[str]:
    return re.compile(rf"^[\W]*(?:{alternation(wordings('salutation'))})(?![^\W_])[\s,:!]*", re.IGNORECASE)


@cache
def _addressed() -> re.Pattern[str]:
    leads = alternation(["comrade", "comr", "cde", "cdes", "com", "mr", "тов", "herr"])
    return re.compile(
        rf"(?:letter|telegram|message|note|text|письмо|телеграмм\w*)[^.\n]{{0,120}}?(?:addressed\s+)?(?:to|for|для|к)\s+(?P<who>{leads}\.?\s+(?:[A-ZА-Я][\w'-]*\s?){{1,3}})", re.IGNORECASE)


def _passed_on(context: Context, named: list[Agent]) -> list[Agent]:
    """A cover that carries a message to another man has him for a recipient, by way of its own addressee."""
    if not context.part.enclosures or not named:
        return []
    for line in context.zone("body", "addressing"):
        found = _addressed().search(context.text[line.start : line.end]) or re.match(
            r"\s*(?:For|Для)\s+(?P<who>[A-ZА-Я][\w-]+(?:\s[A-ZА-Я][\w-]+){0,2})\s*\.?\s*$", context.text[line.start : line.end])
        if found:
            agent = parse_name(context.text, line.start + found.start("who"), line.start + found.end("who"))
            if agent and presentable(context.text[slice(*agent.name)]).casefold() not in {other.value.casefold() for other in named}:
                return [as_agent(context, agent, LIKELY, via=named[0].value)]
    return []


_ATTENTION = re.compile(r"^\s*(?:\d{1,7}\.\s+)?(?:For|FOR|for)\s+(?P<who>(?:the\s+)?[A-ZА-Я][\w.'-]+(?:\s[A-Z][\w.'-]+){0,3})\s*[.:—-]")


def _attention(context: Context, heading: list[Agent]) -> list[Agent]:
    """`631. For Muccio.`: a message to an office for one man."""
    body = context.zone("body", "reference")
    found = _ATTENTION.match(context.text[body[0].start : body[0].end]) if body else None
    if not found or not heading:
        return []
    start = body[0].start + found.start("who")
    named = parse_name(context.text, start, body[0].start + found.end("who"))
    if named is None or has_office(context.text[slice(*named.name)]):
        return []
    return [as_agent(context, named, LIKELY, via=heading[0].value)]


def _once(agents: list[Agent]) -> list[Agent]:
    found: dict[str, Agent] = {}
    for agent in agents:
        found.setdefault(agent.value.casefold(), agent)
    return list(found.values())


__all__ = ["read_recipients", "read_senders", "read_signatories"]
