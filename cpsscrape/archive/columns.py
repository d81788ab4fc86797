"""What each column of the archive means: ``columns.csv``, read for exports and documentation.

A test keeps the list equal to a fresh database, so a column without a description is not released.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

ColumnType = Literal["integer", "number", "string", "boolean", "date", "datetime", "array", "object"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column with its logical type; ``array`` and ``object`` are JSON written as text."""

    table: str
    name: str
    type: ColumnType
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A table or view; ``columns`` in the order of the database."""

    name: str
    description: str
    columns: tuple[Column, ...]


@cache
def described_tables() -> dict[str, Described]:
    """Return all tables and views by name, in the order of the list.

    In the file, the row of a table itself has no column name.
    """
    columns: dict[str, list[Column]] = {}
    descriptions: dict[str, str] = {}
    text = (files("cpsscrape.archive") / "columns.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if not row["column"]:
            descriptions[row["table"]] = row["description"]
            columns[row["table"]] = []
            continue
        kind: ColumnType = row["type"]  # type: ignore[assignment] # a test checks the words used
        columns[row["table"]].append(
            Column(table=row["table"], name=row["column"], type=kind, description=row["description"])
        )
    return {
        name: Described(name=name, description=about, columns=tuple(columns[name]))
        for name, about in descriptions.items()
    }
