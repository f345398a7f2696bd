"""Tables of what is told by many records together: series of numbers, and how long messages were under way.

All rows are derived and may be made anew at any time. Days are proleptic ordinals (`datetime.date.toordinal`), so that
a database can subtract them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from mabillon.store.schema import BigKey, metadata

stations = Table(
    "stations",
    metadata,
    Column("key", String, primary_key=True),
    Column("label", String, nullable=False),
)
"""What an end of a message is called, by the key under which it is compared (`connect.stations`)."""

serials = Table(
    "serials",
    metadata,
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("station", String, nullable=False),
    Column("form", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("partner", String, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("strand", Integer),
    Column("state", String),
    Column("low", Integer),
    Column("high", Integer),
    Column("likely", Integer),
    Column("below", BigInteger),
    Column("above", BigInteger),
    Column("others", Text),
    Index(None, "record_key"),
    Index(None, "kind", "station", "form", "year", "strand"),
    Index(None, "state"),
    Index(None, "station", "year"),
)
"""One number of one record as a member of a series. `kind`, `station`, `form` and `year` name the set that is fitted as
a whole (`year` is 0 where nothing is known); `strand` numbers the counters in it; `state` is one of STATES, NULL until
the set is fitted. `low` to `high` are the days that its neighbours `below` and `above` (keys of records) allow it;
`others` holds more such pairs (JSON) where more than one year can be meant."""

STATES = ("chain", "loose", "stray", "apart", "open")
"""chain: rises with the series; loose: fits within days; stray: does not fit its date; apart: nothing can be said of
it; open: has no day of its own, `low` to `high` is estimated."""

series = Table(
    "series",
    metadata,
    Column("kind", String, primary_key=True),
    Column("station", String, primary_key=True),
    Column("form", String, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("strand", Integer, primary_key=True, autoincrement=False),
    Column("partners", Text, nullable=False),
    Column("members", Integer, nullable=False),
    Column("first_number", BigInteger),
    Column("last_number", BigInteger),
    Column("missing", Float, nullable=False),
    Column("weeks", Text, nullable=False),
    Index(None, "station", "year"),
)
"""One counter in one year. `partners` (JSON) are the keys of those it counts letters to or from, the most frequent
first; `missing` is how many numbers were given and are not held, `weeks` (JSON) the Monday, held and missing of each
week."""

transits = Table(
    "transits",
    metadata,
    Column("record_key", BigKey, ForeignKey("records.key", ondelete="CASCADE"), nullable=False),
    Column("origin", String, nullable=False),
    Column("goal", String, nullable=False),
    Column("service", String, nullable=False),
    Column("month", Integer, nullable=False),
    Column("first_type", String, nullable=False),
    Column("last_type", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("precise", Integer, nullable=False),
    Column("zones", Integer, nullable=False),
    Column("clock", Integer),
    Column("ahead_first", Integer),
    Column("ahead_last", Integer),
    Column("odd", Integer, nullable=False, server_default="0"),
    Index(None, "record_key"),
    Index(None, "origin", "goal", "first_type", "last_type"),
)
"""One step of one message from a link of its chain to the next. `minutes` is the difference of the two times as the
clocks stand, in universal time where both state a zone (`zones` 2; 1 where one does, 0 where none); whole days
where not `precise`. `clock` is the minute of the day of the first; `ahead_first` and `ahead_last` by how many minutes
the clocks of its places are ahead of Greenwich. `month` is yyyymm, `service` what kind of document it was."""
