"""A connection that can only read, for queries that a person wrote."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cpsscrape.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

# `attach 'x.db'` makes a file even on a read-only connection; and with it goes `vacuum into`.
_DENIED = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
_PRAGMAS = {"data_version", "table_info", "table_xinfo", "table_list", "index_list", "foreign_key_list"}
_STEPS = 100_000  # virtual machine steps between two looks for Ctrl-C


def _allow(action: int, first: str | None, second: str | None, _db: str | None, _trigger: str | None) -> int:
    # Writing to the archive itself is refused by `mode=ro` already; full-text search needs the rest.
    if action in _DENIED or second == "load_extension":
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first not in _PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


@contextmanager
def reading_only(db: Database) -> Iterator[sqlite3.Connection]:
    """Give the connection for one snapshot: nothing written, no file attached, Ctrl-C obeyed.

    All statements inside see the archive as it was when the first of them began.
    """
    connection = db.conn
    connection.execute("pragma query_only = on")
    connection.execute("begin")
    # Without a handler a long query would answer Ctrl-C only at its end.
    connection.set_progress_handler(lambda: 0, _STEPS)
    connection.set_authorizer(_allow)
    try:
        yield connection
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, _STEPS)
        connection.rollback()


@contextmanager
def query_errors() -> Iterator[None]:
    """Turn what SQLite says of a person's query, before or while it runs, into a UsageError."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        hint = " Only reading is allowed." if "not authorized" in str(error) else ""
        raise UsageError(f"the query cannot be run: {error}.{hint} docs/schema.md lists tables and columns.") from error


def columns_of(connection: sqlite3.Connection, sql: str) -> list[str]:
    """Return the names of the columns that a query gives; as a part of another it can only be one that reads."""
    cursor = connection.execute(f"select * from (\n{sql}\n) limit 0")
    return [column[0] for column in cursor.description]


def one_statement(sql: str) -> str:
    """Return a query without the semicolon and white space at its end."""
    return sql.strip().rstrip(";").rstrip()
