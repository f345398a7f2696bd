"""Linked data: the same graph written two ways, every term declared by the ontology it is of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import orjson
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from mabillon.publish.address import Publisher
from mabillon.publish.linked import RICO, graph_of, json_ld, schema_org, write_turtle
from mabillon.record import Record

SITES = [Publisher("An \"Archive\" \\ & <more>", "https://archive.example.org"), Publisher()]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # of rdflib, within its own reader of JSON-LD
@pytest.mark.parametrize("site", SITES, ids=["site", "none"])
def test_turtle_and_json_ld_say_the_same(site: Publisher, cables: list[Record]) -> None:
    for record in cables:
        graph = graph_of(record, site, f"{site.at('browse/1')}")
        turtle = Graph().parse(data=b"".join(write_turtle([graph])), format="turtle")
        linked = Graph().parse(data=orjson.dumps(json_ld(graph)), format="json-ld")
        assert len(turtle) > 20
        assert isomorphic(turtle, linked)


def test_every_term_is_declared_in_ric_o(cables: list[Record], shared: Path) -> None:
    ontology = (shared / "data/schemas/ric-o/RiC-O_1-1.rdf").read_text("utf-8")
    declared = set(re.findall(rf'rdf:about="{re.escape(RICO)}([^"]+)"', ontology))
    graphs = (graph_of(record, SITES[0], "https://archive.example.org/browse/1") for record in cables)
    read = Graph().parse(data=b"".join(write_turtle(graphs)), format="turtle")
    used = {str(term).removeprefix(RICO) for said in read for term in said if str(term).startswith(RICO)}
    assert len(used) > 15
    assert used - declared == set()


def test_who_sent_what_to_whom_can_be_asked_with_sparql(cables: list[Record]) -> None:
    read = Graph().parse(data=b"".join(write_turtle(graph_of(one, SITES[0]) for one in cables)), format="turtle")
    found = read.query(
        "PREFIX rico: <https://www.ica.org/standards/RiC/ontology#> SELECT ?record ?day WHERE { ?record "
        "rico:hasSender/rico:name 'Shtykov' ; rico:hasCreationDate/rico:normalizedDateValue ?day }"
    )
    iri = URIRef(f"https://archive.example.org/records/{cables[0].id}")
    day = Literal("1950-09-30", datatype=URIRef("http://www.w3.org/2001/XMLSchema#date"))
    assert (iri, day) in set(found)


def test_what_search_engines_read_has_terms_of_schema_org_only(cables: list[Record], shared: Path) -> None:
    context = json.loads((shared / "data/schemas/schema.org/schemaorgcontext.jsonld").read_text("utf-8"))["@context"]
    for record in cables:
        made = schema_org(record, SITES[0])
        names = set(made) | set(made["@type"]) | set(made["holdingArchive"])
        assert {name for name in names if not name.startswith("@")} - set(context) == set()
    assert schema_org(cables[0], SITES[0])["dateSent"] == "1950-09-30T20:35"
