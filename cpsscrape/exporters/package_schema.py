"""The schema of a table as a Frictionless Table Schema: types, keys and a description per column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlite_utils import Database

    from cpsscrape.archive.columns import Column, Described

PROFILE = "https://datapackage.org/profiles/2.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What SQLite knows of a table's columns; a view has none."""

    primary: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    unique: frozenset[str] = frozenset()
    foreign: tuple[tuple[str, str, str], ...] = ()


def keys_of(db: Database, table: str) -> Keys:
    """Read the keys of a table; foreign ones as column, other table, other column."""
    columns = db.conn.execute(f"pragma table_info({table})").fetchall()
    primary = sorted((row[5], row[1]) for row in columns if row[5])
    unique = set()
    for _, index, is_unique, _, partial in db.conn.execute(f"pragma index_list({table})").fetchall():
        names = [row[2] for row in db.conn.execute(f"pragma index_info({index})")]
        if is_unique and not partial and len(names) == 1 and names[0] is not None:
            unique.add(names[0])
    foreign = db.conn.execute(f"pragma foreign_key_list({table})").fetchall()
    return Keys(
        primary=tuple(name for _, name in primary),
        required=frozenset(row[1] for row in columns if row[3]),
        unique=frozenset(unique),
        foreign=tuple(sorted((row[3], row[2], row[4]) for row in foreign)),
    )


def table_schema(table: Described, keys: Keys, present: Collection[str]) -> dict[str, Any]:
    """Return the schema; references only to tables that are ``present`` in the package."""
    schema: dict[str, Any] = {
        "$schema": f"{PROFILE}/tableschema.json",
        "fields": [_field(column, keys) for column in table.columns],
        "missingValues": [""],
    }
    if keys.primary:
        schema["primaryKey"] = list(keys.primary)
    references = [
        {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": [their]}}
        for column, other, their in keys.foreign
        if other in present
    ]
    if references:
        schema["foreignKeys"] = references
    return schema


def _field(column: Column, keys: Keys) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "boolean":
        field |= {"trueValues": ["1"], "falseValues": ["0"]}
    constraints = {}
    if column.name in keys.required:
        constraints["required"] = True
    if column.name in keys.unique:
        constraints["unique"] = True
    return field | ({"constraints": constraints} if constraints else {})
