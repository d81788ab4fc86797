"""The worked queries of docs/queries.md, as Datasette's saved queries: a page each, also as CSV and JSON."""

from __future__ import annotations

from typing import Any

from cpsscrape.archive.worked_queries import worked_queries


def saved_queries() -> dict[str, dict[str, Any]]:
    """Return them by name, in the order of the book."""
    return {
        query.name: {"title": query.title, "description": query.about.replace("`", ""), "sql": query.sql}
        for query in worked_queries()
    }
