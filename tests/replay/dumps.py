"""What two databases are compared by: every row of every table that a replay derives."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.database import DATABASE

if TYPE_CHECKING:
    from pathlib import Path

# Not derived from captures: docs/architecture.md, decision 11.
TAKEN_OVER = {"runs", "frontier", "listings", "withdrawals", "corrections", "archive"}


def dump(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every derived table, the search indexes' words among them; sorted, ids included."""
    with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)) as db:
        names = [
            name
            for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view') order by name")
            if name not in TAKEN_OVER and "_fts" not in name and not name.startswith(("sqlite_", "_"))
        ]
        found = {name: sorted(db.execute(f"select * from {name}"), key=repr) for name in names}
        for table in ("articles", "quotes"):
            words = f"select rowid from {table}_fts where {table}_fts match 'said OR the OR CPS' order by rowid"
            found[f"{table}_fts"] = db.execute(words).fetchall()
    return found


def taken_over(folder: Path, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that a replay must leave as they are."""
    with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)) as db:
        return {table: sorted(db.execute(f"select * from {table}"), key=repr) for table in tables}


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> str:
    """Where two dumps differ, a few rows of each table, for people; empty when they do not."""
    said = []
    for name in sorted(one.keys() | other.keys()):
        left, right = set(one.get(name, ())), set(other.get(name, ()))
        if left != right:
            said.append(f"{name}: {len(left - right)} rows only before, {len(right - left)} only after")
            for mark, rows in (("-", left - right), ("+", right - left)):
                said += [f"  {mark} {repr(row)[:400]}" for row in sorted(rows, key=repr)[:3]]
    return "\n".join(said)
