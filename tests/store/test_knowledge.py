"""Who knew what is the same on every database."""

from __future__ import annotations

from pathlib import Path

from mabillon.archive import PUBLIC, Archive, Reader, ingest, link_names
from mabillon.archive.knew import spread
from mabillon.archive.knowing import follow_knowledge
from mabillon.archive.originals import Originals
from mabillon.store.engine import Store
from mabillon.store.knew import Asked, Persons, count_presumed, count_proved, page_of_presumed, page_of_proved
from mabillon.store.knowledge import read_words, write_words
from tests.archive.delivered import read_delivered
from tests.archive.test_knew import PAPERS, id_of


def test_it_is_kept_and_asked_in_it(store: Store, tmp_path: Path) -> None:
    Originals(tmp_path / "originals", tmp_path / "incoming").create()
    archive, folder = Archive(tmp_path, store), tmp_path / "in"
    folder.mkdir()
    for name, text in PAPERS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest([folder], archive, read_delivered)
    link_names(archive)
    assert follow_knowledge(store) == 3 and follow_knowledge(store) == 0
    for reader in (PUBLIC, Reader(frozenset({"staff"}))):
        with store.reading() as connection:
            asked = Asked(Persons(("person:mikoyan",), ("name:nobody",)), None, reader.condition())
            [known] = page_of_proved(connection, asked, None, 10)
            assert (known.way, known.name, known.proved) == ("copied", "Mikoyan", True)
            assert page_of_proved(connection, asked, None, 10, [known.record_key]) == [known]
            assert page_of_proved(connection, asked, known.place, 10) == []
            assert [one.doubts for one in page_of_presumed(connection, asked, None, 10)] == [("no-delivery",)]
            assert (count_proved(connection, asked), count_presumed(connection, asked)) == (1, 1)
    found = spread(archive, id_of(archive, 1351))
    assert found is not None and [hop for hop, _ in found.hops] == ["written", "delivered", "copied", "named"]


def test_spans_are_written_and_read() -> None:
    for words in ((), (((1, 2),),), (((1, 2), (30, 41)), ((5, 7),))):
        assert read_words(write_words(words)) == words
