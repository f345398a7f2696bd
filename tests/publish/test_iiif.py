"""IIIF manifests and Web Annotations, by the library of the IIIF community and the assertions of the W3C."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
from iiif_prezi3 import Collection, Manifest

from mabillon.publish.address import Publisher
from mabillon.publish.iiif import annotation_page, collection, manifest
from mabillon.record import Record

SITE = Publisher("An Archive", "https://archive.example.org")


def test_a_manifest_is_one_for_the_community(cables: list[Record]) -> None:
    for record in cables:
        made = manifest(record, SITE)
        read = Manifest(**made)
        assert read.id == f"https://archive.example.org/records/{record.id}/record.iiif.json"
        assert read.items[0].items[0].items[0].motivation == "painting"


def test_a_collection_is_one_too() -> None:
    parts = [("Collection", "https://a.example.org/browse/2/iiif.json", "fond 45"),
             ("Manifest", "https://a.example.org/records/1/record.iiif.json", "A cable")]  # fmt: skip
    assert len(Collection(**collection("https://a.example.org/browse/1/iiif.json", "APRF", parts)).items) == 2


def test_annotations_quote_the_words_that_their_offsets_point_to(cables: list[Record]) -> None:
    for record in cables:
        assert record.source is not None and record.source.text is not None
        items = annotation_page(record, SITE)["items"]
        assert items
        for target in (one for item in items for one in _targets(item)):
            position, quote = target["selector"]
            assert record.source.text[position["start"] : position["end"]] == quote["exact"]


def _targets(item: dict[str, Any]) -> list[dict[str, Any]]:
    return item["target"] if isinstance(item["target"], list) else [item["target"]]


def test_findings_are_comments_on_their_words(cables: list[Record]) -> None:
    items = annotation_page(cables[0], SITE)["items"]
    comments = [item["body"]["value"] for item in items if item["motivation"] == "commenting"]
    ids = {re.findall(r"\(([\w.-]+)\)$", comment)[0] for comment in comments}
    assert ids == {finding.id for finding in cables[0].findings if any(value.spans for value in finding.evidence)}


def test_annotations_hold_what_the_w3c_asserts(cables: list[Record], shared: Path) -> None:
    folder = shared / "data/schemas/web-annotation"
    base = "https://assertions.example/"
    files = [*(folder / "definitions").glob("*.json"), *(folder / "annotations").glob("3.1-*.json")]
    read = [(base + file.name, json.loads(file.read_text("utf-8"))) for file in files]
    registry = jsonschema_rs.Registry([(uri, {**schema, "id": uri}) for uri, schema in read])
    page = annotation_page(cables[0], SITE)
    assert page["items"]
    for name in ("annotationContextValidated", "annotationTypeValidated", "annotationIdValidated", "targetKeyFound"):
        asserted = {"$schema": "http://json-schema.org/draft-04/schema#", "$ref": f"{base}3.1-{name}.json"}
        judge = jsonschema_rs.validator_for(asserted, registry=registry)
        for item in page["items"]:
            judge.validate({"@context": page["@context"], **item})
        assert not judge.is_valid({})
