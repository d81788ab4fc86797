"""What a person put right: rows of ``corrections.csv``, by article or quote and field."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from cpsscrape.archive.stored import CORRECTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database


class Corrections:
    """``key`` is a quote's key, ``node/12728``, ``12728``, or any address of the article."""

    def __init__(self, folder: Path) -> None:
        path = folder / CORRECTIONS
        self._rows: dict[tuple[str, str], tuple[str, str]] = {}
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as lines:
                for row in csv.DictReader(lines):
                    if row.get("key") and row.get("field"):
                        self._rows[row["key"], row["field"]] = (row.get("value") or "", row.get("why") or "")

    def of(self, keys: tuple[str, ...], field: str) -> tuple[str, str] | None:
        """Return value and reason of the correction of a field under any of these keys."""
        return next((self._rows[key, field] for key in keys if (key, field) in self._rows), None)

    def fields(self, keys: tuple[str, ...]) -> frozenset[str]:
        """Return the names of the fields that are corrected under any of these keys."""
        return frozenset(field for key, field in self._rows if key in keys)


def keys_of(db: Database, article_id: int) -> tuple[str, ...]:
    """Return every name under which a correction may mean this article."""
    url, node = db.conn.execute("select url, node_id from articles where id = ?", [article_id]).fetchone()
    addresses = [row[0] for row in db.conn.execute("select url from article_urls where article_id = ?", [article_id])]
    nodes = [] if node is None else [f"node/{node}", str(node)]
    return tuple(dict.fromkeys((url, *addresses, *nodes)))
