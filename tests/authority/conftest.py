"""Derived tables of the tests are kept beside pytest's own, not in the user's cache folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def derived_tables(request: pytest.FixtureRequest) -> Iterator[None]:
    cache = getattr(request.config, "cache", None)
    before = os.environ.get("MABILLON_CACHE")
    if cache is not None and before is None:
        os.environ["MABILLON_CACHE"] = str(cache.mkdir("mabillon"))
    yield
    if before is None:
        os.environ.pop("MABILLON_CACHE", None)
