"""What an export is of: a view, a table or a query, with the types of its columns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.asking import columns_of, one_statement, query_errors
from cpsscrape.archive.columns import Column, described_tables
from cpsscrape.exceptions import UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from cpsscrape.archive.columns import ColumnType

FLAT_VIEWS = ("article_list", "quote_list", "case_study_list")
ROWS_AT_ONCE = 500
# An order that an index gives, so that nothing is sorted and the first row comes at once.
_ORDERS = {
    "article_list": "id",
    "quote_list": "article_id",
    "case_study_list": "article_id, position",
    "links": "article_id, position",
    "article_versions": "article_id, version",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A query and what is known of its columns; ``name`` is the view or table, or ``query``."""

    name: str
    sql: str
    columns: tuple[Column, ...]
    description: str

    @property
    def header(self) -> list[str]:
        """Names of the columns in order."""
        return [column.name for column in self.columns]

    def batches(self, connection: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows a few hundred at a time, as SQLite has them."""
        cursor = connection.execute(self.sql)
        while batch := cursor.fetchmany(ROWS_AT_ONCE):
            yield batch


def table_selection(name: str) -> Selection:
    """Select a view or table of the archive by its name; UsageError names the close ones."""
    tables = described_tables()
    if name not in tables:
        close = get_close_matches(name, tables, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(tables)}."
        raise UsageError(f"no view or table {name!r}: {hint}")
    found = tables[name]
    columns = ", ".join(f'"{column.name}"' for column in found.columns)
    order = _ORDERS.get(name)
    sql = f"select {columns} from {name}" + (f" order by {order}" if order else "")
    return Selection(name=name, sql=sql, columns=found.columns, description=found.description)


def query_selection(connection: sqlite3.Connection, sql: str) -> Selection:
    """Select what a query gives. Column types are those of all its values, found by running it once."""
    sql = one_statement(sql)
    with query_errors():
        columns = tuple(_typed_columns(connection, sql, columns_of(connection, sql)))
    return Selection(name="query", sql=sql, columns=columns, description="A query of the archive.")


def _typed_columns(connection: sqlite3.Connection, sql: str, names: list[str]) -> Iterator[Column]:
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    parts = ", ".join(f"max(typeof({name}) in ('text', 'blob')), max(typeof({name}) = 'real')" for name in quoted)
    row = connection.execute(f"select {parts} from (\n{sql}\n)").fetchone()
    for number, name in enumerate(names):
        text, real = row[2 * number], row[2 * number + 1]
        kind: ColumnType = "string" if text or text is None else "number" if real else "integer"
        yield Column(table="query", name=name, type=kind, description="")


def typed_value(value: Any, kind: ColumnType) -> Any:
    """Return a value as JSON has it: truth as true and false, lists and objects opened."""
    if value is None:
        return None
    if kind == "boolean":
        return bool(value)
    if kind in {"array", "object"}:
        return json.loads(value)
    if isinstance(value, bytes):
        return value.hex()
    return value
