"""Small questions that more than one part of the program asks of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database


def article_row(db: Database, article_id: int) -> dict[str, Any]:
    """Return an article as its row of ``article_list``."""
    cursor = db.conn.execute("select * from article_list where id = ?", [article_id])
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def urls_of(db: Database, *urls: str) -> tuple[str, ...]:
    """Return these addresses and every other one known to lead to the same articles."""
    marks = ", ".join("?" for _ in urls)
    rows = db.conn.execute(
        "select url from article_urls where article_id in "
        f"(select article_id from article_urls where url in ({marks})) order by url",
        list(urls),
    )
    return tuple(dict.fromkeys((*urls, *(row[0] for row in rows))))
