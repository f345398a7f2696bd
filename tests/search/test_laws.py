"""A small archive answers like a big one: laws that hold whatever is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from bench.corpus import generate
from mabillon.record import Record
from mabillon.search import Entry, parse
from mabillon.search.facets import FACETS, narrow
from tests.search.scan import answers
from tests.search.shelf import Shelf, say

COUNT = 160
TOKENS = ("public", "group:a", "group:b", "opens:19900101")


def records() -> Iterator[Record]:
    """Generated cables, some with a vaguer date than day, some with none."""
    for number, cable in enumerate(generate(COUNT, seed=7)):
        day = cable.record.date.value
        vague = {3: day[:7], 5: day[:4], 7: f"{day[:7]}/{int(day[:4]) + 1}-06", 9: f"{day[:3]}X"}.get(number % 11, day)
        cable.record.date = None if number % 31 == 0 else say(vague)
        yield cable.record


@pytest.fixture(scope="module")
def shelf(shelve) -> Shelf:
    random = Random(11)
    return shelve(*(Entry(record, frozenset(random.sample(TOKENS, random.randrange(1, 3)))) for record in records()))


class Asker:
    """Makes up queries out of the words and values that the records have, and a few that they have not."""

    def __init__(self, found: list[Record], random: Random) -> None:
        self.records = found
        self.random = random
        self.texts = [text for record in found for text in [record.source.text.split()] if len(text) > 30]

    def words(self, count: int, gap: int = 1) -> list[str]:
        text = self.random.choice(self.texts)
        at = self.random.randrange(len(text) - count * gap)
        chosen = text[at : at + count * gap : gap]
        return [word.strip('"()[]~*:') or "the" for word in chosen]

    def leaf(self) -> str:
        random = self.random
        [word] = self.words(1)
        record = random.choice(self.records)
        match random.randrange(14):
            case 0 | 1:
                return word
            case 2:
                return f'"{" ".join(self.words(random.randrange(1, 4)))}"'
            case 3:
                nearby = self.words(random.randrange(2, 4), random.randrange(1, 4))
                random.shuffle(nearby)
                return f'"{" ".join(nearby)}"~{random.randrange(1, 7)}'
            case 4:
                return word[: random.randrange(2, 6)] + "*"
            case 5:
                at = random.randrange(max(1, len(word)))
                return f"{word[:at]}{word[at + 1 :]}~{random.choice(('', '2'))}"
            case 6:
                return f"from:{random.choice(record.senders).value}"
            case 7:
                return f'to:"{random.choice(record.recipients).value}"'
            case 8:
                return f"from:{random.choice(record.senders).value[:3]}*"
            case 9:
                return f"number:{random.choice(record.numbers).value}"
            case 10:
                return f"lang:{record.language.value}"
            case 11:
                return f'class:"{record.classification.value}"'
            case 12:
                return random.choice(("finding:any", "finding:chain.out-of-order", "type:telegram"))
        year, month = random.randrange(1944, 1970), random.randrange(1, 13)
        return random.choice((f"date:{year}", f"date:{year}-{month:02}", f"date:{year}-{month:02}-07..{year + 2}"))

    def query(self, depth: int = 2) -> str:
        if depth == 0 or self.random.random() < 0.4:
            return self.leaf()
        left, right = self.query(depth - 1), self.query(depth - 1)
        way = self.random.choice(("{} {}", "{} AND {}", "{} OR {}", "({}) OR ({})", "({}) -({})", "{} NOT {}"))
        return way.format(left, right)


def test_a_search_finds_what_a_scan_by_brute_force_finds_in_500_random_queries(shelf: Shelf) -> None:
    found = [item.record for item in shelf.items]
    asker, filled = Asker(found, Random(1950)), 0
    for _ in range(500):
        query = asker.query()
        root = parse(query).root
        expected = {record.id for record in found if answers(record, root)}
        assert shelf.ids(query, visible=None) == expected, query
        filled += bool(expected)
    assert filled > 200


@pytest.mark.parametrize("held", [{"public"}, {"group:a"}, {"public", "group:b"}, {"opens:19900101"}, set(), {"x"}])
def test_no_reader_finds_counts_or_is_told_of_what_he_may_not_see(shelf: Shelf, held: set[str]) -> None:
    asker = Asker([item.record for item in shelf.items], Random(3))
    allowed = {item.record.id for item in shelf.items if item.access & held}
    for query in ["", *(asker.query(1) for _ in range(60))]:
        everybody = shelf.ids(query, visible=None)
        results = shelf.search(query, visible=held, limit=1000, facets=FACETS)
        assert {hit.id for hit in results.hits} == everybody & allowed
        assert results.total == len(everybody & allowed)
        senders = Counter(shelf.records[id].senders[0].value for id in everybody & allowed)
        assert all(senders[name] == count for name, count in results.facets["sender"])
        assert len(results.facets["sender"]) == min(50, len(senders))


@pytest.mark.parametrize("query", ["", "the", "from:Shtykov OR date:1950..1955", "present -telegram OR lang:ru"])
def test_a_facet_counts_what_narrowing_to_its_value_finds(shelf: Shelf, query: str) -> None:
    results = shelf.search(query, facets=FACETS, visible={"public", "group:a"})
    assert results.total
    for facet, values in results.facets.items():
        for value, count in values[:12]:
            narrowed = shelf.search(narrow(query, facet, value), visible={"public", "group:a"})
            assert not narrowed.notes
            assert narrowed.total == count, (facet, value)


@pytest.mark.parametrize("query", ["", "the", "from:Shtykov"])
def test_facets_of_one_value_a_record_add_up_to_the_hits(shelf: Shelf, query: str) -> None:
    results = shelf.search(query, facets=("type", "language", "classification"), visible=None)
    for values in results.facets.values():
        assert sum(count for _, count in values) == results.total


def test_facets_are_the_same_however_they_are_counted(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    asker = Asker([item.record for item in shelf.items], Random(5))
    queries = [asker.query(1) for _ in range(60)]
    few = [shelf.search(query, facets=FACETS).facets for query in queries]
    monkeypatch.setattr("mabillon.search.answer.FEW", 0)
    assert [shelf.search(query, facets=FACETS).facets for query in queries] == few
    monkeypatch.setattr("mabillon.search.answer.MANY", 1)
    for _ in range(2):
        assert [shelf.search(query, facets=FACETS).facets for query in queries] == few


@pytest.mark.parametrize("sort", ["relevance", "date", "-date", "number"])
@pytest.mark.parametrize("query", ["", "the", "date:1950..1952", "reports OR present"])
def test_pages_partition_the_hits_forwards_and_backwards(shelf: Shelf, query: str, sort: str) -> None:
    options = {"sort": sort, "limit": 7, "visible": {"public"}}
    page = shelf.search(query, **options)
    forwards, last = [page], page.last
    while page.next:
        page = shelf.search(query, cursor=page.next, **options)
        forwards.append(page)
    ids = [hit.id for page in forwards for hit in page.hits]
    assert len(ids) == len(set(ids)) == forwards[0].total
    assert set(ids) == shelf.ids(query)
    assert page.next is None
    backwards = [shelf.search(query, cursor=last, **options)]
    assert backwards[0].next is None
    while backwards[-1].previous:
        backwards.append(shelf.search(query, cursor=backwards[-1].previous, **options))
    assert [[hit.id for hit in page.hits] for page in reversed(backwards)] == [
        [hit.id for hit in page.hits] for page in forwards
    ]


def test_dates_are_in_order_and_undated_records_come_last(shelf: Shelf) -> None:
    oldest = [hit.date for hit in shelf.search("", sort="date", limit=1000, visible=None).hits]
    newest = [hit.date for hit in shelf.search("", sort="-date", limit=1000, visible=None).hits]
    for dates in (oldest, newest):
        undated = [date is None for date in dates]
        assert undated == sorted(undated)
        assert any(undated)
    dated = [date for date in oldest if date and len(date) == 10]
    assert dated == sorted(dated)
    dated = [date for date in newest if date and len(date) == 10]
    assert dated == sorted(dated, reverse=True)


def test_the_order_of_a_sorted_list_does_not_depend_on_how_it_came_in(shelve) -> None:
    found = list(records())[:60]
    there, back = shelve(*found), shelve(*reversed(found))
    for sort in ("date", "-date", "number"):
        assert [h.id for h in there.search("", sort=sort, limit=100).hits] == [
            h.id for h in back.search("", sort=sort, limit=100).hits
        ]
