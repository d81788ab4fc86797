"""Asks the archive in one of Datasette's reading threads, each page within one snapshot."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from datasette.database import Database as ServedDatabase
from sqlite_utils import Database

from cpsscrape.archive.database import BUSY_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette.app import Datasette

P = ParamSpec("P")
T = TypeVar("T")
NAME = "cps"  # of the database, hence of its addresses: /cps/articles
MAPPED = 1 << 32  # bytes: shared by all threads, where each connection's own cache is 2 MB


class ServedArchive(ServedDatabase):  # type: ignore[misc] # datasette ships no types
    """The archive as Datasette opens it: never for writing, whatever characters its folder has."""

    def connect(self, write: bool = False) -> sqlite3.Connection:  # noqa: FBT001, FBT002 # datasette's signature
        """Open one more connection for reading."""
        assert not write
        address = f"{Path(self.path).as_uri()}?mode=ro"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=BUSY_TIMEOUT)
        connection.execute(f"pragma mmap_size = {MAPPED}")
        self._all_file_connections.append(connection)
        return connection


async def ask(
    datasette: Datasette, question: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run ``question(db, …)`` in a thread; a crawl that writes meanwhile changes nothing for it."""

    def run(connection: sqlite3.Connection) -> T:
        connection.execute("begin")
        try:
            return question(Database(connection), *args, **kwargs)
        finally:
            connection.rollback()

    answer: T = await datasette.get_database(NAME).execute_fn(run)
    return answer
