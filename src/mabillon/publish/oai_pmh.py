"""OAI-PMH 2.0, the data provider: from the arguments of a request to its answer. Holds no state between requests."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import orjson
from lxml import etree

from mabillon.publish.xml import Element, Maker, written

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_E = Maker(NAMESPACE)
_LIST = (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}))
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}
"""Verb → the arguments that it must have, and those that it may have besides (protocol, section 4)."""
_PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
_SET = re.compile(rf"{_PREFIX.pattern}(?::{_PREFIX.pattern})*")
_STAMP = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)?")


@dataclass(frozen=True, slots=True)
class Header:
    """What a harvester is told of a record first. `stamp` is when it last changed (UTC), `sets` the sets it is in."""

    id: str
    stamp: str
    sets: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A format of metadata: its prefix, the addresses of its schema and namespace."""

    prefix: str
    schema: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is to hold: stamps from `since` to `until` (UTC, to the second, "" for no bound), of one set."""

    prefix: str
    since: str = ""
    until: str = ""
    set: str = ""
    position: str = ""
    given: int = 0


class Repository(Protocol):
    """What is harvested: an archive as everybody may see it."""

    name: str
    email: str
    formats: Sequence[Format]

    def identifier(self, id: str) -> str: ...

    def id_of(self, identifier: str) -> str | None: ...

    def earliest(self) -> str: ...

    def sets(self) -> Sequence[tuple[str, str]]: ...

    def header(self, id: str) -> Header | None: ...

    def formats_of(self, id: str) -> Sequence[Format]: ...

    def page(self, asked: Asked) -> tuple[Sequence[Header], str | None]:
        """Return a page of headers, and the position to go on from, None at the end.
        Raises ValueError for a position or a set that is none."""

    def metadata(self, ids: Sequence[str], prefix: str) -> dict[str, Element]: ...


class ProtocolError(Exception):
    """An error of the protocol (section 3.6), with its code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def answer(pairs: Sequence[tuple[str, str]], base: str, repository: Repository, now: str) -> bytes:
    """Return the answer to a request. `base` is the address asked, `now` the time (UTC, to the second)."""
    top = etree.Element(f"{{{NAMESPACE}}}OAI-PMH", nsmap={None: NAMESPACE, "xsi": XSI})  # type: ignore[dict-item]
    top.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    _E(top, "responseDate", now)
    request = _E(top, "request", base)
    try:
        verb, arguments = _arguments(pairs)
        for name, value in (("verb", verb), *arguments.items()):
            request.set(name, value)
        top.append(_HANDLERS[verb](repository, arguments, base))
    except ProtocolError as error:
        if error.code in ("badVerb", "badArgument"):
            request.attrib.clear()
        _E(top, "error", str(error), code=error.code)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written(top)


def _arguments(pairs: Sequence[tuple[str, str]]) -> tuple[str, dict[str, str]]:
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise ProtocolError("badVerb", f"One verb, please, of: {', '.join(VERBS)}.")
    verb = verbs[0]
    arguments = {name: value for name, value in pairs if name != "verb"}
    if len(arguments) < len(pairs) - 1:
        raise ProtocolError("badArgument", "An argument is given twice.")
    if "resumptionToken" in arguments and verb in ("ListSets", "ListRecords", "ListIdentifiers"):
        if len(arguments) > 1:
            raise ProtocolError("badArgument", "resumptionToken stands alone.")
        return verb, arguments
    needed, allowed = VERBS[verb]
    for name in sorted(arguments.keys() - needed - allowed):
        raise ProtocolError("badArgument", f"{verb} has no argument {name[:60]!r}.")
    for name in sorted(needed - arguments.keys()):
        raise ProtocolError("badArgument", f"{verb} needs {name}.")
    if any(not _is_legal(value) for value in arguments.values()):
        raise ProtocolError("badArgument", "An argument holds signs that are not allowed in XML.")
    for name, pattern in (("metadataPrefix", _PREFIX), ("set", _SET)):
        if name in arguments and not pattern.fullmatch(arguments[name]):
            raise ProtocolError("badArgument", f"{name} is not written so.")
    return verb, arguments


def _is_legal(value: str) -> bool:
    return value.isprintable() and "\ufffe" not in value and "\uffff" not in value


def _identify(repository: Repository, arguments: dict[str, str], base: str) -> Element:
    made = _E(None, "Identify")
    _E(made, "repositoryName", repository.name)
    _E(made, "baseURL", base)
    _E(made, "protocolVersion", "2.0")
    _E(made, "adminEmail", repository.email)
    _E(made, "earliestDatestamp", repository.earliest())
    _E(made, "deletedRecord", "transient")
    _E(made, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    return made


def _formats(repository: Repository, arguments: dict[str, str], base: str) -> Element:
    made = _E(None, "ListMetadataFormats")
    identifier = arguments.get("identifier")
    found = repository.formats if identifier is None else repository.formats_of(_id(repository, identifier))
    if not found:
        raise ProtocolError("noMetadataFormats", "There is no metadata of this record any more.")
    for format in found:
        one = _E(made, "metadataFormat")
        _E(one, "metadataPrefix", format.prefix)
        _E(one, "schema", format.schema)
        _E(one, "metadataNamespace", format.namespace)
    return made


def _sets(repository: Repository, arguments: dict[str, str], base: str) -> Element:
    if "resumptionToken" in arguments:
        raise ProtocolError("badResumptionToken", "The list of sets comes whole; no token was given out for it.")
    found = repository.sets()
    if not found:
        raise ProtocolError("noSetHierarchy", "Nothing here is arranged in sets.")
    made = _E(None, "ListSets")
    for spec, name in found:
        one = _E(made, "set")
        _E(one, "setSpec", spec)
        _E(one, "setName", name)
    return made


def _get(repository: Repository, arguments: dict[str, str], base: str) -> Element:
    id, prefix = _id(repository, arguments["identifier"]), arguments["metadataPrefix"]
    header = repository.header(id)
    assert header is not None
    if not header.deleted and prefix not in {format.prefix for format in repository.formats_of(id)}:
        raise ProtocolError("cannotDisseminateFormat", f"This record does not come as {prefix[:60]!r}.")
    _known_prefix(repository, prefix)
    made = _E(None, "GetRecord")
    _record(made, header, repository, {} if header.deleted else repository.metadata([id], prefix))
    return made


def _id(repository: Repository, identifier: str) -> str:
    id = repository.id_of(identifier)
    if id is None or repository.header(id) is None:
        raise ProtocolError("idDoesNotExist", "There is no record of this identifier, or none that is open to you.")
    return id


def _known_prefix(repository: Repository, prefix: str) -> None:
    known = [format.prefix for format in repository.formats]
    if prefix not in known:
        raise ProtocolError("cannotDisseminateFormat", f"There are: {', '.join(known)}.")


def _list(repository: Repository, arguments: dict[str, str], verb: str) -> Element:
    token = arguments.get("resumptionToken")
    asked = _read_token(token, verb) if token is not None else _asked(arguments)
    _known_prefix(repository, asked.prefix)
    try:
        headers, following = repository.page(asked)
    except ValueError as error:
        code = "badResumptionToken" if token is not None else "noRecordsMatch"
        raise ProtocolError(code, str(error) or "There is no such place in the list.") from error
    if not headers:
        code = "badResumptionToken" if token is not None else "noRecordsMatch"
        raise ProtocolError(code, "No records answer to this.")
    made = _E(None, verb)
    if verb == "ListIdentifiers":
        for header in headers:
            _header(made, header, repository)
    else:
        metadata = repository.metadata([header.id for header in headers if not header.deleted], asked.prefix)
        for header in headers:
            _record(made, header, repository, metadata)
    if following is not None or token is not None:
        after = replace(asked, position=following or "", given=asked.given + len(headers))
        _E(made, "resumptionToken", _token(after, verb) if following else "", cursor=str(asked.given))
    return made


def _asked(arguments: dict[str, str]) -> Asked:
    since, until = arguments.get("from", ""), arguments.get("until", "")
    for name, value in (("from", since), ("until", until)):
        if name in arguments and not _is_day(value):
            raise ProtocolError("badArgument", f"{name} is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    if since and until and len(since) != len(until):
        raise ProtocolError("badArgument", "from and until are of one granularity.")
    if since and until and since > until:
        raise ProtocolError("badArgument", "from is later than until.")
    if len(since) == 10:
        since += "T00:00:00Z"
    if len(until) == 10:
        until += "T23:59:59Z"
    return Asked(arguments["metadataPrefix"], since, until, arguments.get("set", ""))


def _is_day(value: str) -> bool:
    found = _STAMP.fullmatch(value)
    if found is None:
        return False
    year, month, day = (int(part) for part in found.groups()[:3])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _token(asked: Asked, verb: str) -> str:
    said = [verb, asked.prefix, asked.since, asked.until, asked.set, asked.position, asked.given]
    return base64.urlsafe_b64encode(orjson.dumps(said)).decode().rstrip("=")


def _read_token(token: str, verb: str) -> Asked:
    try:
        said: Any = orjson.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
        its, prefix, since, until, set, position, given = said
        if its == verb and isinstance(given, int) and all(isinstance(one, str) for one in said[:6]):
            return Asked(prefix, since, until, set, position, given)
    except (binascii.Error, ValueError, TypeError):
        pass
    raise ProtocolError("badResumptionToken", "This token was not given out here for this verb.")


def _header(parent: Element, header: Header, repository: Repository) -> None:
    made = _E(parent, "header", status="deleted" if header.deleted else None)
    _E(made, "identifier", repository.identifier(header.id))
    _E(made, "datestamp", header.stamp)
    for spec in header.sets:
        _E(made, "setSpec", spec)


def _record(parent: Element, header: Header, repository: Repository, metadata: dict[str, Element]) -> None:
    made = _E(parent, "record")
    found = metadata.get(header.id)
    if found is None and not header.deleted:  # it was taken out or closed since the list was made
        header = replace(header, deleted=True)
    _header(made, header, repository)
    if found is not None:
        _E(made, "metadata").append(found)


def _listing(verb: str) -> Callable[[Repository, dict[str, str], str], Element]:
    return lambda repository, arguments, base: _list(repository, arguments, verb)


_HANDLERS: dict[str, Callable[[Repository, dict[str, str], str], Element]] = {
    "Identify": _identify, "ListMetadataFormats": _formats, "ListSets": _sets, "GetRecord": _get,
    "ListIdentifiers": _listing("ListIdentifiers"), "ListRecords": _listing("ListRecords"),
}  # fmt: skip
