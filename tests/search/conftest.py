"""Indexes for the tests of search."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from mabillon.record import Record
from mabillon.search import Entry
from tests.search.shelf import Shelf


@pytest.fixture(scope="module")
def shelve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Shelf]]:
    shelves: list[Shelf] = []

    def build(*items: Record | Entry) -> Shelf:
        shelves.append(Shelf(tmp_path_factory.mktemp("search") / "index", items))
        return shelves[-1]

    yield build
    for shelf in shelves:
        shelf.index.close()
