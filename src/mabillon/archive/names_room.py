"""The names in an archive: whom they mean, who decided it, and where they stand."""

from __future__ import annotations

from typing import Any

from mabillon.archive import judging
from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.across.following import renew_findings
from mabillon.archive.authorities import AuthorityEntry, AuthorityView, authority_view, list_authorities
from mabillon.archive.holding import Holding
from mabillon.store import entries as listed
from mabillon.store import names as stored_names
from mabillon.store.entries import Entry
from mabillon.store.names import JudgementRow, NameRow, Suggested


class NamesRoom(Holding):
    """Names, authorities and the decisions that link them."""

    def authority(self, id: str, reader: Reader = PUBLIC, limit: int = 50) -> AuthorityView | None:
        """Return who or what the authority `id` is, and the records that name it, up to `limit` of each relation.

        None if it is neither known nor named in a record that this reader may see. Names are linked by `link_names`.
        """
        register = self.judged().register
        with self.store.reading() as connection:
            return authority_view(connection, register, id, reader, limit)

    def authorities(self, kind: str | None = None, prefix: str = "", reader: Reader = PUBLIC) -> list[AuthorityEntry]:
        """Return the authorities of a kind (person, org, place) that records name. `prefix`: of any form of name."""
        register = self.judged().register
        with self.store.reading() as connection:
            return list_authorities(connection, register, kind, prefix, reader)

    def documents_of(
        self, authority: str, relation: str, reader: Reader = PUBLIC, after: tuple[Any, ...] | None = None,
        limit: int = 50,
    ) -> list[tuple[tuple[Any, ...], Entry]]:  # fmt: skip
        """Return up to `limit` entries that name an authority in a relation, by date, each with the key for `after`."""
        with self.store.reading() as connection:
            return listed.entries_naming(connection, authority, relation, reader.condition(), after, limit)

    def names(self, id: str, reader: Reader = PUBLIC) -> list[NameRow]:
        """Return the names in the record `id`, each with the authority that it means and why, as far as is known."""
        with self.store.reading() as connection:
            return stored_names.names_of(connection, id, reader.condition())

    def suggestions(self, reader: Reader = PUBLIC, limit: int = 50) -> list[Suggested]:
        """Return the names that likely mean an authority and wait for a person to decide, the most frequent first."""
        with self.store.reading() as connection:
            return stored_names.suggestions(connection, reader.condition(), limit)

    def judge(self, name: str, authority: str, verdict: str, who: str, why: str = "", record: str | None = None) -> int:
        """Decide that `name` is `same`, `different` or `unsure` with an authority, in one record or wherever it stands.

        The names that it is about are linked anew. Returns the judgement's number. Raises `ArchiveError` if there is
        no such verdict, authority or record.
        """
        number = judging.judge(self.store, self.judged(), name, authority, verdict, who, why, record)
        renew_findings(self.store, ())
        return number

    def withdraw_judgement(self, number: int, who: str) -> None:
        """Take a judgement back. It stays on file as withdrawn."""
        judging.withdraw(self.store, number, who)
        renew_findings(self.store, ())

    def judgements(self) -> list[JudgementRow]:
        """Return all judgements, the withdrawn ones too, in the order they were made. For the archive's staff."""
        with self.store.reading() as connection:
            return stored_names.all_judgements(connection)
