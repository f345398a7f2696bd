"""PostgreSQL's full text on the same corpus, in a server of its own that lives as long as the measurement.

Asked through one `psql` that stays open, so that no driver is needed. Where PostgreSQL is not installed it is left out.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bench.corpus import Generated, generate
from bench.search.corpora import BATCH, FACETS, THREE, Corpora, facet_values
from bench.search.engines import Ask
from bench.search.questions import Question

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/bin", "/usr/bin", "/opt/homebrew/bin")
_SETTINGS = ("shared_buffers=512MB", "work_mem=64MB", "maintenance_work_mem=512MB", "fsync=off", "jit=off")
_DONE = "-- done --"


def find_server() -> Path | None:
    """Return the directory of the newest PostgreSQL, None if there is none."""
    found = [
        path
        for place in _PLACES
        for path in sorted(Path("/").glob(place[1:]))
        if (path / "initdb").exists() and (path / "pg_isready").exists()
    ]
    return found[-1] if found and shutil.which("psql") else None


class Psql:
    """One open session."""

    def __init__(self, socket: Path) -> None:
        self.process = subprocess.Popen(
            ["psql", "-qAtX", "-h", str(socket), "-U", "postgres", "postgres"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1,
        )  # fmt: skip

    def ask(self, sql: str) -> list[str]:
        """Return the lines that the server answers. Raises RuntimeError with its words if it refuses."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{sql};\n\\echo {_DONE}\n")
        self.process.stdin.flush()
        lines: list[str] = []
        for line in self.process.stdout:
            if line.rstrip("\n") == _DONE:
                break
            lines.append(line.rstrip("\n"))
        if any(line.startswith(("ERROR", "FATAL")) for line in lines):
            raise RuntimeError("\n".join(lines))
        return lines

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def serving(binaries: Path, folder: Path) -> Iterator[Psql]:
    """Run a server on the cluster in `folder`, made if it is absent."""
    folder.mkdir(parents=True, exist_ok=True)
    as_user = _other_user(folder)
    data = folder / "data"
    if not data.exists():
        subprocess.run([*as_user, binaries / "initdb", "-D", data, "-U", "postgres", "--no-sync"], check=True,
                       capture_output=True, cwd=folder)  # fmt: skip
    options = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = [*as_user, binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        for _ in range(100):
            ready = subprocess.run([binaries / "pg_isready", "-q", "-h", folder, "-t", "1"])
            if ready.returncode == 0:
                break
            time.sleep(0.1)
        session = Psql(folder)
        yield session
        session.close()
    finally:
        server.terminate()
        server.wait()


def _other_user(folder: Path) -> list[str]:
    """PostgreSQL will not run as root; then it runs as its own user."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def write_postgres(session: Psql, batch: list[Generated], folder: Path) -> Iterator[None]:
    """Take batch after batch, as the other writers do."""
    columns = ", ".join(f"{name} text" for name in FACETS if name != "year")
    session.ask(f"create unlogged table record (id text, day int, year int, {columns}, body text, words tsvector)")
    names = ("id", "day", "year", *(name for name in FACETS if name != "year"), "body")
    while batch:
        path = folder / "batch.tsv"
        with open(path, "w", encoding="utf-8") as file:
            for cable in batch:
                values = {**facet_values(cable.record), "id": cable.record.id, "body": cable.text}
                file.write("\t".join(_escaped(str(values[name])) for name in names) + "\n")
        session.ask(f"\\copy record ({', '.join(names)}) from '{path}'\nselect 1")
        path.unlink()
        yield
    session.ask("update record set words = to_tsvector('english', body)")
    session.ask("create index on record using gin (words)")
    session.ask("create index on record (day)")
    session.ask("vacuum full analyze record")


def fill(session: Psql, corpora: Corpora, seed: int = 1950) -> None:
    """Put the corpus in, unless it is there."""
    if session.ask("select to_regclass('record')") != [""]:
        return
    batch: list[Generated] = []
    folder = corpora.folder / "postgres"
    writer, cables = write_postgres(session, batch, folder), generate(corpora.count, seed)
    while True:
        batch[:] = islice(cables, BATCH)
        next(writer, None)
        if not batch:
            return


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def postgres(session: Psql) -> Ask:
    """The number of hits, the 20 best, three facets."""
    session.ask("set client_min_messages = error")

    def ask(question: Question) -> int:
        if question.kind == "date range with facets":
            where, order = "day between {} and {}".format(*question.days), "day"
        else:
            query = f"to_tsquery('english', '{_tsquery(question)}')"
            where, order = f"words @@ {query}", f"ts_rank(words, {query}) desc"
        session.ask(f"select id from record where {where} order by {order} limit 20")
        for name in THREE:
            session.ask(f"select {name}, count(*) from record where {where} group by {name}")
        return int(session.ask(f"select count(*) from record where {where}")[0])

    return ask


def _tsquery(question: Question) -> str:
    if question.kind == "phrase":
        return " <-> ".join(question.words)
    return " & ".join(question.words) + (":*" if question.kind == "prefix" else "")
